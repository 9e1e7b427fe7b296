package io.holdfast.application.port.out.event;

/** Is told what happens during a run; nothing else reports. Called by several threads. */
@FunctionalInterface
public interface BackupEvents {

  /** Takes note. Must return soon and not throw. */
  void on(BackupEvent event);
}
