package io.holdfast.domain.backup;

import java.util.Map;
import java.util.Optional;

/** What a restore must know of where an artifact came from. */
public sealed interface ArtifactOrigin {

  /**
   * A PostgreSQL cluster.
   *
   * @param serverVersion as {@code SHOW server_version} gives it
   * @param toolVersion the version of the pg_dump or pg_dumpall that wrote it
   * @param publicSchema false for a database whose schema {@code public} had been dropped: no dump
   *     tells that, and every new database has one
   */
  record FromPostgres(String serverVersion, String toolVersion, boolean publicSchema)
      implements ArtifactOrigin {

    /** A cluster, or a database with the schema that every new one has. */
    public FromPostgres(String serverVersion, String toolVersion) {
      this(serverVersion, toolVersion, true);
    }
  }

  /**
   * A Podman volume.
   *
   * @param driver the volume's driver, {@code local} as a rule
   * @param labels its labels
   * @param options its driver options
   */
  record FromVolume(String driver, Map<String, String> labels, Map<String, String> options)
      implements ArtifactOrigin {
    public FromVolume {
      labels = Map.copyOf(labels);
      options = Map.copyOf(options);
    }
  }

  /**
   * A container.
   *
   * @param image the image's name that it was made from
   * @param cluster the configured cluster whose server runs in it
   */
  record FromContainer(Optional<String> image, Optional<String> cluster) implements ArtifactOrigin {

    /** One that is no cluster's server. */
    public FromContainer(Optional<String> image) {
      this(image, Optional.empty());
    }
  }

  /** Nothing is known: a set made by hand. */
  record Unknown() implements ArtifactOrigin {}
}
