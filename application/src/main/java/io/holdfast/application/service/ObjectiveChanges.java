package io.holdfast.application.service;

import io.holdfast.application.port.in.ReportStatus.Concern;
import io.holdfast.application.port.in.ReportStatus.Finding;
import io.holdfast.application.port.in.ReportStatus.Report;
import io.holdfast.application.port.out.history.ObjectivesMemory;
import io.holdfast.application.port.out.history.RunObserver;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Tells observers of objectives, once when one is missed and once when it is met again. */
record ObjectiveChanges(Supplier<ObjectivesMemory> memories, List<RunObserver> observers) {

  private static final String RTO = " rto";

  /**
   * Compares with the last look.
   *
   * @return what could not be told
   */
  List<String> tell(String look, Report report) {
    ObjectivesMemory memory = memories.get();
    Set<String> before = memory.missed(look);
    Set<String> now = new TreeSet<>();
    List<String> sentences = new ArrayList<>();
    for (Finding finding : report.findings()) {
      if (isObjective(finding.concern())) {
        now.add(key(finding));
        sentences.add(finding.host() + ": " + finding.text());
      }
    }
    carryOver(before, now, report);
    if (now.equals(before)) {
      return List.of();
    }
    Set<String> troubles = new LinkedHashSet<>();
    int deaf = 0;
    for (RunObserver observer : observers) {
      List<String> trouble = observer.objectives(List.copyOf(sentences));
      troubles.addAll(trouble);
      deaf += trouble.isEmpty() ? 0 : 1;
    }
    if (observers.isEmpty() || deaf < observers.size()) {
      memory.remember(look, now);
    }
    return List.copyOf(troubles);
  }

  /** What cannot be read now is not met again. */
  private static void carryOver(Set<String> before, Set<String> now, Report report) {
    report
        .hosts()
        .forEach(
            host ->
                host.targets().stream()
                    .filter(target -> target.content().isEmpty())
                    .flatMap(
                        target ->
                            Stream.of(target.target(), "")
                                .map(name -> key(host.host(), name))
                                .flatMap(key -> Stream.of(key, key + RTO)))
                    .filter(before::contains)
                    .forEach(now::add));
  }

  private static boolean isObjective(Concern concern) {
    return concern == Concern.OBJECTIVE_MISSED || concern == Concern.RTO_MISSED;
  }

  private static String key(Finding finding) {
    String key = key(finding.host(), finding.target().orElse(""));
    return finding.concern() == Concern.RTO_MISSED ? key + RTO : key;
  }

  private static String key(String host, String target) {
    return host + "/" + target;
  }
}
