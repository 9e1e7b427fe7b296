package io.holdfast.launcher.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.holdfast.application.port.failure.ConfigurationFailure;
import io.holdfast.domain.backup.Encoding;
import io.holdfast.podman.HoldBy;
import io.holdfast.postgres.Compression;
import io.holdfast.postgres.FingerprintDepth;
import io.holdfast.postgres.FingerprintSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigLoaderTest {

  private static final String SMALLEST =
      """
      volumes: {}
      storage:
        local: {url: "file:///backups"}
      """;

  @TempDir private Path folder;

  private final Map<String, String> environment = new HashMap<>();

  @Test
  void the_contracts_example_is_read_whole() throws IOException {
    Files.writeString(folder.resolve("pg"), "hunter2\n");
    environment.put("AWS_ACCESS_KEY_ID", "AKIA");
    environment.put("AWS_SECRET_ACCESS_KEY", "s3cr3t");

    HoldfastConfig config =
        valid(
            """
            host: umig-dev
            postgres:
              main:
                host: 127.0.0.1
                port: 5433
                user: umig_admin
                password: ${file:pg}
                tools: container:umig_postgres
                databases: {include: ["umig_*"], exclude: [umig_scratch]}
                globals: false
                compression: zstd:19
                fingerprint: counts
                fingerprint-sample-above: 500MB
            volumes:
              include: ["*"]
              exclude: []
              compression: zstd
              pause: [umig_confluence]
              hold: stop
              max-hold: 90s
              freeze: never
            storage:
              local: {url: "file:///var/backups/holdfast"}
              nas:   {url: "sftp://backup@nas:22/srv", private-key: /etc/holdfast/id_ed25519}
              cloud: {url: "s3://bucket/{host}", region: eu-central-1, path-style: true, part: 8,
                      access-key: "${env:AWS_ACCESS_KEY_ID}",
                      secret-key: "${env:AWS_SECRET_ACCESS_KEY}"}
            retention: {daily: 7, weekly: 4, monthly: 12, hourly: 1, yearly: 0, last: 3}
            schedule: {backup: "0 2 * * *", zone: Europe/Zurich}
            objectives: {rpo: 24h, rto: 15m}
            jobs: 2
            """);

    ClusterConfig main = config.clusters().get(0);
    assertThat(config.host()).isEqualTo("umig-dev");
    assertThat(main.name()).isEqualTo("main");
    assertThat(main.port()).isEqualTo(5433);
    assertThat(main.user()).contains("umig_admin");
    assertThat(revealed(main.password())).isEqualTo("hunter2");
    assertThat(main.tools()).isEqualTo(new Tools.InContainer("umig_postgres"));
    assertThat(main.databases())
        .isEqualTo(new NamePatterns(List.of("umig_*"), List.of("umig_scratch")));
    assertThat(main.globals()).isFalse();
    assertThat(main.compression()).isEqualTo(new Compression.Zstd(19));
    assertThat(main.fingerprint())
        .isEqualTo(new FingerprintSettings(FingerprintDepth.COUNTS, 500L << 20));
    assertThat(config.volumes())
        .contains(
            new VolumesConfig(
                NamePatterns.everything(),
                Encoding.ZSTD,
                List.of("umig_confluence"),
                HoldBy.STOP,
                Duration.ofSeconds(90),
                false,
                true));
    assertThat(config.targets())
        .extracting(TargetConfig::name)
        .containsExactly("local", "nas", "cloud");
    TargetConfig cloud = config.targets().get(2);
    assertThat(cloud.url()).hasToString("s3://bucket/umig-dev");
    assertThat(cloud.values())
        .isEqualTo(Map.of("region", "eu-central-1", "path-style", "true", "part", "8"));
    assertThat(cloud.settings().secrets()).containsOnlyKeys("access-key", "secret-key");
    assertThat(revealed(Optional.ofNullable(cloud.secrets().get("secret-key"))))
        .isEqualTo("s3cr3t");
    assertThat(config.jobs()).isEqualTo(2);
    assertThat(config.remarks()).isEmpty();
  }

  @Test
  void what_is_left_out_has_the_documented_defaults() throws IOException {
    HoldfastConfig config =
        valid(
            """
            postgres:
              main: {}
            storage:
              local: {url: "file:///backups"}
            """);

    ClusterConfig main = config.clusters().get(0);
    assertThat(config.host()).isEqualTo("umig");
    assertThat(config.jobs()).isEqualTo(4);
    assertThat(config.volumes()).isEmpty();
    assertThat(config.remarks()).isEmpty();
    assertThat(main.host()).isEqualTo("127.0.0.1");
    assertThat(main.port()).isEqualTo(5432);
    assertThat(main.user()).isEmpty();
    assertThat(main.password()).isEmpty();
    assertThat(main.tools()).isEqualTo(new Tools.OnHost());
    assertThat(main.databases()).isEqualTo(NamePatterns.everything());
    assertThat(main.globals()).isTrue();
    assertThat(main.compression()).isEqualTo(new Compression.Auto());
    assertThat(main.fingerprint()).isEqualTo(FingerprintSettings.DEFAULT);
  }

  @Test
  void empty_volumes_mean_every_volume_with_gzip() throws IOException {
    assertThat(valid(SMALLEST).volumes()).contains(VolumesConfig.everything());
    assertThat(VolumesConfig.everything().compression()).isEqualTo(Encoding.GZIP);
  }

  @Test
  void every_problem_is_told_at_once_with_line_key_and_what_was_expected() throws IOException {
    assertThat(
            problems(
                """
                hots: umig
                postgres:
                  main:
                    prot: 5432
                    port: 70000
                    password: hunter2
                    tools: docker:pg
                    databases: [a]
                    globals: yes
                    compression: gzip:10
                  main:
                    port: 1
                volumes:
                  include: "*"
                  compression: lz4
                  pause: [[]]
                storage:
                  local: {}
                  cloud: {url: "s4://bucket", secret-key: hunter2}
                  nas: {url: "sftp://backup:hunter2@nas/srv"}
                retention: {dialy: 7, weekly: many}
                schedule: {backup: daily, zone: Mars/Olympus}
                objectives: {rpo: 1 day}
                jobs: 0
                """))
        .isEqualTo(
            """
            F:1: hots: unknown key; did you mean host? Known here: \
            host, postgres, volumes, storage, quorum, jobs, schedule, retention, prune, objectives, notifications, metrics, hooks, drill
            F:4: postgres.main.prot: unknown key; did you mean port? Known here: \
            host, port, user, password, tools, databases, globals, compression, fingerprint, fingerprint-sample-above
            F:5: postgres.main.port: expected a whole number from 1 to 65535, found "70000"
            F:6: postgres.main.password: a secret stands here in the open; \
            expected a reference to it, ${env:NAME} or ${file:PATH}
            F:7: postgres.main.tools: expected host or container:NAME, found "docker:pg"
            F:8: postgres.main.databases: expected keys and values, found a list
            F:9: postgres.main.globals: expected true or false, found "yes"
            F:10: postgres.main.compression: \
            expected auto, none, gzip:1 to gzip:9, or zstd:1 to zstd:19, found "gzip:10"
            F:11: postgres.main: stands here a second time; the first is in line 3
            F:14: volumes.include: expected a list such as ["name", "prefix*"], found a single value
            F:15: volumes.compression: expected none, gzip or zstd, found "lz4"
            F:16: volumes.pause[0]: expected a value, found a list
            F:18: storage.local.url: missing; expected a url such as file:///var/backups/holdfast
            F:19: storage.cloud.url: no storage plugin serves s4 urls; known: file, s3, sftp
            F:19: storage.cloud.secret-key: a secret stands here in the open; \
            expected a reference to it, ${env:NAME} or ${file:PATH}
            F:20: storage.nas.url: a password stands in the url; leave it out and give it as \
            a reference, password: ${env:NAME} or ${file:PATH}
            F:21: retention.weekly: expected a whole number from 0 to 100000, found "many"
            F:21: retention.dialy: unknown key; did you mean daily? Known here: \
            last, hourly, daily, weekly, monthly, yearly
            F:22: schedule.zone: expected a time zone such as Europe/Zurich, found "Mars/Olympus"
            F:22: schedule.backup: expected five cron fields such as "0 2 * * *", or @daily, found "daily"
            F:23: objectives.rpo: expected a duration such as 90s, 15m, 24h or 7d, found "1 day"
            F:24: jobs: expected a whole number from 1 to 256, found "0"
            """);
  }

  @Test
  void a_configuration_that_backs_nothing_up_nowhere_is_told_so() throws IOException {
    assertThat(problems("host: umig\n"))
        .isEqualTo(
            """
            F:1: says nothing to back up; expected postgres: with a cluster, volumes: or both
            F:1: storage: missing; expected at least one target, such as \
            local: {url: "file:///var/backups/holdfast"}
            """);
  }

  @Test
  void a_section_with_nothing_in_it_is_a_problem_and_not_a_default() throws IOException {
    assertThat(problems("volumes:\npostgres: {}\nstorage: {}\n"))
        .isEqualTo(
            """
            F:1: volumes: expected keys and values, found nothing (quote it if it is meant as text)
            F:2: postgres: names no cluster; expected one such as main: {host: 127.0.0.1}
            F:3: storage: names no target; expected at least one, such as \
            local: {url: "file:///var/backups/holdfast"}
            """);
  }

  @Test
  void what_is_not_yaml_is_told_with_its_line_and_without_its_content() throws IOException {
    assertThat(problems("volumes: {}\nstorage:\n  local: {url: [\n")).startsWith("F:4: not YAML: ");
    assertThat(problems("postgres:\n  main:\n    password: *hunter2\n"))
        .isEqualTo("F:3: not YAML: a value that begins with * must be quoted\n");
    assertThat(problems("- a\n")).isEqualTo("F:1: expected keys such as storage:, found a list\n");
    assertThat(problems("")).isEqualTo("F:1: is empty; `holdfast init` writes a first one\n");
    assertThat(problems(SMALLEST + "---\n" + SMALLEST))
        .isEqualTo("F:5: a second document begins here; expected one\n");
  }

  @Test
  void nesting_and_aliases_cannot_exhaust_memory() throws IOException {
    assertThat(problems("a: " + "[".repeat(100_000))).startsWith("F:1: ");
    String bomb =
        """
        a: &a [x, x, x, x, x, x, x, x, x]
        b: &b [*a, *a, *a, *a, *a, *a, *a, *a]
        c: &c [*b, *b, *b, *b, *b, *b, *b, *b]
        volumes:
          include: &d [*c, *c, *d]
        storage: &s
          local: *s
        """;
    assertThat(problems(bomb)).contains("volumes.include[2]", "storage.local.url");
  }

  @Test
  void a_missing_variable_and_an_unreadable_file_are_problems() throws IOException {
    Files.writeString(folder.resolve("empty"), "\n");
    assertThat(
            problems(
                """
                host: ${env:HOST_NAME}
                postgres:
                  a: {password: "${env:PG_PASSWORD}"}
                  b: {password: "${file:nowhere}"}
                  c: {password: "${file:empty}"}
                  d: {user: "${vault:pg}"}
                storage:
                  local: {url: "file:///${env:FOLDER}"}
                """))
        .isEqualTo(
            """
            F:1: host: the environment variable HOST_NAME is not set
            F:3: postgres.a.password: the environment variable PG_PASSWORD is not set
            F:4: postgres.b.password: the file nowhere does not exist
            F:5: postgres.c.password: ${file:empty} is empty
            F:6: postgres.d.user: not a reference that is known; \
            expected ${env:NAME} or ${file:PATH}
            F:8: storage.local.url: the environment variable FOLDER is not set
            """);
  }

  @Test
  void a_plain_value_may_hold_references_anywhere() throws IOException {
    environment.put("FOLDER", "srv");
    environment.put("PORT", "5499");
    HoldfastConfig config =
        valid(
            """
            postgres:
              main: {port: "${env:PORT}"}
            storage:
              local: {url: "file:///${env:FOLDER}/{host}"}
            """);
    assertThat(config.clusters().get(0).port()).isEqualTo(5499);
    assertThat(config.targets().get(0).url()).hasToString("file:///srv/umig");
  }

  @Test
  void what_a_reference_stands_for_is_never_shown_when_it_is_wrong() throws IOException {
    environment.put("PORT", "hunter2");
    assertThat(
            problems(
                """
                postgres:
                  main: {port: "${env:PORT}"}
                storage:
                  local: {url: "file:///backups"}
                """))
        .contains("found \"${env:PORT}\"")
        .doesNotContain("hunter2");
  }

  @Test
  void a_secret_that_a_command_does_not_use_need_not_be_there() throws IOException {
    String text =
        """
        postgres:
          main: {password: "${env:PG_PASSWORD}", port: "${env:PORT}"}
        storage:
          local: {url: "file:///backups"}
          cloud: {url: "s3://bucket", secret-key: "${env:KEY}", region: "${env:REGION}x"}
        """;

    LoadedConfig loaded = load(text, Needs.storage(Optional.of("local")));

    assertThat(loaded.problems().all()).isEmpty();
    assertThat(load(text, Needs.storage(Optional.empty())).problems().all()).hasSize(2);
    assertThat(load(text, Needs.storage(Set.of("local", "nowhere"))).problems().all()).isEmpty();
    SecretReference password = loaded.config().clusters().get(0).password().orElseThrow();
    assertThatThrownBy(password::resolve)
        .isInstanceOf(ConfigurationFailure.class)
        .hasMessage("the environment variable PG_PASSWORD is not set");
    assertThat(password).hasToString("${env:PG_PASSWORD}");
  }

  @Test
  void only_the_one_newline_at_a_secret_files_end_is_cut() throws IOException {
    Files.writeString(folder.resolve("pg"), "  two\nlines \r\n\n");
    HoldfastConfig config =
        valid(
            """
            postgres:
              main: {password: "${file:pg}"}
            storage:
              local: {url: "file:///backups"}
            """);
    assertThat(revealed(config.clusters().get(0).password())).isEqualTo("  two\nlines \r\n");
  }

  @Test
  void a_host_name_is_percent_encoded_in_a_url() throws IOException {
    HoldfastConfig config =
        valid(
            """
            host: the 1st host
            volumes: {}
            storage:
              local: {url: "file:///backups/{host}"}
            """);
    assertThat(config.targets().get(0).url()).hasToString("file:///backups/the%201st%20host");
  }

  @Test
  void a_file_that_is_not_there_is_a_failure_that_names_it() {
    Path file = folder.resolve("nowhere.yaml");
    ConfigLoader loader = new ConfigLoader(surroundings(), TestSchemes.of("file"), TestCron.FIELDS);
    assertThatThrownBy(() -> loader.load(file, Needs.everything()))
        .isInstanceOf(ConfigurationFailure.class)
        .hasMessageContaining(file + " does not exist");
  }

  @Test
  void a_target_may_be_one_that_a_backup_can_do_without() throws IOException {
    HoldfastConfig config =
        valid(
            """
            volumes: {}
            storage:
              quorum: 2
              local: {url: "file:///backups"}
              usb: {url: "file:///usb", required: false}
            """);
    assertThat(config.quorum()).isEqualTo(2);
    assertThat(config.targets())
        .extracting(TargetConfig::name, TargetConfig::required)
        .containsExactly(tuple("local", true), tuple("usb", false));
    assertThat(config.targets().get(1).values()).as("the plugin knows nothing of it").isEmpty();
    assertThat(valid(SMALLEST).quorum()).isEqualTo(1);
    assertThat(valid(SMALLEST + "quorum: 1\n").quorum()).isEqualTo(1);
    assertThat(valid(SMALLEST + "  quorum: {url: \"file:///q\"}\n").targets())
        .as("a target may be called so")
        .hasSize(2);
  }

  @Test
  void a_quorum_is_no_more_than_there_are_targets_and_stands_in_one_place() throws IOException {
    assertThat(problems(SMALLEST + "  quorum: 2\n"))
        .startsWith("F:4: storage.quorum: expected a whole number from 1 to 1");
    assertThat(problems(SMALLEST + "quorum: 0\n"))
        .startsWith("F:4: quorum: expected a whole number from 1 to 1");
    assertThat(problems(SMALLEST + "  quorum: 1\nquorum: 1\n"))
        .isEqualTo("F:5: quorum: stands in storage: too; expected it in one place\n");
    assertThat(problems("volumes: {}\nstorage: {quorum: 1}\n")).contains("names no target");
    assertThat(problems(SMALLEST.replace("\"}", "\", required: maybe}")))
        .startsWith("F:3: storage.local.required: expected true or false");
  }

  private HoldfastConfig valid(String text) throws IOException {
    LoadedConfig loaded = load(text, Needs.everything());
    assertThat(loaded.problems().all()).isEmpty();
    return loaded.config();
  }

  private String problems(String text) throws IOException {
    StringBuilder all = new StringBuilder();
    for (Problem problem : load(text, Needs.everything()).problems().all()) {
      all.append(problem).append('\n');
    }
    return all.toString().replace(folder.resolve("holdfast.yaml").toString(), "F");
  }

  private LoadedConfig load(String text, Needs needs) throws IOException {
    Path file = Files.writeString(folder.resolve("holdfast.yaml"), text);
    return new ConfigLoader(surroundings(), TestSchemes.of("file", "sftp", "s3"), TestCron.FIELDS)
        .load(file, needs);
  }

  private Surroundings surroundings() {
    return TestSurroundings.of(folder, environment);
  }

  private static String revealed(Optional<SecretReference> reference) {
    return reference.orElseThrow().resolve().reveal(String::valueOf);
  }
}
