package io.holdfast.postgres;

import io.holdfast.application.port.out.command.Cancellation;
import io.holdfast.application.port.out.source.RestoreProof.Proof;
import io.holdfast.domain.fingerprint.DatabaseFingerprint;
import io.holdfast.domain.fingerprint.TableFingerprint;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Holds a restored database against the fingerprint of its source, as deep as that one goes. */
final class DatabaseProof {

  private static final String CONTENTS = "contents";

  private final Connections connections;

  DatabaseProof(Connections connections) {
    this.connections = connections;
  }

  Proof compare(String database, DatabaseFingerprint expected, Cancellation cancellation) {
    Optional<FingerprintMethod> method = FingerprintMethod.parse(expected.method());
    if (method.isEmpty()) {
      return new Proof(
          "nothing: its fingerprint was taken by '"
              + expected.method()
              + "', which this version of Holdfast does not know",
          List.of());
    }
    try (Session session = connections.open(database, cancellation)) {
      session.beginSnapshot();
      int major = ServerFacts.version(session).major();
      if (major < DatabaseFingerprinter.OLDEST_MAJOR) {
        return new Proof("nothing: " + DatabaseFingerprinter.tooOld(major), List.of());
      }
      RowDigest rows = method.get().rows();
      boolean read = expected.tables().stream().anyMatch(table -> !table.content().isEmpty());
      if (read && !rows.fits(session)) {
        return new Proof(
            "nothing: this server does not digest rows by '" + rows.method() + "' as others do",
            List.of());
      }
      DatabaseFingerprint restored = taken(session, method.get(), expected);
      boolean otherMajor = method.get().major() != major;
      DatabaseFingerprint source = otherMajor ? expected.contentsOnly(CONTENTS) : expected;
      DatabaseFingerprint found = otherMajor ? restored.contentsOnly(CONTENTS) : restored;
      String compared =
          describe(expected)
              + (otherMajor
                  ? ", no definitions: PostgreSQL "
                      + method.get().major()
                      + " and "
                      + major
                      + " write them differently"
                  : "");
      return Proofs.of(compared, source.differencesOf(found));
    }
  }

  private static DatabaseFingerprint taken(
      Session session, FingerprintMethod method, DatabaseFingerprint expected) {
    Map<String, Long> shares = new HashMap<>();
    for (TableFingerprint table : expected.tables()) {
      shares.put(table.name(), table.content().isEmpty() ? 0 : table.share());
    }
    DatabaseFingerprinter fingerprinter = DatabaseFingerprinter.in(session, method);
    return fingerprinter.take(
        table -> shares.getOrDefault(table.name(), 0L),
        !expected.largeObjects().isEmpty(),
        fingerprinter.sequences());
  }

  private static String describe(DatabaseFingerprint expected) {
    List<String> parts = new ArrayList<>();
    parts.add(Proofs.counted(expected.tables().size(), "table"));
    long rows = expected.tables().stream().mapToLong(TableFingerprint::rows).sum();
    long unread = expected.tables().stream().filter(t -> t.content().isEmpty()).count();
    long sampled = expected.tables().stream().filter(t -> t.share() > 1).count();
    parts.add(
        Proofs.counted(rows, "row")
            + (unread > 0 ? " by their number alone" : "")
            + (sampled > 0 ? " (a sample of those of " + sampled + " large ones)" : ""));
    parts.add(Proofs.counted(expected.sequences().size(), "sequence"));
    if (expected.largeObjectCount() > 0) {
      parts.add(Proofs.counted(expected.largeObjectCount(), "large object"));
    }
    return String.join(", ", parts);
  }
}
