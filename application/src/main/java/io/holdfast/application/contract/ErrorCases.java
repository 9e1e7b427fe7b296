package io.holdfast.application.contract;

import io.holdfast.application.port.failure.Failure;
import io.holdfast.application.port.failure.StorageFailure;
import io.holdfast.application.port.out.store.BlobKey;
import io.holdfast.application.port.out.store.BlobStore;
import io.holdfast.application.port.out.store.BlobWriter;
import io.holdfast.application.port.out.store.Secret;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How a store fails. */
final class ErrorCases {

  private ErrorCases() {}

  static List<ContractCase> all() {
    return List.of(
        ContractCase.quick("a missing blob is NOT_FOUND everywhere", ErrorCases::missing),
        ContractCase.full("a folder is no blob, and nothing is below a blob", ErrorCases::folders),
        ContractCase.full("a failure names its blob", ErrorCases::namesItsBlob),
        ContractCase.full(
            "what trying again cannot mend is not called temporary", ErrorCases::notTemporary),
        ContractCase.full(
            "no secret is told by a failure, a store, a writer or a stream",
            ErrorCases::tellsNoSecret));
  }

  private static void missing(Trial trial) throws IOException {
    trial.write("set/file", 1);
    BlobStore store = trial.store();
    for (String key : List.of("missing", "set/missing", "no/such/folder/file")) {
      trial.expectMissing(store, key);
    }
    trial.expectKeys("missing", List.of());
    store.delete(new BlobKey("missing"));
    trial.expectWhole("set/file", 1);
  }

  private static void folders(Trial trial) throws IOException {
    trial.write("set/file", 1);
    BlobStore store = trial.store();
    for (String key : List.of("set", "set/fil", "set/file/below")) {
      trial.expectMissing(store, key);
    }
    trial.expectKeys("set/file/", List.of());
    store.delete(new BlobKey("set/file/below"));
    trial.expectWhole("set/file", 1);
  }

  private static void namesItsBlob(Trial trial) throws IOException {
    trial.write("set/taken", 1);
    for (StorageFailure failure : expectedFailures(trial)) {
      String message = failure.getMessage();
      trial.expect(
          message.contains("set/missing") || message.contains("set/taken"),
          "nobody can tell of which blob this is: " + message);
    }
  }

  private static void notTemporary(Trial trial) throws IOException {
    trial.write("set/taken", 1);
    for (StorageFailure failure : expectedFailures(trial)) {
      trial.expect(!failure.kind().isTemporary(), "temporary is called: " + failure.getMessage());
    }
  }

  /** Failures that are nobody's fault, whatever their kind. */
  private static List<StorageFailure> expectedFailures(Trial trial) throws IOException {
    BlobKey missing = new BlobKey("set/missing");
    List<StorageFailure> failures = new ArrayList<>();
    failures.add(
        failureOf(trial, "opening what is missing", () -> trial.store().open(missing).close()));
    failures.add(failureOf(trial, "telling of what is missing", () -> trial.store().stat(missing)));
    try (BlobWriter second = trial.store().create(new BlobKey("set/taken"))) {
      failures.add(failureOf(trial, "committing what is taken", second::commit));
    }
    return failures;
  }

  private static StorageFailure failureOf(Trial trial, String what, Trial.Call call) {
    if (trial.thrownBy(call) instanceof StorageFailure failure) {
      return failure;
    }
    throw trial.broken(what + " is to fail with a StorageFailure, and did not");
  }

  private static void tellsNoSecret(Trial trial) throws IOException {
    trial.write("taken", 1);
    BlobStore store = trial.store();
    StringBuilder told = new StringBuilder();
    told.append(store).append(store.location()).append(store.features());
    tell(told, trial.thrownBy(() -> store.open(new BlobKey("missing")).close()));
    tell(told, trial.thrownBy(() -> store.stat(new BlobKey("missing"))));
    try (var in = store.open(new BlobKey("taken"));
        BlobWriter second = store.create(new BlobKey("taken"))) {
      told.append(in).append(second).append(second.body());
      tell(told, trial.thrownBy(second::commit));
    }
    for (Secret secret : trial.secrets()) {
      boolean tells = !secret.isEmpty() && secret.<Boolean>reveal(chars -> holds(told, chars));
      trial.expect(!tells, "one of the target's secrets is in a text for people");
    }
  }

  /** All that a log or {@code --debug} would show of it. */
  private static void tell(StringBuilder told, @Nullable Throwable thrown) {
    for (Throwable each = thrown; each != null; each = each.getCause()) {
      told.append(each);
      if (each instanceof Failure failure) {
        told.append(failure.hint());
      }
      for (Throwable suppressed : each.getSuppressed()) {
        told.append(suppressed);
      }
    }
  }

  /** Compared letter by letter: a secret never becomes a text here. */
  private static boolean holds(CharSequence text, char[] characters) {
    for (int at = 0; at + characters.length <= text.length(); at++) {
      int same = 0;
      while (same < characters.length && text.charAt(at + same) == characters[same]) {
        same++;
      }
      if (same == characters.length) {
        return true;
      }
    }
    return false;
  }
}
