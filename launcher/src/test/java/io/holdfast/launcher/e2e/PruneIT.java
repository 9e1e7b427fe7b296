package io.holdfast.launcher.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * Four hundred sets on a folder, an SSH server and a bucket: what is left of them is what the dry
 * run said, and however often the prune is killed on its way, no set is ever there in part.
 */
class PruneIT {

  private static final int SETS = 400;
  private static final DateTimeFormatter ID =
      DateTimeFormatter.ofPattern("uuuuMMdd_HHmmss").withZone(ZoneOffset.UTC);

  private final long seed = Long.getLong("holdfast.e2e.seed", System.nanoTime());
  private final Random random = new Random(seed);
  private final Instant now = Instant.now();
  private final String pinned = id(now.minus(Duration.ofDays(200)));
  private final String foreign = id(now.minus(Duration.ofDays(201)));
  private final String partial = id(now.minus(Duration.ofDays(3)));
  private final String young = id(now.minus(Duration.ofHours(5)));
  private final String abandoned = id(now.minus(Duration.ofHours(29)));

  @TempDir(deletionStrategy = ByShell.class)
  Path folder;

  @Test
  void what_is_left_is_the_plan_however_often_the_prune_is_killed() throws IOException {
    Path srv = folder.resolve("srv/backups");
    Path bucket = folder.resolve("s3/buckets/hf-e2e-bucket/host");
    try (SshServer nas = new SshServer(folder.resolve("sshd"), srv);
        S3Server cloud = new S3Server(folder.resolve("s3"), "host")) {
      Operator operator = new Operator(folder).volumes();
      nas.addTo(operator, "nas");
      cloud.addTo(operator, "cloud");
      Map<String, Path> roots = new LinkedHashMap<>();
      roots.put("local", operator.repository().root());
      roots.put("nas", srv);
      roots.put("cloud", bucket);
      System.out.println("killed prunes: -Dholdfast.e2e.seed=" + seed);
      fill(roots);
      Map<String, List<String>> before = files(roots);

      JsonNode plan = operator.holdfast("prune", "--dry-run", "--json").ok().json();
      assertThat(files(roots)).as("a dry run changes nothing").isEqualTo(before);
      for (Path root : roots.values()) {
        killWhilePruning(operator, root);
        roots.values().forEach(PruneIT::assertWhole);
      }
      assertListShowsWhatIsThere(operator, roots);
      operator.holdfast("prune", "--quiet").ok();

      roots.forEach(
          (name, root) -> {
            Set<String> kept = ids(target(plan, name), "KEPT");
            assertThat(kept).contains(pinned, foreign, young).doesNotContain(partial, abandoned);
            assertThat(ids(target(plan, name), "TO_DELETE")).hasSizeGreaterThan(SETS - 40);
            assertThat(files(root)).isEqualTo(those(kept, before.get(name)));
            assertWhole(root);
          });
      assertThat(cloud.uploads()).isEmpty();
    }
  }

  /** The paths of some sets, and what lies beside all sets. */
  private static List<String> those(Set<String> kept, @Nullable List<String> paths) {
    return Stream.ofNullable(paths)
        .flatMap(List::stream)
        .filter(path -> path.startsWith(".") || kept.contains(path.substring(0, path.indexOf('/'))))
        .toList();
  }

  /** Kills a prune somewhere on its way through a target. */
  private void killWhilePruning(Operator operator, Path root) {
    int before = new Repository(root).published().size();
    int gone = 30 + random.nextInt(200);
    try (Running run = operator.start("prune")) {
      while (run.isAlive() && new Repository(root).published().size() > before - gone) {
        LockSupport.parkNanos(5_000_000);
      }
      assertThat(run.isAlive()).as("killed before its end").isTrue();
      run.signalGroup("KILL");
    }
  }

  /** A set is shown as published where it has its checksums, and nowhere else. */
  private static void assertListShowsWhatIsThere(Operator operator, Map<String, Path> roots) {
    JsonNode sets = operator.holdfast("list", "--json").ok().json().get("sets");
    Map<String, Set<String>> shown = new TreeMap<>();
    for (JsonNode set : sets) {
      if (!set.get("state").asString().equals("INCOMPLETE")) {
        shown
            .computeIfAbsent(set.get("target").asString(), unused -> new TreeSet<>())
            .add(set.get("id").asString());
      }
    }
    roots.forEach(
        (name, root) ->
            assertThat(shown.get(name)).isEqualTo(new TreeSet<>(new Repository(root).published())));
  }

  /** Every set that has checksums passes them. */
  private static void assertWhole(Path root) {
    Shell.bash(
        """
        cd %s
        awk '{dir = FILENAME; sub("[^/]*$", "", dir); print substr($0, 1, 66) dir substr($0, 67)}' \
          */checksums.sha256 | sha256sum --strict --quiet -c
        """
            .formatted(root));
  }

  private static Map<String, List<String>> files(Map<String, Path> roots) {
    Map<String, List<String>> files = new TreeMap<>();
    roots.forEach((name, root) -> files.put(name, files(root)));
    return files;
  }

  private static List<String> files(Path root) {
    return Shell.bash("cd %s; find . -type f -printf '%%P\n' | LC_ALL=C sort".formatted(root))
        .lines()
        .toList();
  }

  private static JsonNode target(JsonNode prune, String name) {
    for (JsonNode target : prune.get("targets")) {
      if (target.get("target").asString().equals(name)) {
        return target;
      }
    }
    throw new AssertionError("no target " + name + " in " + prune);
  }

  private static Set<String> ids(JsonNode target, String outcome) {
    Set<String> ids = new TreeSet<>();
    for (JsonNode set : target.get("sets")) {
      if (set.get("outcome").asString().equals(outcome)) {
        ids.add(set.get("id").asString());
      }
    }
    return ids;
  }

  /** Copies of one real set, a day apart, and what is no ordinary set. */
  private void fill(Map<String, Path> roots) throws IOException {
    Operator maker = new Operator(Files.createDirectory(folder.resolve("maker")));
    try (Podman podman = new Podman()) {
      maker.volumes(podman.volume("app")).setting("prune: after-backup");
      maker.holdfast("backup", "volumes").ok();
      String first = maker.repository().onlySet();
      maker.holdfast("backup", "volumes").ok().tells("1 set deleted");
      assertThat(maker.repository().folders()).hasSize(1).doesNotContain(first);
    }
    String original = maker.repository().onlySet();
    Map<String, String> files = filesOf(maker.repository().set(original));
    for (Path root : roots.values()) {
      for (int i = 1; i <= SETS; i++) {
        write(root, id(now.minus(Duration.ofDays(i))), original, files);
      }
      String half = young + "/volumes/app.tar.gz";
      writeFile(root.resolve(half), "half");
      writeFile(root.resolve(abandoned + "/volumes/app.tar.gz"), "half");
      writeFile(root.resolve(".holdfast/pins/" + pinned), "");
    }
  }

  private static Map<String, String> filesOf(Path set) throws IOException {
    Map<String, String> files = new TreeMap<>();
    try (Stream<Path> found = Files.walk(set)) {
      for (Path file : found.filter(Files::isRegularFile).toList()) {
        files.put(
            set.relativize(file).toString(),
            new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
      }
    }
    files.remove("checksums.sha256");
    return files;
  }

  private void write(Path root, String id, String original, Map<String, String> files)
      throws IOException {
    StringBuilder checksums = new StringBuilder();
    for (Map.Entry<String, String> file : files.entrySet()) {
      String content = file.getValue();
      if (file.getKey().equals("manifest.json")) {
        content = content.replace(original, id);
        content = id.equals(foreign) ? content.replace("hf-e2e-host", "another-host") : content;
        content = id.equals(partial) ? content.replace("COMPLETE", "PARTIAL") : content;
      }
      writeFile(root.resolve(id).resolve(file.getKey()), content);
      checksums
          .append(ManySetsIT.sha256(content.getBytes(StandardCharsets.ISO_8859_1)))
          .append("  ")
          .append(file.getKey())
          .append('\n');
    }
    writeFile(root.resolve(id).resolve("checksums.sha256"), checksums.toString());
  }

  private static void writeFile(Path file, String content) throws IOException {
    Files.createDirectories(file.resolveSibling(""));
    Files.write(file, content.getBytes(StandardCharsets.ISO_8859_1));
  }

  private static String id(Instant moment) {
    return ID.format(moment);
  }
}
