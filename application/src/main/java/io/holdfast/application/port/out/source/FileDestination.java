package io.holdfast.application.port.out.source;

import io.holdfast.application.port.out.command.Cancellation;
import io.holdfast.domain.backup.ArtifactId;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Brings single files and folders of a stored volume into a folder of the host. */
public interface FileDestination {

  /**
   * Extracts them. Nothing has its name before it is whole, and nothing is outside the folder.
   *
   * @throws io.holdfast.application.port.failure.SourceFailure when a path is not in the volume or
   *     something is in the way (nothing was changed), or they cannot be written
   * @throws io.holdfast.application.port.failure.IntegrityFailure when the volume is not whole
   * @throws IOException from reading the content
   */
  Extracted extract(Item item, Cancellation cancellation) throws IOException;

  /**
   * What to extract.
   *
   * @param id the volume
   * @param content its tar
   * @param listing the names of its members, where the set has them
   * @param paths of files and folders from its root, at least one; as they are or as {@link
   *     ContentEntry.Member} spells them
   * @param to the folder, which is made when it is not there
   * @param force true to replace files that exist
   * @param dryRun true to look only
   */
  record Item(
      ArtifactId id,
      ArtifactContent content,
      Optional<ArtifactContent> listing,
      List<String> paths,
      Path to,
      boolean force,
      boolean dryRun) {
    public Item {
      paths = List.copyOf(paths);
    }
  }

  /**
   * What came of it.
   *
   * @param members how many files and folders are meant
   * @param warnings what an operator should know
   */
  record Extracted(long members, List<String> warnings) {
    public Extracted {
      warnings = List.copyOf(warnings);
    }
  }
}
