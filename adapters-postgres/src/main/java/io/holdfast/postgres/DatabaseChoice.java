package io.holdfast.postgres;

import io.holdfast.application.port.out.source.Selection;
import io.holdfast.domain.backup.ArtifactId;
import io.holdfast.domain.backup.FailedArtifact;
import io.holdfast.domain.backup.NameGlob;
import java.util.ArrayList;
import java.util.List;

/** Chooses the databases that configuration and operator mean, and tells of those it cannot. */
final class DatabaseChoice {

  private final ClusterSettings settings;
  private final Selection selection;
  private final List<ListedDatabase> databases = new ArrayList<>();
  private final List<FailedArtifact> failures = new ArrayList<>();
  private final List<String> warnings = new ArrayList<>();

  DatabaseChoice(ClusterSettings settings, Selection selection) {
    this.settings = settings;
    this.selection = selection;
  }

  void choose(List<ListedDatabase> listed) {
    for (ListedDatabase database : listed) {
      if (selection.selects(idOf(database.name()))) {
        judge(database);
      }
    }
    for (String name : settings.include()) {
      boolean there = listed.stream().anyMatch(database -> database.name().equals(name));
      if (NameGlob.isExact(name)
          && !there
          && settings.wants(name)
          && selection.selects(idOf(name))) {
        fail(name, "the configuration includes it by name, and the server has no such database");
      }
    }
  }

  private void judge(ListedDatabase database) {
    String name = database.name();
    if (database.template()) {
      boolean named = settings.include().contains(name) || !selection.only().isEmpty();
      if (named) {
        fail(name, "it is a template database, and those are never backed up");
      }
      return;
    }
    if (!settings.wants(name)) {
      if (!selection.only().isEmpty()) {
        warnings.add(
            "database " + name + " is there, but the configuration of its cluster leaves it out");
      }
      return;
    }
    if (database.halfDropped()) {
      fail(name, "a DROP DATABASE of it was interrupted, and nothing can be read; drop it again");
    } else if (!database.connectable()) {
      fail(name, "it refuses connections; ALTER DATABASE .. ALLOW_CONNECTIONS true, or exclude it");
    } else {
      databases.add(database);
    }
  }

  private void fail(String name, String reason) {
    failures.add(new FailedArtifact(idOf(name), reason));
  }

  private ArtifactId idOf(String name) {
    return ArtifactId.database(settings.name(), name);
  }

  List<ListedDatabase> databases() {
    return databases;
  }

  List<FailedArtifact> failures() {
    return failures;
  }

  List<String> warnings() {
    return warnings;
  }
}
