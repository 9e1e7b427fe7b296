package io.holdfast.domain.backup;

/** Where each file of a set lies, relative to the set's folder. */
public final class SetLayout {

  /** Written last; a set exists once it does. */
  public static final String CHECKSUMS = "checksums.sha256";

  /** What a program needs to know of the set. */
  public static final String MANIFEST = "manifest.json";

  /** The commands that restore the set by hand. */
  public static final String RESTORE_GUIDE = "RESTORE.md";

  /** Beside the sets: what is about them and not in them. */
  public static final String CONTROL_FOLDER = ".holdfast";

  /** Beside the sets: what the folder is and how to restore by hand. */
  public static final String README = "README.md";

  /** Databases and globals of a set. */
  public static final String DATABASES = "databases";

  /** Volumes of a set. */
  public static final String VOLUMES = "volumes";

  /** Container inspections of a set. */
  public static final String CONTAINERS = "containers";

  private SetLayout() {}

  /**
   * The path of an artifact's file.
   *
   * @param id the artifact
   * @param encoding the compression around its format; always {@link Encoding#NONE} for all but
   *     volumes
   * @param clusterFolders true where more than one cluster is configured, so that each has a folder
   */
  public static String pathOf(ArtifactId id, Encoding encoding, boolean clusterFolders) {
    String databases =
        clusterFolders
            ? DATABASES + "/" + id.cluster().map(c -> FileName.encode(c, "") + "/").orElse("")
            : DATABASES + "/";
    return switch (id.kind()) {
      case DATABASE -> databases + FileName.encode(id.name(), ".dump");
      case GLOBALS -> databases + "globals.sql";
      case VOLUME -> VOLUMES + "/" + FileName.encode(id.name(), ".tar" + encoding.suffix());
      case CONTAINER -> CONTAINERS + "/" + FileName.encode(id.name(), ".json");
    };
  }

  /** The path of the file that names the members of a volume's tar. */
  public static String listingOf(ArtifactId id) {
    return VOLUMES + "/" + FileName.encode(id.name(), ".mtree" + Encoding.GZIP.suffix());
  }
}
