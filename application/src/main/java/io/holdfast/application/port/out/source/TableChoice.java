package io.holdfast.application.port.out.source;

import java.util.List;
import java.util.Optional;

/**
 * Tables to restore out of a database, and nothing else of its content.
 *
 * @param names each as {@code schema.table}, its parts quoted as SQL quotes them or not
 * @param schema the new schema of the present database that they go to; without one they go to a
 *     database beside it
 */
public record TableChoice(List<String> names, Optional<String> schema) {
  public TableChoice {
    names = List.copyOf(names);
  }
}
