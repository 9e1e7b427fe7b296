package io.holdfast.postgres;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Reads where sequences stand. They are no part of a snapshot: what is read is always the last. */
final class SequenceStates {

  /** So many sequences are read by one statement. */
  private static final int BATCH = 100;

  private SequenceStates() {}

  /** Each sequence's last value and whether it was given out: {@code 42,true}. */
  static SortedMap<String, String> read(Session session) {
    String doing = "read the sequences of '" + session.database() + "'";
    List<String> names = session.names(doing, DefinitionSql.sequences());
    SortedMap<String, String> states = new TreeMap<>();
    for (int from = 0; from < names.size(); from += BATCH) {
      List<String> batch = names.subList(from, Math.min(names.size(), from + BATCH));
      List<String> selects = new ArrayList<>();
      for (int i = 0; i < batch.size(); i++) {
        selects.add("SELECT " + i + ", last_value || ',' || is_called FROM " + batch.get(i));
      }
      session
          .aside(
              doing,
              () ->
                  session.query(
                      doing,
                      String.join(" UNION ALL ", selects),
                      row -> List.of(batch.get(row.getInt(1)), row.getString(2))))
          .forEach(state -> states.put(state.get(0), state.get(1)));
    }
    return states;
  }
}
