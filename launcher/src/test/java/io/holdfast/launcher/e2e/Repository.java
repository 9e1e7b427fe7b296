package io.holdfast.launcher.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** A target's folder, looked at with coreutils alone. */
record Repository(Path root) {

  private static final String SET = "\\d{8}_\\d{6}";

  /** The folders that are named like sets, oldest first. */
  List<String> folders() {
    try (Stream<Path> children = Files.list(root)) {
      return children
          .map(child -> child.getFileName().toString())
          .filter(name -> name.matches(SET))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The sets that exist: those with checksums, oldest first. */
  List<String> published() {
    return folders().stream()
        .filter(id -> Files.exists(set(id).resolve("checksums.sha256")))
        .toList();
  }

  /** The one set that exists. */
  String onlySet() {
    assertThat(published()).hasSize(1);
    return published().get(0);
  }

  String newestSet() {
    List<String> sets = published();
    assertThat(sets).isNotEmpty();
    return sets.get(sets.size() - 1);
  }

  Path set(String id) {
    return root.resolve(id);
  }

  JsonNode manifest(String id) {
    return Outcome.JSON.readTree(set(id).resolve("manifest.json").toFile());
  }

  /** An artifact of a set's manifest, stored or failed. */
  JsonNode artifact(String id, String kind, String name) {
    for (JsonNode artifact : manifest(id).get("artifacts")) {
      if (artifact.get("kind").asString().equals(kind)
          && artifact.get("name").asString().equals(name)) {
        return artifact;
      }
    }
    throw new AssertionError("no " + kind + " " + name + " in " + manifest(id));
  }

  /** {@code sha256sum -c} passes, and names every file but itself. */
  void assertWhole(String id) {
    Shell.bash("cd %s && sha256sum --strict --quiet -c checksums.sha256".formatted(set(id)));
    String listed = Shell.bash("wc -l < %s".formatted(set(id).resolve("checksums.sha256"))).trim();
    String present = Shell.bash("find %s -type f -printf x | wc -c".formatted(set(id))).trim();
    assertThat(Integer.parseInt(listed) + 1).isEqualTo(Integer.parseInt(present));
  }

  /** Writes a set's checksums as an operator would who made it by hand. */
  void publishByHand(String id) {
    Shell.bash(
        """
        cd %s
        rm -f checksums.sha256
        find . -type f -printf '%%P\\0' | LC_ALL=C sort -z | xargs -0 sha256sum > ../checksums.new
        mv ../checksums.new checksums.sha256
        """
            .formatted(set(id)));
  }

  /**
   * Every file below the root, relative, those of published sets and what verifications have found
   * left out, sorted.
   */
  List<String> strays() {
    List<String> published = published();
    return Shell.bash("cd %s && find . -type f -printf '%%P\\n' | LC_ALL=C sort".formatted(root))
        .lines()
        .filter(path -> published.stream().noneMatch(id -> path.startsWith(id + "/")))
        .filter(path -> !path.startsWith(".holdfast/verdicts/"))
        .toList();
  }
}
