package io.holdfast.application.service;

import io.holdfast.domain.backup.SetId;
import io.holdfast.domain.history.Run;
import io.holdfast.domain.history.RunEnding;
import io.holdfast.domain.history.RunFacts;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a hook learns of its run, as environment variables. No secret is known here. */
final class HookFacts {

  /** The system gives a program no variable of more than 128 KiB. */
  private static final int LONGEST = 16 * 1024;

  private HookFacts() {}

  static Map<String, String> before(Run run, String host) {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("HOLDFAST_RUN", run.id().toString());
    facts.put("HOLDFAST_COMMAND", run.kind().command());
    facts.put("HOLDFAST_HOST", fit(host));
    facts.put("HOLDFAST_PHASE", "before");
    facts.put("HOLDFAST_STARTED", run.started().toString());
    return facts;
  }

  static Map<String, String> after(Run ended, String host, String phase) {
    Map<String, String> facts = before(ended, host);
    facts.put("HOLDFAST_PHASE", phase);
    ended.ending().ifPresent(ending -> add(ending, facts));
    return facts;
  }

  private static void add(RunEnding ending, Map<String, String> facts) {
    RunFacts done = ending.facts();
    facts.put("HOLDFAST_FINISHED", ending.finished().toString());
    facts.put("HOLDFAST_OUTCOME", ending.outcome().name());
    facts.put("HOLDFAST_EXIT_CODE", Integer.toString(ending.exitCode()));
    facts.put("HOLDFAST_SET", lines(done.sets().stream().map(SetId::toString).toList()));
    facts.put("HOLDFAST_ERROR", ending.failure().map(HookFacts::fit).orElse(""));
    facts.put("HOLDFAST_FAILED", lines(done.failures()));
    facts.put("HOLDFAST_WARNINGS", lines(done.warnings()));
    facts.put(
        "HOLDFAST_TARGETS",
        lines(
            done.targets().stream()
                .filter(target -> target.failure().isEmpty())
                .map(RunFacts.TargetFact::name)
                .toList()));
  }

  private static String lines(List<String> texts) {
    return fit(String.join("\n", texts));
  }

  /** A variable cannot hold a NUL, and the system takes none that is too long. */
  private static String fit(String text) {
    String clean = text.replace("\0", "");
    return clean.length() <= LONGEST ? clean : clean.substring(0, LONGEST) + "...";
  }
}
