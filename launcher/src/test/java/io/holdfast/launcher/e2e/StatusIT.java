package io.holdfast.launcher.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Anybody with the right to read sees what is stale, what has vanished and what shrank. */
class StatusIT {

  private static final String OWN = "hf-e2e-host";

  @TempDir(deletionStrategy = ByShell.class)
  Path folder;

  @Test
  void a_bucket_of_three_hosts_shows_the_stale_one_and_the_vanished_database() {
    Operator operator = new Operator(folder).setting("objectives: {rpo: 24h}").withoutTargets();
    try (S3Server server = new S3Server(folder.resolve("s3"), "fleet/{host}/backups")) {
      server.addTo(operator, "cloud");
      Path fleet = folder.resolve("s3/buckets/hf-e2e-bucket/fleet");
      for (int day = 0; day < 4; day++) {
        write(fleet.resolve(OWN + "/backups"), OWN, 1 + 24 * day, "app", "crm");
        write(fleet.resolve("rack 7/backups"), "rack 7", 100 + 24 * day, "app");
        String[] databases = day == 0 ? new String[] {"app"} : new String[] {"app", "gone"};
        write(fleet.resolve("thin/backups"), "thin", 2 + 24 * day, databases);
      }
      String before = files(fleet);

      operator.holdfast("status").ok().tells("OK  " + OWN, "not scheduled");
      operator.holdfast("status", "--nagios").exits(0).tells("HOLDFAST OK - ");

      Outcome all = operator.holdfast("status", "--all-hosts", "--json").exits(15);
      JsonNode hosts = all.json().get("hosts");
      assertThat(Stream.of(0, 1, 2).map(i -> hosts.get(i).get("host").asString()))
          .containsExactly(OWN, "rack 7", "thin");
      assertThat(hosts.get(0).get("findings")).isEmpty();
      assertThat(hosts.get(1).get("findings").get(0).get("concern").asString())
          .isEqualTo("OBJECTIVE_MISSED");
      assertThat(hosts.get(2).get("vanished").get(0).get("name").asString()).isEqualTo("gone");
      assertThat(hosts.get(2).get("targets").get(0).get("location").asString())
          .startsWith("thin/backups in s3://hf-e2e-bucket/fleet");
      operator
          .holdfast("status", "--all-hosts")
          .exits(15)
          .tells("MISSED  2 of 3 hosts", "MISSED  rack 7: ", "VANISHED  thin: database main/gone");
      assertThat(operator.holdfast("status", "--all-hosts", "--nagios").exits(2).stdout())
          .startsWith("HOLDFAST CRITICAL - rack 7: ")
          .contains("'rack 7 age'=3")
          .endsWith("\n")
          .hasLineCount(1);
      assertThat(files(fleet)).as("a status writes nothing").isEqualTo(before);
    }
  }

  @Test
  void folders_of_hosts_on_this_host_are_seen_too_and_a_change_is_remembered() {
    Path fleet = folder.resolve("fleet");
    Operator operator =
        new Operator(folder)
            .setting("objectives: {rpo: 24h}")
            .withoutTargets()
            .alsoTarget("disk", "file://" + fleet + "/{host}");
    write(fleet.resolve(OWN), OWN, 1, "app");
    write(fleet.resolve("other"), "other", 25, "app", "gone");
    write(fleet.resolve("other"), "other", 1, "app");

    operator.holdfast("status", "--all-hosts").exits(3).tells("VANISHED  other: ");
    operator.holdfast("status", "--all-hosts", "--nagios").exits(1).tells("HOLDFAST WARNING");
    operator.holdfast("status", "--notify").ok();
    Shell.bash("rm -r %s".formatted(fleet.resolve(OWN)));
    operator.holdfast("status", "--notify").exits(15).tells("no COMPLETE set");
    assertThat(operator.state().resolve("objectives/this-host")).hasContent(OWN + "/disk");
    Shell.bash("rm -r %1$s; touch %1$s".formatted(fleet));
    operator.holdfast("status").exits(12).tells("cannot be read");
    operator.holdfast("status", "--nagios").exits(3).tells("HOLDFAST UNKNOWN");
  }

  @Test
  void a_restore_that_takes_too_long_or_a_drill_that_failed_misses_the_objective() {
    Operator operator = new Operator(folder).setting("objectives: {rpo: 24h, rto: 15m}");
    write(folder.resolve("target"), OWN, 1, "app");
    operator
        .holdfast("status")
        .ok()
        .tells("restore: never measured, objective 15 min", "`holdfast drill`");
    drill(2, 41, "");
    operator.holdfast("status").ok().tells("proven ", "measured 41.0 s (drill, ", ": met");
    drill(1, 901, "");
    operator.holdfast("status").exits(15).tells("MISSED  hf-e2e-host: a restore of", "15 min 1 s");
    operator.holdfast("status", "--nagios").exits(2).tells("restore'=471s;;900;0");
    drill(0, 10, "\"no room for it\"");
    JsonNode json = operator.holdfast("status", "--json").exits(15).json();
    assertThat(json.get("rto").asDouble()).isEqualTo(900.0);
    assertThat(json.get("hosts").get(0).get("failedDrills")).hasSize(1);
    operator.holdfast("status", "--notify").exits(15).tells("FAILED", "no room for it");
    assertThat(operator.state().resolve("objectives/this-host"))
        .hasContent(OWN + "/ rto\n" + OWN + "/local rto");
  }

  /** Writes what a drill of so many hours ago has shown. */
  private void drill(int hoursAgo, int seconds, String problem) {
    Instant at = Instant.now().minus(Duration.ofHours(hoursAgo)).truncatedTo(ChronoUnit.SECONDS);
    String set = new Repository(folder.resolve("target")).newestSet();
    Path marks = folder.resolve("target/.holdfast/drills").resolve(set);
    Shell.call("mkdir", "-p", marks.toString());
    Operator.write(
        marks.resolve(3 - hoursAgo + ".json"),
        """
        {"set": "%1$s", "target": "local", "host": "hf-e2e-host", "started": "%2$s", "seconds": 99,
         "restoreSeconds": %3$d, "bytes": 4, "whole": true, "phases": [], "artifacts": [],
         "assertions": [], "problems": [%4$s]}
        """
            .formatted(set, at, seconds, problem));
  }

  @Test
  void a_volume_that_shrank_and_one_that_is_gone_are_told_by_the_backup_itself() {
    Operator operator = new Operator(folder);
    try (Podman podman = new Podman()) {
      String data = podman.volume("data");
      String gone = podman.volume("gone");
      operator.volumes(podman.prefix() + "*");
      Path big = Podman.folder(data).resolve("big");
      Shell.bash("head -c 300000 /dev/urandom > %s".formatted(big));
      for (int i = 0; i < 3; i++) {
        operator.holdfast("backup").ok();
      }
      Shell.bash("rm %s".formatted(big));
      Podman.removeVolume(gone);

      Outcome backup = operator.holdfast("backup", "--json").exits(3);

      JsonNode report = backup.json();
      assertThat(report.get("manifest").get("status").asString()).isEqualTo("COMPLETE");
      assertThat(report.get("suspects").get(0).get("name").asString()).isEqualTo(data);
      assertThat(report.get("suspects").get(0).get("usualBytes").asLong()).isGreaterThan(300_000);
      assertThat(report.get("vanished").get(0).get("name").asString()).isEqualTo(gone);
      operator.repository().assertWhole(operator.repository().newestSet());
      operator
          .holdfast("status")
          .exits(3)
          .tells("SUSPECT  hf-e2e-host: volume " + data, "VANISHED  hf-e2e-host: volume " + gone);
      operator.volumeSetting("exclude: [\"" + gone + "\"]");
      assertThat(operator.holdfast("status").exits(3).stdout()).doesNotContain("VANISHED");
    }
  }

  /** Writes a set of dumps that was begun so many hours ago, as far as a status looks at it. */
  private static void write(Path root, String host, int hoursAgo, String... databases) {
    Instant begun = Instant.now().minus(Duration.ofHours(hoursAgo)).truncatedTo(ChronoUnit.SECONDS);
    String id =
        DateTimeFormatter.ofPattern("uuuuMMdd_HHmmss").withZone(ZoneOffset.UTC).format(begun);
    Path set = root.resolve(id);
    Shell.call("mkdir", "-p", set.resolve("databases").toString());
    String artifacts =
        Stream.of(databases)
            .map(
                name ->
                    """
                    {"kind": "DATABASE", "cluster": "main", "name": "%1$s",
                     "path": "databases/%1$s.dump", "storedBytes": 4, "sourceBytes": 4,
                     "entries": 1, "sha256": "%2$s", "encoding": "none", "seconds": 1}
                    """
                        .formatted(name, "0".repeat(64)))
            .collect(Collectors.joining(", "));
    for (String name : List.of(databases)) {
      Operator.write(set.resolve("databases/" + name + ".dump"), "dump");
    }
    Operator.write(
        set.resolve("manifest.json"),
        """
        {"formatVersion": "1.0", "id": "%1$s", "host": "%2$s", "toolVersion": "0.1.0",
         "started": "%3$s", "finished": "%3$s", "status": "COMPLETE", "artifacts": [%4$s]}
        """
            .formatted(id, host, begun, artifacts));
    Operator.write(set.resolve("checksums.sha256"), "");
  }

  private static String files(Path root) {
    return Shell.call("find", root.toString(), "-printf", "%P %T@\n");
  }
}
