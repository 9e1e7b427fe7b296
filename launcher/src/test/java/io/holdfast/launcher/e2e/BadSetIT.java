package io.holdfast.launcher.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Sets that must not be restored: unknown, incomplete, damaged, of a later format, cut, or with tar
 * members that climb out. Each gets exit 13 and a clear error, and changes nothing.
 */
class BadSetIT {

  private static final String BY_HAND = "20200102_030405";
  private static Cluster cluster;

  @TempDir(deletionStrategy = ByShell.class)
  Path folder;

  private Podman podman;
  private Operator operator;
  private Repository repository;
  private String volume;

  @BeforeAll
  static void startServer() {
    cluster = HostServer.start();
  }

  @AfterAll
  static void stopServer() {
    cluster.close();
  }

  @BeforeEach
  void begin() {
    podman = new Podman();
    volume = podman.volume("app");
    Shell.bash("echo old > %s/a".formatted(Podman.folder(volume)));
    cluster.createDatabase(
        "hf-e2e-db",
        "CREATE TABLE t AS SELECT 'old' AS a, md5(i::text) FROM generate_series(1, 5000) AS i");
    operator =
        new Operator(folder)
            .cluster("main", cluster, "databases: {include: [\"hf-e2e-*\"]}")
            .volumes(volume);
    repository = operator.repository();
  }

  @AfterEach
  void end() {
    cluster.dropAllDatabases();
    podman.close();
  }

  /** Runs a restore over all that exists, which must fail and leave it as it is. */
  private Outcome refusedRestore(String set, int... exits) {
    String data = Trees.fingerprint(Podman.folder(volume));
    String oid = oid();
    Outcome outcome = operator.holdfast("restore", "all", set, "--force");
    assertThat(exits).as(outcome.told()).contains(outcome.exit());
    assertThat(Trees.fingerprint(Podman.folder(volume))).isEqualTo(data);
    assertThat(Podman.siblings(volume)).isEqualTo("_data");
    assertThat(oid()).isEqualTo(oid);
    assertThat(cluster.query("hf-e2e-db", "SELECT DISTINCT a FROM t")).containsExactly("old");
    assertThat(cluster.databases()).hasSize(4);
    return outcome;
  }

  private static String oid() {
    return cluster
        .query("postgres", "SELECT oid FROM pg_database WHERE datname = 'hf-e2e-db'")
        .get(0);
  }

  @Test
  void an_unknown_set_is_told() {
    for (String command : new String[] {"show", "verify"}) {
      operator.holdfast(command, "20010101_010101").exits(13).tells("20010101_010101");
    }
    refusedRestore("20010101_010101", 13).tells("20010101_010101");
    refusedRestore("latest", 13);
    operator.holdfast("restore", "all", "no-such-thing").exits(13).tells("no-such-thing");
  }

  @Test
  void an_incomplete_set_is_listed_as_such_and_nothing_restores_from_it() {
    operator.holdfast("backup").ok();
    String set = repository.onlySet();
    Shell.call("rm", repository.set(set).resolve("checksums.sha256").toString());

    operator.holdfast("list").ok().tells(set, "INCOMPLETE");
    operator.holdfast("show", set).ok().tells("INCOMPLETE");
    operator.holdfast("verify", set).exits(13);
    refusedRestore(set, 13).tells(set, "incomplete");
    refusedRestore("latest", 13);
  }

  @Test
  void a_changed_a_missing_and_an_unlisted_file_are_each_named() {
    operator.holdfast("backup").ok();
    String set = repository.onlySet();
    Path dump = repository.set(set).resolve("databases/hf-e2e-db.dump");
    Shell.bash("printf X | dd of=%s bs=1 seek=2000 conv=notrunc status=none".formatted(dump));

    operator.holdfast("verify", set).exits(13).tells("databases/hf-e2e-db.dump");
    refusedRestore(set, 13).tells("databases/hf-e2e-db.dump");

    Shell.bash("rm %1$s; echo x > %2$s/stray".formatted(dump, repository.set(set)));
    operator.holdfast("verify", set, "--deep").exits(13).tells("databases/hf-e2e-db.dump", "stray");
    operator.holdfast("verify", "all").exits(13).tells(set);
    refusedRestore(set, 13).tells("databases/hf-e2e-db.dump");
  }

  @Test
  void a_manifest_of_a_later_major_format_is_refused_and_the_set_still_listed() {
    operator.holdfast("backup").ok();
    String set = repository.onlySet();
    Path manifest = repository.set(set).resolve("manifest.json");
    Shell.bash(
        "sed -i -E 's/(\"formatVersion\" *: *\"?)1/\\199/' %1$s; grep -q 99 %1$s"
            .formatted(manifest));
    repository.publishByHand(set);

    refusedRestore(set, 13).tells("99");
    operator.holdfast("show", set).exits(13).tells("99");
    operator.holdfast("list").ok().tells(set);
  }

  @Test
  void a_manifest_with_fields_of_a_later_minor_format_is_read() {
    operator.holdfast("backup").ok();
    String set = repository.onlySet();
    Shell.bash(
        "sed -i '0,/{/s//{\"somethingNew\": {\"a\": [1]},/' %s/manifest.json"
            .formatted(repository.set(set)));
    repository.publishByHand(set);

    operator.holdfast("show", set).ok().tells("hf-e2e-db");
    operator.holdfast("restore", "all", set, "--force").ok();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        // A member that climbs by its name.
        "mkdir w; echo pwned > pwned; cd w; echo x > a; tar -P -cf $TAR ./a ../pwned",
        // A member with an absolute name.
        "echo pwned > pwned; echo x > a; tar -P -cf $TAR ./a $PWD/pwned",
        // A member behind a symbolic link that leads out.
        "mkdir out w w/out; ln -s $PWD/out link; echo x > a; cp -P link out.link; mkdir v; mv out.link v/out; echo pwned > w/out/pwned; tar -C v -cf $TAR ./out; tar -C w -rf $TAR ./out/pwned",
        // A hard link to something outside.
        "mkdir w; echo x > x; ln x w/x; tar -P -cf $TAR --transform='s,^x$,../../x,R' x w/x",
      })
  void members_that_climb_out_are_refused(String makes) {
    Path set = repository.set(BY_HAND);
    Path tar = set.resolve("volumes/" + volume + ".tar");
    Shell.bash(
        "mkdir -p %1$s; mkdir %2$s; cd %2$s; TAR=%3$s; %4$s"
            .formatted(tar.resolveSibling(""), folder.resolve("made"), tar, makes));
    repository.publishByHand(BY_HAND);
    Shell.bash("rm -rf %s".formatted(folder.resolve("made/pwned")));

    refusedRestore(BY_HAND, 13).tells(volume + ".tar");

    operator.holdfast("verify", BY_HAND, "--deep").exits(13).tells(volume + ".tar");
    operator.holdfast("verify", BY_HAND).ok();
    assertThat(folder.resolve("made/pwned")).doesNotExist();
    assertThat(folder.resolve("made/out/pwned")).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(strings = {"40", "1500", "70%", "0"})
  void a_dump_that_was_cut_before_its_checksum_was_taken_restores_nothing(String length) {
    Path set = repository.set(BY_HAND);
    Shell.bash(
        """
        mkdir -p %1$s/databases; cd %1$s/databases
        PGPASSWORD=%2$s pg_dump -Fc -h 127.0.0.1 -p %3$d -U %4$s hf-e2e-db > hf-e2e-db.dump
        cut=%5$s; case $cut in *%%) cut=$(( $(stat -c %%s hf-e2e-db.dump) * ${cut%%%%%%} / 100 ));; esac
        truncate -s $cut hf-e2e-db.dump
        """
            .formatted(set, cluster.password(), cluster.port(), Cluster.ADMIN, length));
    repository.publishByHand(BY_HAND);

    refusedRestore(BY_HAND, 11, 13).tells("hf-e2e-db");
  }

  @Test
  void a_tar_that_was_cut_at_a_members_end_is_refused() {
    Path set = repository.set(BY_HAND);
    Path tar = set.resolve("volumes/" + volume + ".tar");
    Shell.bash(
        "mkdir -p %1$s/volumes; tar -C %2$s -cf %3$s .; truncate -s 1024 %3$s"
            .formatted(set, Podman.folder(volume), tar));
    repository.publishByHand(BY_HAND);

    operator.holdfast("verify", BY_HAND, "--deep").exits(13).tells(volume + ".tar");
    refusedRestore(BY_HAND, 13).tells(volume + ".tar");
  }

  @Test
  void a_set_of_another_host_is_shown_and_is_never_the_latest() {
    operator.holdfast("backup").ok();
    String set = repository.onlySet();
    Shell.bash(
        "sed -i s/hf-e2e-host/hf-e2e-other/ %s/manifest.json".formatted(repository.set(set)));
    repository.publishByHand(set);

    operator.holdfast("list").ok().tells(set, "hf-e2e-other");
    refusedRestore("latest", 13);
  }
}
