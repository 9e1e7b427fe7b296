package io.holdfast.launcher.cli;

import io.holdfast.domain.backup.Artifact;
import io.holdfast.domain.backup.FailedArtifact;
import io.holdfast.domain.backup.StoredArtifact;
import java.time.Duration;
import java.util.List;

/** The artifacts of a set, a row each. */
final class ArtifactTable {

  private ArtifactTable() {}

  static Table of(List<Artifact> artifacts) {
    Table table =
        new Table(
            Table.Column.text("ARTIFACT"),
            Table.Column.number("SOURCE"),
            Table.Column.number("STORED"),
            Table.Column.number("RATIO"),
            Table.Column.number("ENTRIES"),
            Table.Column.number("TIME"),
            Table.Column.text("FINGERPRINT"),
            Table.Column.text("FILE"));
    for (Artifact artifact : artifacts) {
      if (artifact instanceof StoredArtifact stored) {
        addStored(table, stored);
      } else {
        addFailed(table, (FailedArtifact) artifact);
      }
    }
    return table;
  }

  private static void addStored(Table table, StoredArtifact stored) {
    Duration took = stored.took();
    table.add(
        Table.Cell.of(stored.id().describe()),
        Table.Cell.of(Quantity.bytes(stored.sourceBytes())),
        Table.Cell.of(Quantity.bytes(stored.storedBytes())),
        Table.Cell.of(Quantity.ratio(stored.storedBytes(), stored.sourceBytes())),
        Table.Cell.of(String.valueOf(stored.entries())),
        Table.Cell.of(took.isZero() ? "-" : Quantity.duration(took)),
        Table.Cell.of(FingerprintView.text(stored.fingerprint())),
        Table.Cell.of(stored.path()));
  }

  private static void addFailed(Table table, FailedArtifact failed) {
    table.add(
        new Table.Cell(failed.id().describe(), Style.BAD),
        Table.Cell.of("-"),
        Table.Cell.of("-"),
        Table.Cell.of("-"),
        Table.Cell.of("-"),
        Table.Cell.of("-"),
        Table.Cell.of("-"),
        new Table.Cell("FAILED: " + failed.reason(), Style.BAD));
  }
}
