package io.holdfast.application.port.out.drill;

import io.holdfast.application.port.out.command.Cancellation;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Volumes that are there for a drill; no container runs with them. */
public interface ScratchVolumes {

  /** A folder of this host on the file system where their data will lie. */
  Path dataPlace(Cancellation cancellation);

  /**
   * Takes responsibility for volumes that are about to be made, before any is: whatever kills this
   * process, they will be removed.
   *
   * @param drill the drill's own short name
   * @param names the volumes'
   */
  Reserved reserve(String drill, List<String> names);

  /** Volumes that will be removed. */
  interface Reserved extends AutoCloseable {

    /** The labels that each of them must be made with. */
    Map<String, String> labels();

    /** Where the files of one that was made are, as this host sees them. */
    Path folder(String name, Cancellation cancellation);

    /**
     * Removes them.
     *
     * @throws io.holdfast.application.port.failure.SourceFailure when one is left, which stays in
     *     the recovery journal
     */
    @Override
    void close();
  }
}
