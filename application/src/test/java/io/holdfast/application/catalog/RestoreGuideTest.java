package io.holdfast.application.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.application.testing.Samples;
import io.holdfast.domain.backup.ArtifactId;
import io.holdfast.domain.backup.ArtifactOrigin;
import io.holdfast.domain.backup.Encoding;
import io.holdfast.domain.backup.SetLayout;
import io.holdfast.domain.backup.StoredArtifact;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The guide's commands, run as they are written by real shells, with stubs for what they call. */
class RestoreGuideTest {

  private static final String NAMES =
      "plain|with space|it's|\"quoted\"|$(reboot)`id`|a/b|back\\slash|-rf|*|ünï日|100%|;&|#|a\nb|~|postgres";

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"sh", "bash"})
  void every_command_reaches_its_program_with_every_name_whole(String shell) throws Exception {
    List<String> names = names();
    publishAll(names, Optional.empty(), "o'brien } \"$x\"");

    List<String> calls = run(shell, Map.of());

    List<String> expected = new ArrayList<>();
    expected.add("psql [--quiet] [--dbname=postgres] < CREATE ROLE app;");
    for (String name : names) {
      expected.addAll(restoreCalls(name));
    }
    for (String name : names) {
      expected.add("podman [volume] [exists] [" + name + "]");
      expected.add(
          "podman [volume] [create] [--driver] [my driver] [--label] [k=it's] [--opt] [o=a b] ["
              + name
              + "]");
      expected.add("podman [volume] [inspect] [--format] [{{.Mountpoint}}] [" + name + "]");
      expected.add(
          "tar [--extract] [--gzip] [--file="
              + SetLayout.pathOf(ArtifactId.volume(name), Encoding.GZIP, false)
              + "] [--directory=/mnt/data of it] [--numeric-owner] [--same-owner]"
              + " [--preserve-permissions] [--xattrs] [--xattrs-include=*]"
              + " [--delay-directory-restore] is there");
    }
    assertThat(calls).containsExactlyInAnyOrderElementsOf(expected);
    assertThat(environment()).containsOnly("/run/$HOME's \"sockets\"|5433|o'brien } \"$x\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"sh", "bash"})
  void what_the_operator_has_set_goes_before_what_is_configured(String shell) throws Exception {
    publishAll(List.of("app"), Optional.empty(), "configured");

    run(shell, Map.of("PGHOST", "other host", "PGPORT", "1", "PGUSER", "my self"));

    assertThat(environment()).containsOnly("other host|1|my self");
  }

  @Test
  void where_the_tools_are_in_a_container_they_are_run_in_it() throws Exception {
    publishAll(List.of("it's"), Optional.of("my pg"), "admin");

    assertThat(run("sh", Map.of()))
        .contains(
            "podman [exec] [--interactive] [--env] [PGUSER] [--env] [PGPASSWORD] [my pg]"
                + " [pg_restore] [--exit-on-error] [--create] [--dbname=postgres] < PGDMP it's");
  }

  @ParameterizedTest
  @ValueSource(strings = {"sh", "bash"})
  void a_schema_public_that_the_source_had_not_is_dropped(String shell) throws Exception {
    String name = "it's a=b\\";
    ArtifactId id = ArtifactId.database("main", name);
    String path = SetLayout.pathOf(id, Encoding.NONE, false);
    publish(
        List.of(
            Samples.stored(
                id, path, "PGDMP " + name, new ArtifactOrigin.FromPostgres("15.8", "15.9", false))),
        Optional.empty(),
        "admin");

    assertThat(run(shell, Map.of()))
        .containsExactly(
            "pg_restore [--exit-on-error] [--create] [--dbname=postgres] < PGDMP " + name,
            "psql [--quiet] [--dbname=dbname='it\\'s a=b\\\\']"
                + " [--command=DROP SCHEMA IF EXISTS public]");
  }

  private static List<String> names() {
    return List.of(NAMES.split("\\|"));
  }

  private void publishAll(List<String> names, Optional<String> container, String user)
      throws IOException {
    List<StoredArtifact> artifacts = new ArrayList<>();
    artifacts.add(
        Samples.stored(ArtifactId.globals("main"), "databases/globals.sql", "CREATE ROLE app;"));
    for (String name : names) {
      ArtifactId database = ArtifactId.database("main", name);
      artifacts.add(
          Samples.stored(
              database, SetLayout.pathOf(database, Encoding.NONE, false), "PGDMP " + name));
    }
    for (String name : names) {
      ArtifactId volume = ArtifactId.volume(name);
      artifacts.add(
          Samples.stored(
              volume,
              SetLayout.pathOf(volume, Encoding.GZIP, false),
              "gz",
              new ArtifactOrigin.FromVolume("my driver", Map.of("k", "it's"), Map.of("o", "a b"))));
    }
    publish(artifacts, container, user);
  }

  private void publish(List<StoredArtifact> artifacts, Optional<String> container, String user)
      throws IOException {
    for (StoredArtifact artifact : artifacts) {
      Path file = folder.resolve("set").resolve(artifact.path());
      Files.createDirectories(file.getParent());
      String text =
          switch (artifact.id().kind()) {
            case DATABASE -> "PGDMP " + artifact.id().name();
            case GLOBALS -> "CREATE ROLE app;";
            case VOLUME, CONTAINER -> "gz";
          };
      Files.writeString(file, text);
    }
    ClusterAddress address =
        new ClusterAddress("/run/$HOME's \"sockets\"", 5433, Optional.of(user), container);
    String guide = new RestoreGuide(Samples.manifest(artifacts), Map.of("main", address)).render();
    Files.writeString(folder.resolve("commands"), commandsOf(guide));
  }

  /**
   * Every server has a database postgres; pg_restore creates none with a line break in its name.
   */
  private static List<String> restoreCalls(String name) {
    String load = "pg_restore [--exit-on-error] [--dbname=" + name + "] < PGDMP " + name;
    return switch (name) {
      case "postgres" -> List.of(load);
      case "a\nb" -> List.of("createdb [--template=template0] [--] [" + name + "]", load);
      default ->
          List.of("pg_restore [--exit-on-error] [--create] [--dbname=postgres] < PGDMP " + name);
    };
  }

  /** What stands between the fences, without the check, which has a test of its own. */
  private static String commandsOf(String guide) {
    StringBuilder commands = new StringBuilder();
    boolean inside = false;
    for (String line : guide.split("\n", -1)) {
      if (line.startsWith("```")) {
        inside = !inside;
      } else if (inside && !line.startsWith("sha256sum")) {
        commands.append(line).append('\n');
      }
    }
    return commands.toString();
  }

  private List<String> run(String shell, Map<String, String> environment) throws Exception {
    Path bin = Files.createDirectories(folder.resolve("bin"));
    for (String program : List.of("psql", "createdb", "pg_restore", "podman", "tar")) {
      Path stub = bin.resolve(program);
      Files.writeString(stub, stub(program));
      assertThat(stub.toFile().setExecutable(true)).isTrue();
    }
    ProcessBuilder builder =
        new ProcessBuilder(shell, "-eu", folder.resolve("commands").toString())
            .directory(folder.resolve("set").toFile())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("output").toFile());
    List.of("PGHOST", "PGPORT", "PGUSER").forEach(builder.environment()::remove);
    builder.environment().putAll(environment);
    builder.environment().merge("PATH", bin.toString(), (path, first) -> first + ":" + path);
    builder.environment().put("CALLS", folder.resolve("calls").toString());
    builder.environment().put("SEEN", folder.resolve("seen").toString());
    Process process = builder.start();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(Files.readString(folder.resolve("output"))).isEmpty();
    assertThat(process.exitValue()).isZero();
    return split("calls");
  }

  private List<String> environment() throws IOException {
    return split("seen");
  }

  private List<String> split(String file) throws IOException {
    String text = Files.readString(folder.resolve(file), StandardCharsets.UTF_8);
    return List.of(text.substring(0, text.length() - 1).split("\u0001"));
  }

  /** Notes each argument in brackets, what it reads, and what of the environment it sees. */
  private static String stub(String program) {
    String readsAll = "printf ' < '; cat";
    String more =
        switch (program) {
          case "podman" -> "case $1 in exec) " + readsAll + ";; esac";
          case "tar" ->
              "for a in \"$@\"; do case $a in --file=*)"
                  + " [ -f \"${a#--file=}\" ] && printf ' is there';; esac; done";
          case "createdb" -> "";
          case "psql" -> "case \"$*\" in *--command=*) ;; *) " + readsAll + ";; esac";
          default -> readsAll;
        };
    String after =
        switch (program) {
          case "podman" -> "case $2 in exists) exit 1;; inspect) echo '/mnt/data of it';; esac\n";
          case "tar" -> "";
          default -> "printf '%s|%s|%s\\001' \"$PGHOST\" \"$PGPORT\" \"$PGUSER\" >> \"$SEEN\"\n";
        };
    return "#!/bin/sh\n{ printf '%s' "
        + program
        + "; for a in \"$@\"; do printf ' [%s]' \"$a\"; done\n"
        + more
        + "\nprintf '\\001'; } >> \"$CALLS\"\n"
        + after;
  }
}
