package io.holdfast.podman;

import io.holdfast.application.port.out.recovery.RecoveryJournal;
import io.holdfast.application.port.out.source.ContainerRecreation.Creation;
import io.holdfast.application.port.out.source.ContainerRecreation.Plan;
import io.holdfast.application.port.out.source.ContainerRecreation.Planned;
import io.holdfast.application.port.out.source.PreparedRestore.Obstacle;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/** The containers that would be made. */
record ForgePlan(
    PodmanHost host,
    RecoveryJournal journal,
    List<Recipe> recipes,
    Set<String> missing,
    Set<String> restored,
    List<Obstacle> obstacles)
    implements Plan {

  ForgePlan {
    recipes = List.copyOf(recipes);
    missing = Set.copyOf(missing);
    restored = Set.copyOf(restored);
    obstacles = List.copyOf(obstacles);
  }

  @Override
  public List<Planned> servers() {
    return planned(true);
  }

  @Override
  public List<Planned> others() {
    return planned(false);
  }

  @Override
  public Creation begin() {
    return new Making(this);
  }

  private List<Planned> planned(boolean servers) {
    return recipes.stream()
        .filter(recipe -> recipe.cluster().isPresent() == servers)
        .sorted(Comparator.comparing(recipe -> recipe.inspection().name()))
        .map(this::planned)
        .toList();
  }

  private Planned planned(Recipe recipe) {
    Inspection inspection = recipe.inspection();
    List<String> steps = new ArrayList<>();
    inspection.volumes().stream()
        .filter(missing::contains)
        .forEach(volume -> steps.add("create volume " + volume + ", empty"));
    steps.add("create container " + inspection.name() + " from " + inspection.image());
    if (recipe.cluster().isPresent() || inspection.ran()) {
      steps.add("start container " + inspection.name());
    }
    List<String> notes = new ArrayList<>(Uncarried.of(inspection, restored));
    inspection
        .networks()
        .keySet()
        .forEach(name -> notes.add("network " + name + ", where it is not there, is made anew"));
    if (recipe.cluster().isPresent()) {
      notes.add(
          "postgresql.conf, pg_hba.conf and ALTER SYSTEM settings of the former data folder are not"
              + " in the set: the new server has its image's");
    }
    if (recipe.invented()) {
      notes.add(
          "its " + Recipe.PASSWORD + " was made up: the roles' passwords come from the globals");
    }
    if (!inspection.ran() && recipe.cluster().isEmpty()) {
      notes.add("it did not run when it was backed up, and is not started");
    }
    return new Planned(inspection.name(), recipe.cluster(), steps, notes);
  }

  Recipe recipe(Planned planned) {
    return recipes.stream()
        .filter(recipe -> recipe.inspection().name().equals(planned.name()))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException(planned.name()));
  }
}
