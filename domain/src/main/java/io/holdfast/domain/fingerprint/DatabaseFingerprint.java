package io.holdfast.domain.fingerprint;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a database held in one snapshot.
 *
 * @param method how the digests were made; those of two methods cannot be compared
 * @param tables each table of the database's own, partitions by themselves, in order of their names
 * @param sequences each sequence's state, by its name as SQL spells it: {@code 42,true} is its last
 *     value and whether that was given out, {@code 42,true..57,true} where it moved while it was
 *     dumped
 * @param largeObjects the digest of all large objects; empty text where contents were not read
 * @param largeObjectCount how many large objects there are
 * @param schema a digest for each kind of object that is no table, by the kind's name: {@code
 *     functions}, {@code views}
 * @param properties what the database itself has, in plain words: {@code owner}, {@code encoding};
 *     none in fingerprints of versions that did not look at it
 * @param took how long it took
 */
public record DatabaseFingerprint(
    String method,
    List<TableFingerprint> tables,
    SortedMap<String, String> sequences,
    String largeObjects,
    long largeObjectCount,
    SortedMap<String, String> schema,
    SortedMap<String, String> properties,
    Duration took)
    implements Fingerprint {

  public DatabaseFingerprint {
    tables = List.copyOf(tables);
    sequences = Collections.unmodifiableSortedMap(new TreeMap<>(sequences));
    schema = Collections.unmodifiableSortedMap(new TreeMap<>(schema));
    properties = Collections.unmodifiableSortedMap(new TreeMap<>(properties));
  }

  /**
   * In what another database differs from this one. What either of the two did not look at is not
   * held against the other.
   *
   * @param restored the one that should hold the same
   * @return a difference each, tables first; empty when all is equal
   * @throws IllegalArgumentException when the methods differ
   */
  public List<Difference> differencesOf(DatabaseFingerprint restored) {
    if (!method.equals(restored.method)) {
      throw new IllegalArgumentException(method + " cannot be held against " + restored.method);
    }
    List<Difference> differences = new ArrayList<>();
    SortedMap<String, TableFingerprint> mine = byName(tables);
    SortedMap<String, TableFingerprint> theirs = byName(restored.tables);
    each(
        mine,
        theirs,
        "table ",
        differences,
        (subject, table, other) -> differences.addAll(table.differencesOf(other)));
    each(
        sequences,
        restored.sequences,
        "sequence ",
        differences,
        (subject, state, other) -> {
          if (!SequencePosition.reaches(other, state)) {
            differences.add(new Difference(subject, "was at " + state + ", is at " + other));
          }
        });
    if (largeObjectCount != restored.largeObjectCount) {
      differences.add(
          new Difference(
              "large objects",
              "there were " + largeObjectCount + ", there are " + restored.largeObjectCount));
    } else if (differs(largeObjects, restored.largeObjects)) {
      differences.add(new Difference("large objects", "their content differs"));
    }
    each(
        schema,
        restored.schema,
        "schema: ",
        differences,
        (subject, digest, other) -> {
          if (!digest.equals(other)) {
            differences.add(new Difference(subject, "their definitions differ"));
          }
        });
    properties.forEach(
        (name, value) -> {
          String other = restored.properties.getOrDefault(name, value);
          if (!other.equals(value)) {
            differences.add(
                new Difference(name + " of the database:", told(value) + ", now " + told(other)));
          }
        });
    return differences;
  }

  /** The same with other states of sequences. */
  public DatabaseFingerprint withSequences(SortedMap<String, String> states) {
    return new DatabaseFingerprint(
        method, tables, states, largeObjects, largeObjectCount, schema, properties, took);
  }

  /**
   * The same without digests of definitions, and by a method of that name: what is left of the
   * fingerprints of two servers that write definitions differently. What the database itself has,
   * servers tell alike.
   */
  public DatabaseFingerprint contentsOnly(String commonMethod) {
    return new DatabaseFingerprint(
        commonMethod,
        tables.stream().map(TableFingerprint::withoutStructure).toList(),
        sequences,
        largeObjects,
        largeObjectCount,
        new TreeMap<>(),
        properties,
        took);
  }

  private static String told(String value) {
    return value.isEmpty() ? "none" : value;
  }

  /** True when both were taken and are not the same. */
  static boolean differs(String one, String other) {
    return !one.isEmpty() && !other.isEmpty() && !one.equals(other);
  }

  private static SortedMap<String, TableFingerprint> byName(List<TableFingerprint> tables) {
    SortedMap<String, TableFingerprint> byName = new TreeMap<>();
    tables.forEach(table -> byName.put(table.name(), table));
    return byName;
  }

  private static <T> void each(
      SortedMap<String, T> mine,
      SortedMap<String, T> theirs,
      String sort,
      List<Difference> differences,
      Both<T> both) {
    mine.forEach(
        (name, value) -> {
          T other = theirs.get(name);
          if (other == null) {
            differences.add(new Difference(sort + name, "is missing"));
          } else {
            both.compare(sort + name, value, other);
          }
        });
    theirs.keySet().stream()
        .filter(name -> !mine.containsKey(name))
        .forEach(name -> differences.add(new Difference(sort + name, "was not there before")));
  }

  /** Compares what goes by the same name here and there. */
  private interface Both<T> {
    void compare(String subject, T mine, T theirs);
  }
}
