package io.holdfast.launcher.cli;

import io.holdfast.application.port.out.source.Selection;
import io.holdfast.domain.backup.ArtifactKind;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Databases, volumes or all, as the command line names them. */
enum Kinds {
  ALL(true, true),
  DATABASES(true, false),
  VOLUMES(false, true);

  private final boolean databases;
  private final boolean volumes;

  Kinds(boolean databases, boolean volumes) {
    this.databases = databases;
    this.volumes = volumes;
  }

  boolean databases() {
    return databases;
  }

  boolean volumes() {
    return volumes;
  }

  /** The ones of these names; of no names all. */
  Selection named(List<String> only) {
    Set<ArtifactKind> kinds = EnumSet.noneOf(ArtifactKind.class);
    if (databases) {
      kinds.add(ArtifactKind.DATABASE);
    }
    if (volumes) {
      kinds.add(ArtifactKind.VOLUME);
    }
    return new Selection(kinds, only);
  }

  /** As it is written on the command line. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
