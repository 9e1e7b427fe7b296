package io.holdfast.application.port.in;

import io.holdfast.application.port.out.command.Cancellation;
import io.holdfast.domain.backup.ArtifactId;
import java.nio.file.Path;
import java.util.List;

/** Brings single files and folders of a volume back, into a folder of the host. */
public interface RestoreFiles {

  /**
   * Verifies what it needs of the set, and extracts the files.
   *
   * @throws io.holdfast.application.port.failure.IntegrityFailure when the set is unknown,
   *     incomplete or damaged; nothing was changed
   * @throws io.holdfast.application.port.failure.SourceFailure when a path or the volume is not in
   *     the set, something is in the way, or the files cannot be written
   */
  Result restore(Request request, Cancellation cancellation);

  /**
   * What to restore.
   *
   * @param selector from which set
   * @param volume of which volume
   * @param paths files and folders, from the volume's root
   * @param to into which folder, below which they keep their paths
   * @param force true to replace files that exist
   * @param dryRun true to look only
   */
  record Request(
      SetSelector selector,
      String volume,
      List<String> paths,
      Path to,
      boolean force,
      boolean dryRun) {
    public Request {
      paths = List.copyOf(paths);
    }
  }

  /**
   * What came of it.
   *
   * @param set the set's id or folder
   * @param location where it was read from
   * @param volume of which volume
   * @param to the folder
   * @param members how many files and folders were or would be restored
   * @param warnings what an operator should know
   * @param executed false for a dry run
   */
  record Result(
      String set,
      String location,
      ArtifactId volume,
      Path to,
      long members,
      List<String> warnings,
      boolean executed) {
    public Result {
      warnings = List.copyOf(warnings);
    }
  }
}
