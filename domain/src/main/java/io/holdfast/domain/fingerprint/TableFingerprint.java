package io.holdfast.domain.fingerprint;

import java.util.ArrayList;
import java.util.List;

/**
 * What a table held.
 *
 * @param name its schema and name as SQL spells them, quoted where SQL needs it
 * @param rows how many rows it had
 * @param content a digest of the rows, whatever their order; empty where they were not read
 * @param share of how many rows one went into the digest: 1 for all of them
 * @param structure a digest of its columns, constraints, indexes, triggers, owner and grants
 */
public record TableFingerprint(
    String name, long rows, String content, long share, String structure) {

  public TableFingerprint {
    if (share < 1) {
      throw new IllegalArgumentException("one of " + share + " rows cannot be read");
    }
  }

  TableFingerprint withoutStructure() {
    return new TableFingerprint(name, rows, content, share, "");
  }

  List<Difference> differencesOf(TableFingerprint restored) {
    List<Difference> differences = new ArrayList<>();
    String subject = "table " + name;
    if (rows != restored.rows) {
      differences.add(new Difference(subject, "had " + rows + " rows, has " + restored.rows));
    } else if (share == restored.share && DatabaseFingerprint.differs(content, restored.content)) {
      differences.add(new Difference(subject, "has other rows"));
    }
    if (DatabaseFingerprint.differs(structure, restored.structure)) {
      differences.add(new Difference(subject, "is defined otherwise"));
    }
    return differences;
  }
}
