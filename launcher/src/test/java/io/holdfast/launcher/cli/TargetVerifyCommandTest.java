package io.holdfast.launcher.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.application.port.in.VerifyTarget.Result;
import io.holdfast.application.port.in.VerifyTarget.TriedPromise;
import io.holdfast.application.port.in.VerifyTarget.VerifiedTarget;
import io.holdfast.launcher.config.Needs;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TargetVerifyCommandTest {

  private static final TriedPromise KEPT =
      new TriedPromise("deleting is idempotent", Result.KEPT, "", Duration.ofMillis(1500));
  private static final TriedPromise BROKEN =
      new TriedPromise(
          "a listing is in key order", Result.BROKEN, "it shows [b\n, a]", Duration.ofMillis(200));
  private static final TriedPromise NOT_TRIED =
      new TriedPromise("nothing is left", Result.NOT_TRIED, "nas is gone", Duration.ZERO);

  private final FakeSession session = new FakeSession();

  @Test
  void it_asks_for_one_target_and_for_all_promises_unless_it_is_to_be_quick() {
    answer(KEPT);

    assertThat(Run.of(session, "target", "verify", "nas").exitCode()).isZero();
    assertThat(session.needs).isEqualTo(Needs.storage(Optional.of("nas")));
    assertThat(Run.of(session, "target", "verify", "--quick", "list").exitCode()).isZero();
    assertThat(session.asked).containsExactly("nas", false, "list", true);
    assertThat(session.open).isZero();
  }

  @Test
  void it_prints_each_promise_and_what_was_seen_instead() {
    answer(KEPT, BROKEN, NOT_TRIED);

    Run run = Run.of(session, "target", "verify", "nas");

    assertThat(run.exitCode()).isEqualTo(12);
    assertThat(run.out())
        .isEqualTo(
            """
            target nas  (/mnt/nas)
              nfs4: as durable as what serves it
            ok         deleting is idempotent  (1.5 s)
            FAILED     a listing is in key order  (0.2 s)
                       seen: it shows [b\\n, a]
            not tried  nothing is left  (0.0 s)
                       seen: nas is gone
            not kept 2 of 3 promises
            """);
  }

  @Test
  void a_target_that_keeps_all_is_said_to() {
    answer(KEPT);

    assertThat(Run.of(session, "target", "verify", "nas").out()).endsWith("kept 1 of 1 promise\n");
    assertThat(Run.of(session, "target", "verify", "nas", "--quiet").out()).isEmpty();
  }

  @Test
  void as_json_it_is_one_document() {
    answer(KEPT, BROKEN);

    assertThat(Run.of(session, "target", "verify", "nas", "--json").out())
        .isEqualTo(
            """
            {
              "command" : "target verify",
              "target" : "nas",
              "location" : "/mnt/nas",
              "quick" : false,
              "features" : [
                "nfs4: as durable as what serves it"
              ],
              "promises" : [
                {
                  "promise" : "deleting is idempotent",
                  "result" : "KEPT",
                  "seen" : "",
                  "seconds" : 1.5
                },
                {
                  "promise" : "a listing is in key order",
                  "result" : "BROKEN",
                  "seen" : "it shows [b\\n, a]",
                  "seconds" : 0.2
                }
              ],
              "trusty" : false,
              "exitCode" : 12
            }
            """);
  }

  @Test
  void the_group_alone_and_a_missing_name_are_wrong_usage() {
    assertThat(Run.of(session, "target").exitCode()).isEqualTo(2);
    assertThat(Run.of(session, "target").err()).contains("holdfast target --help");
    assertThat(Run.of(session, "target", "verify").exitCode()).isEqualTo(2);
    assertThat(Run.of(session, "target", "--help").out()).contains("verify", "--json");
    assertThat(Run.of(session, "--help").out()).contains("target");
  }

  private void answer(TriedPromise... promises) {
    session.triedTarget =
        new VerifiedTarget(
            "nas", "/mnt/nas", List.of("nfs4: as durable as what serves it"), List.of(promises));
  }
}
