package io.holdfast.launcher.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A set restores without Holdfast: {@code sha256sum -c}, {@code pg_restore --list} and {@code tar
 * -t} read it as it is, and the commands of RESTORE.md, run as they are written, bring a database,
 * its roles and a volume back, on the host it was made on and on a machine that has nothing.
 */
class ByHandIT {

  private static final Pattern CODE = Pattern.compile("(?ms)^```(?:sh|bash)\\n(.*?)^```$");
  private static final String LABELS = "{{json .Labels}}";
  private static final String DATABASE = "hf-e2e it's \"all\"";

  @TempDir(deletionStrategy = ByShell.class)
  Path folder;

  private Podman podman;

  @BeforeEach
  void begin() {
    podman = new Podman();
  }

  @AfterEach
  void end() {
    podman.close();
  }

  @Test
  void every_file_of_a_set_is_read_by_the_tools_that_everybody_has() {
    try (Cluster cluster = HostServer.start()) {
      Operator operator = backedUpHost(new Operator(folder).cluster("main", cluster), cluster);
      String set = operator.repository().onlySet();
      operator.repository().assertWhole(set);

      String volume = "volumes/" + podman.prefix() + "all.tar.gz";
      String listed =
          new Shell()
              .in(operator.repository().set(set))
              .script(
                  "set -e; for d in databases/*.dump; do pg_restore --list \"$d\" | grep -c TABLE; done; tar -tzf "
                      + volume
                      + " | head -n 1; gzip -t "
                      + volume
                      + "; grep -c 'CREATE ROLE' databases/globals.sql; cat ../README.md | wc -l")
              .ok()
              .stdout();
      assertThat(listed).containsPattern("(?s)\\d+.*\\./?\\n\\d+\\n\\d+\\n");
    }
  }

  @Test
  void the_commands_of_the_guide_bring_database_and_volume_back_on_the_host() {
    try (Cluster cluster = HostServer.start()) {
      theGuideWorks(new Operator(folder).cluster("main", cluster), cluster);
    }
  }

  @Test
  void the_commands_of_the_guide_bring_them_back_through_a_container() {
    Cluster cluster = podman.postgres("pg", podman.volume("pgdata"));
    String tools = "tools: container:" + podman.prefix() + "pg";
    theGuideWorks(new Operator(folder).cluster("main", cluster, tools), cluster);
  }

  @Test
  void the_commands_of_the_guide_bring_them_back_on_a_machine_that_never_had_the_tool() {
    try (Cluster cluster = HostServer.start()) {
      Operator operator = backedUpHost(new Operator(folder).cluster("main", cluster), cluster);
      String volume = podman.prefix() + "all";
      Path set = operator.repository().set(operator.repository().onlySet());
      BareMachine machine = BareMachine.start(podman, set, cluster.password());
      assertThat(machine.script("command -v holdfast || command -v java").exit()).isNotZero();

      Outcome restored = machine.script(commands(set.resolve("RESTORE.md")));

      assertThat(restored.exit()).as(restored.told()).isZero();
      assertThat(machine.cluster().dump(DATABASE)).isEqualTo(cluster.dump(DATABASE));
      assertThat(machine.cluster().dumpOfGlobals()).isEqualTo(cluster.dumpOfGlobals());
      Trees.assertSame(Podman.folder(volume), machine.folder(volume));
      Outcome labels =
          machine.script("podman volume inspect --format '{{json .Labels}}' " + volume).ok();
      assertThat(labels.stdout().trim()).isEqualTo(Podman.inspectVolume(volume, LABELS));
    }
  }

  private void theGuideWorks(Operator operator, Cluster cluster) {
    backedUpHost(operator, cluster);
    String volume = podman.prefix() + "all";
    String database = cluster.dump(DATABASE);
    String roles = cluster.dumpOfGlobals();
    Path before = folder.resolve("before");
    Trees.copy(Podman.folder(volume), before);
    Path set = operator.repository().set(operator.repository().onlySet());
    String guide = commands(set.resolve("RESTORE.md"));
    assertThat(guide)
        .doesNotContainIgnoringCase("holdfast ")
        .contains("sha256sum", "pg_restore", "tar");

    cluster.dropDatabase(DATABASE);
    Everything.dropRoles(cluster);
    Podman.removeVolume(volume);
    Outcome restored = passwordKept(cluster).in(set).script("set -eu\n" + guide);

    assertThat(restored.exit()).as(guide + restored.told()).isZero();
    assertThat(cluster.dump(DATABASE)).isEqualTo(database);
    assertThat(cluster.dumpOfGlobals()).isEqualTo(roles);
    Trees.assertSame(before, Podman.folder(volume));
    assertThat(Podman.inspectVolume(volume, LABELS)).isEqualTo("{\"a\":\"b, \\\"c\\\"\"}");
  }

  private Operator backedUpHost(Operator operator, Cluster cluster) {
    Everything.createRoles(cluster);
    Everything.create(cluster, DATABASE, "ENCODING 'UTF8'");
    String volume = podman.volume("all", "--label", "\"a=b, \"\"c\"\"\"");
    Path script = Resources.copyTo("everything.sh", folder.resolve("everything.sh"));
    Shell.call("bash", script.toString(), Podman.folder(volume).toString());
    operator.volumes(volume);
    operator.holdfast("backup", "--only", DATABASE, "--only", volume).ok();
    return operator;
  }

  /** What the guide has between its fences, in order. */
  private static String commands(Path guide) {
    Matcher matcher = CODE.matcher(Shell.call("cat", guide.toString()));
    return matcher.results().map(block -> block.group(1)).collect(Collectors.joining("\n"));
  }

  /** An operator who keeps the password where libpq looks for it. */
  private Shell passwordKept(Cluster cluster) {
    Operator.write(folder.resolve(".pgpass"), "*:*:*:*:" + cluster.password() + "\n");
    Shell.call("chmod", "600", folder.resolve(".pgpass").toString());
    return new Shell().with("HOME", folder.toString());
  }
}
