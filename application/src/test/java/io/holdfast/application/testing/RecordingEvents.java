package io.holdfast.application.testing;

import io.holdfast.application.port.out.event.BackupEvent;
import io.holdfast.application.port.out.event.BackupEvents;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Remembers what happened, in order. */
public final class RecordingEvents implements BackupEvents {

  private final List<BackupEvent> events = new CopyOnWriteArrayList<>();

  @Override
  public void on(BackupEvent event) {
    events.add(event);
  }

  /** Those of one sort. */
  public <E extends BackupEvent> List<E> of(Class<E> sort) {
    return events.stream().filter(sort::isInstance).map(sort::cast).toList();
  }

  /** What was warned of. */
  public List<String> warnings() {
    return of(BackupEvent.Warning.class).stream().map(BackupEvent.Warning::message).toList();
  }

  /** What failed. */
  public List<String> problems() {
    return of(BackupEvent.Problem.class).stream().map(BackupEvent.Problem::message).toList();
  }
}
