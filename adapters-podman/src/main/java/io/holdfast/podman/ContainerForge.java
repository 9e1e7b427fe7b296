package io.holdfast.podman;

import io.holdfast.application.port.failure.IntegrityFailure;
import io.holdfast.application.port.out.command.Cancellation;
import io.holdfast.application.port.out.recovery.RecoveryJournal;
import io.holdfast.application.port.out.source.ContainerRecreation;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Makes containers again from their inspections. */
final class ContainerForge implements ContainerRecreation {

  /** More than any inspection; a longer one is none. */
  private static final int LONGEST = 4 * 1024 * 1024;

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final PodmanHost host;
  private final RecoveryJournal journal;

  ContainerForge(PodmanHost host, RecoveryJournal journal) {
    this.host = host;
    this.journal = journal;
  }

  @Override
  public Plan prepare(
      List<Described> containers, Set<String> restored, Secrets secrets, Cancellation cancellation)
      throws IOException {
    List<Recipe> recipes = new ArrayList<>();
    for (Described described : containers) {
      Inspection inspection = read(described);
      if (!inspection.infra()) {
        recipes.add(
            Recipe.of(
                inspection,
                described.cluster(),
                imageConfig(inspection.image(), cancellation),
                secrets));
      }
    }
    Set<String> missing = new TreeSet<>();
    recipes.forEach(recipe -> missing.addAll(recipe.inspection().volumes()));
    missing.removeAll(restored);
    return new ForgePlan(
        host,
        journal,
        recipes,
        missing,
        restored,
        new ForgeObstacles(host, recipes, missing, restored).find(cancellation));
  }

  @Override
  public Written write(List<Described> containers, Form form) throws IOException {
    List<Inspection> inspections = new ArrayList<>();
    for (Described described : containers) {
      inspections.add(read(described));
    }
    return switch (form) {
      case KUBE -> new KubeText(inspections).write();
      case QUADLET -> new QuadletText(inspections).write();
    };
  }

  private JsonNode imageConfig(String image, Cancellation cancellation) {
    boolean known =
        host.podman()
            .attempt(cancellation, List.of("image", "exists", "--", image))
            .result()
            .succeeded();
    return known
        ? host.podman().ask(cancellation, "image", "inspect", "--", image).path(0).path("Config")
        : JSON.missingNode();
  }

  private static Inspection read(Described described) throws IOException {
    try (InputStream in = described.inspection().open()) {
      byte[] bytes = in.readNBytes(LONGEST);
      // The checksum is compared at the stream's end.
      if (in.read() >= 0) {
        throw malformed(described, "it is longer than any inspection");
      }
      JsonNode document = JSON.readTree(bytes);
      JsonNode inspected = document.isArray() ? document.path(0) : document;
      String image = described.image().orElse(inspected.path("ImageName").asString(""));
      if (!inspected.isObject() || image.isEmpty()) {
        throw malformed(described, "it is no podman inspect of a container");
      }
      return new Inspection(described.name(), image, inspected);
    } catch (JacksonException e) {
      throw malformed(described, "it is no JSON");
    }
  }

  private static IntegrityFailure malformed(Described described, String why) {
    return new IntegrityFailure(
        described.inspection().describe() + " cannot be used: " + why + ".",
        "Choose another set, or make container " + described.name() + " by hand.");
  }
}
