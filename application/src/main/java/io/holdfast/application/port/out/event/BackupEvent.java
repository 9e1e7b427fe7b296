package io.holdfast.application.port.out.event;

import io.holdfast.domain.backup.StoredArtifact;
import io.holdfast.domain.history.Run;
import java.util.OptionalLong;

/** Something that happened during a run. */
public sealed interface BackupEvent {

  /**
   * A run has begun; what is told from now on is told of it.
   *
   * @param run which
   */
  record RunStarted(Run run) implements BackupEvent {}

  /**
   * Work with a known end was begun.
   *
   * @param task what, unique among the tasks under way: {@code backup volume confluence_data}
   * @param totalBytes how much it is, roughly, where that is known
   */
  record TaskStarted(String task, OptionalLong totalBytes) implements BackupEvent {}

  /**
   * Some of it was done.
   *
   * @param task as it was begun
   * @param bytes how many more
   */
  record TaskAdvanced(String task, long bytes) implements BackupEvent {}

  /**
   * It ended, well or not.
   *
   * @param task as it was begun
   */
  record TaskEnded(String task) implements BackupEvent {}

  /**
   * An artifact is stored on every target that is still in the run.
   *
   * @param artifact as the manifest will tell it
   */
  record ArtifactStored(StoredArtifact artifact) implements BackupEvent {}

  /**
   * A step was taken that an operator may want to follow.
   *
   * @param message a sentence
   */
  record Note(String message) implements BackupEvent {}

  /**
   * Something an operator should know that does not fail the run.
   *
   * @param message a sentence
   */
  record Warning(String message) implements BackupEvent {}

  /**
   * Something failed, and the run goes on.
   *
   * @param message a sentence
   */
  record Problem(String message) implements BackupEvent {}

  /**
   * A detail for {@code --debug}.
   *
   * @param message a sentence
   */
  record Detail(String message) implements BackupEvent {}
}
