package io.holdfast.postgres;

import io.holdfast.application.port.failure.Failure;
import io.holdfast.application.port.failure.InterruptedFailure;
import io.holdfast.application.port.failure.SourceFailure;
import io.holdfast.application.port.out.command.Cancellation;
import io.holdfast.application.port.out.source.ExportReport;
import io.holdfast.domain.fingerprint.DatabaseFingerprint;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Dumps a database and takes its fingerprint in the same snapshot meanwhile, in a thread of its
 * own. A dump counts without a fingerprint too: what keeps one from being taken becomes a warning.
 */
final class DumpWithFingerprint {

  private final FingerprintSettings settings;

  DumpWithFingerprint(FingerprintSettings settings) {
    this.settings = settings;
  }

  /** Writes the dump. */
  @FunctionalInterface
  interface Dump {
    ExportReport run() throws IOException;
  }

  /**
   * Runs a dump with a fingerprint beside it.
   *
   * @param snapshot the session that keeps the dump's snapshot; its transaction goes on
   */
  ExportReport run(Session snapshot, Dump dump, Cancellation cancellation) throws IOException {
    try (Cancellation.Child child = cancellation.child()) {
      Cancellation own = child.scope();
      Session session = snapshot.cancelledBy(own);
      // Sequences are no part of a snapshot: the dump reads them after this, and before the end.
      Attempt<Beginning> beginning = Attempt.of(session, () -> begin(session));
      FutureTask<Attempt<DatabaseFingerprint>> reading =
          new FutureTask<>(() -> beginning.then(session, began -> read(began)));
      Thread thread = new Thread(reading, "fingerprint of " + snapshot.database());
      thread.setDaemon(true);
      thread.start();
      boolean dumped = false;
      Attempt<DatabaseFingerprint> read;
      ExportReport report;
      try {
        report = dump.run();
        dumped = true;
      } finally {
        if (!dumped) {
          own.cancel();
        }
        read = join(reading, own);
      }
      cancellation.throwIfCancelled();
      return with(report, read.then(session, taken -> moved(taken, session)), snapshot.database());
    }
  }

  /** What was read before the dump began. */
  private record Beginning(DatabaseFingerprinter fingerprinter, SortedMap<String, String> at) {}

  private static Beginning begin(Session session) {
    DatabaseFingerprinter fingerprinter = DatabaseFingerprinter.in(session);
    return new Beginning(fingerprinter, fingerprinter.sequences());
  }

  private DatabaseFingerprint read(Beginning beginning) {
    boolean contents = settings.depth() == FingerprintDepth.FULL;
    return beginning
        .fingerprinter()
        .take(table -> contents ? settings.shareOf(table.bytes()) : 0, contents, beginning.at());
  }

  /** Tells of each sequence between which two states the dump has it. */
  private static DatabaseFingerprint moved(DatabaseFingerprint taken, Session session) {
    SortedMap<String, String> after = SequenceStates.read(session);
    SortedMap<String, String> states = new TreeMap<>(taken.sequences());
    states.replaceAll(
        (name, before) -> {
          String now = after.getOrDefault(name, before);
          return now.equals(before) ? before : before + ".." + now;
        });
    return taken.withSequences(states);
  }

  private static ExportReport with(
      ExportReport report, Attempt<DatabaseFingerprint> taken, String database) {
    List<String> warnings = new ArrayList<>(report.warnings());
    taken.failure().ifPresent(failure -> warnings.add(noneOf(database, failure.getMessage())));
    return new ExportReport(
        report.sourceBytes(), report.entries(), report.origin(), warnings, taken.got().map(f -> f));
  }

  static String noneOf(String database, String why) {
    return "no fingerprint was taken of database '"
        + database
        + "', so a restore of it cannot be shown to be equal: "
        + why;
  }

  private static Attempt<DatabaseFingerprint> join(
      FutureTask<Attempt<DatabaseFingerprint>> reading, Cancellation own) {
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return reading.get();
        } catch (InterruptedException e) {
          interrupted = true;
          own.cancel();
        } catch (ExecutionException e) {
          if (e.getCause() instanceof InterruptedFailure ended) {
            return new Attempt<>(Optional.empty(), Optional.of(ended));
          }
          throw new IllegalStateException("a fingerprint ended in a bug", e.getCause());
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** What came of a part of the work that must not end the snapshot's transaction. */
  private record Attempt<T>(Optional<T> got, Optional<Failure> failure) {

    static <T> Attempt<T> of(Session session, Supplier<T> work) {
      List<T> got = new ArrayList<>();
      try {
        Optional<Failure> failed = session.attempt("take a fingerprint", () -> got.add(work.get()));
        return new Attempt<>(
            failed.isPresent() ? Optional.empty() : Optional.of(got.get(0)), failed);
      } catch (SourceFailure gone) {
        return new Attempt<>(Optional.empty(), Optional.of(gone));
      }
    }

    <R> Attempt<R> then(Session session, Function<T, R> next) {
      return got.isPresent()
          ? of(session, () -> next.apply(got.get()))
          : new Attempt<>(Optional.empty(), failure);
    }
  }
}
