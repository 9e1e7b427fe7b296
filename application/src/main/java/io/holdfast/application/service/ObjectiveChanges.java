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

/** Tells observers of objectives, once when one is missed and once when it is met again. */
record ObjectiveChanges(Supplier<ObjectivesMemory> memories, List<RunObserver> observers) {

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
      if (finding.concern() == Concern.OBJECTIVE_MISSED) {
        now.add(key(finding.host(), finding.target().orElse("")));
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
                            List.of(key(host.host(), target.target()), key(host.host(), ""))
                                .stream())
                    .filter(before::contains)
                    .forEach(now::add));
  }

  private static String key(String host, String target) {
    return host + "/" + target;
  }
}
