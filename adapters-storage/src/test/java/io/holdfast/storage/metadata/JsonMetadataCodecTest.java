package io.holdfast.storage.metadata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.holdfast.application.port.failure.IntegrityFailure;
import io.holdfast.application.port.out.store.LockHolder;
import io.holdfast.application.port.out.store.Pin;
import io.holdfast.application.port.out.store.Verdict;
import io.holdfast.domain.backup.ArtifactId;
import io.holdfast.domain.backup.ArtifactKind;
import io.holdfast.domain.backup.ArtifactOrigin;
import io.holdfast.domain.backup.Encoding;
import io.holdfast.domain.backup.FailedArtifact;
import io.holdfast.domain.backup.FormatVersion;
import io.holdfast.domain.backup.Manifest;
import io.holdfast.domain.backup.ManifestTarget;
import io.holdfast.domain.backup.SetId;
import io.holdfast.domain.backup.SetStatus;
import io.holdfast.domain.backup.StoredArtifact;
import io.holdfast.domain.checksum.Checksum;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonMetadataCodecTest {

  private static final String SHA = "0123456789abcdef".repeat(4);

  private final JsonMetadataCodec codec = new JsonMetadataCodec();

  @Test
  void a_manifest_is_written_to_the_letter_of_the_format() {
    assertThat(text(codec.write(manifest())))
        .isEqualTo(
            """
            {
              "formatVersion": "1.0",
              "id": "20251006_020000",
              "host": "umig-dev",
              "toolVersion": "0.1.0",
              "started": "2025-10-06T02:00:00Z",
              "finished": "2025-10-06T02:01:02.500Z",
              "status": "PARTIAL",
              "tag": "nightly",
              "artifacts": [
                {
                  "kind": "DATABASE",
                  "cluster": "main",
                  "name": "umig_app_db",
                  "path": "databases/umig_app_db.dump",
                  "storedBytes": 1048576,
                  "sourceBytes": 9437184,
                  "entries": 214,
                  "sha256": "%1$s",
                  "encoding": "none",
                  "seconds": 12.345,
                  "serverVersion": "15.8",
                  "dumpToolVersion": "15.9"
                },
                {
                  "kind": "VOLUME",
                  "name": "confluence_data",
                  "path": "volumes/confluence_data.tar.gz",
                  "storedBytes": 100,
                  "sourceBytes": 10240,
                  "entries": 3,
                  "sha256": "%1$s",
                  "encoding": "gzip",
                  "seconds": 100,
                  "volume": {
                    "driver": "local",
                    "labels": {
                      "a": "1",
                      "b": "2"
                    },
                    "options": {}
                  },
                  "warnings": [
                    "logs/x.log changed as it was read"
                  ]
                },
                {
                  "kind": "CONTAINER",
                  "name": "umig_confluence",
                  "path": "containers/umig_confluence.json",
                  "storedBytes": 9,
                  "sourceBytes": 9,
                  "entries": 1,
                  "sha256": "%1$s",
                  "encoding": "none",
                  "seconds": 0,
                  "image": "docker.io/atlassian/confluence:8"
                },
                {
                  "kind": "DATABASE",
                  "cluster": "main",
                  "name": "broken \\"db\\"",
                  "reason": "the server closed the connection"
                }
              ],
              "targets": [
                {
                  "name": "local"
                },
                {
                  "name": "nas",
                  "reason": "no space left"
                }
              ]
            }
            """
                .formatted(SHA));
  }

  @Test
  void a_manifest_comes_back_as_it_was_written() {
    assertThat(codec.readManifest(codec.write(manifest()))).isEqualTo(manifest());
  }

  @Test
  void unknown_fields_are_passed_over_at_every_level() {
    String newer =
        text(codec.write(manifest()))
            .replace(
                "\"formatVersion\": \"1.0\"",
                "\"future\": [null, {\"a\": 1e3}], \"formatVersion\": \"1.7\"")
            .replace("\"kind\"", "\"colour\": null, \"kind\"")
            .replace("\"driver\"", "\"speed\": true, \"driver\"");

    Manifest read = codec.readManifest(bytes(newer));

    assertThat(read.formatVersion()).isEqualTo(new FormatVersion(1, 7));
    assertThat(read.artifacts()).isEqualTo(manifest().artifacts());
  }

  @Test
  void a_higher_major_version_is_refused_before_anything_else_is_read() {
    IntegrityFailure refused =
        catchThrowableOfType(
            IntegrityFailure.class,
            () -> codec.readManifest(bytes("{\"formatVersion\": \"2.0\", \"id\": 7}")));

    assertThat(refused).hasMessageContaining("2.0").hasMessageContaining("1.x");
    assertThat(refused.hint()).contains("newer").contains("RESTORE.md");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"host\": \"umig-dev\",                |                            | host is missing",
        "\"host\": \"umig-dev\"                 | \"host\": null             | host is missing",
        "\"host\": \"umig-dev\"                 | \"host\": 7                | host is not a text",
        "\"id\": \"20251006_020000\"            | \"id\": \"20251306_020000\" | id is not a set's id",
        "\"status\": \"PARTIAL\"                | \"status\": \"partial\"    | status is not COMPLETE",
        "\"started\": \"2025-10-06T02:00:00Z\"  | \"started\": \"today\"     | started is not a time",
        "\"formatVersion\": \"1.0\"             | \"formatVersion\": 1.0     | formatVersion is not a text",
        "\"formatVersion\": \"1.0\"             | \"formatVersion\": \"1\"   | formatVersion is not a version",
        "\"storedBytes\": 1048576               | \"storedBytes\": -1        | artifacts[0].storedBytes is below",
        "\"storedBytes\": 1048576               | \"storedBytes\": 1.5       | artifacts[0].storedBytes is not a whole",
        "\"storedBytes\": 1048576               | \"storedBytes\": 1e30      | artifacts[0].storedBytes is not a whole",
        "\"storedBytes\": 1048576               | \"storedBytes\": \"1\"     | artifacts[0].storedBytes is not a number",
        "\"encoding\": \"gzip\"                 | \"encoding\": \"lz4\"      | artifacts[1].encoding is not none",
        "\"driver\": \"local\"                  | \"driver\": []             | artifacts[1].volume.driver is not a text",
        "\"a\": \"1\"                           | \"a\": 1                   | artifacts[1].volume.labels.a is not a text",
        "\"seconds\": 12.345                    | \"seconds\": 1e99          | artifacts[0].seconds is longer",
        "\"path\": \"databases/umig_app_db.dump\" | \"path\": \"../../etc/x\" | artifacts[0].path is not a path inside",
        "\"path\": \"databases/umig_app_db.dump\" | \"path\": \"/etc/x\"     | artifacts[0].path is not a path inside",
        "\"kind\": \"VOLUME\"                   | \"kind\": \"DISK\"         | artifacts[1].kind is not a kind",
        "\"name\": \"confluence_data\"          | \"name\": \"\"             | artifacts[1].name is empty",
        "\"dumpToolVersion\": \"15.9\"          | \"x\": 1                   | artifacts[0].dumpToolVersion is missing",
        "\"name\": \"nas\"                      | \"name\": 7                | targets[1].name is not a text",
        "\"sha256\": \"0123                     | \"sha256\": \"XYZ3         | artifacts[0].sha256 is not 64",
      })
  void a_wrong_field_is_named(String from, String to, String named) {
    String json = text(codec.write(manifest()));
    assertThat(json).contains(from);
    int at = json.indexOf(from);
    String wrong =
        json.substring(0, at) + (to == null ? "" : to) + json.substring(at + from.length());

    IntegrityFailure refused =
        catchThrowableOfType(IntegrityFailure.class, () -> codec.readManifest(bytes(wrong)));

    assertThat(refused).hasMessageContaining("manifest.json").hasMessageContaining(named);
    assertThat(refused.hint()).isNotEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "[]               | not a JSON object",
        "{} {}            | follows",
        "{\"a\": 1, \"a\": 2} | line 1",
        "{\"a\": [1       | line 1",
        "{\"a\":          | line 1",
        "x                | line 1",
        "``               | not a JSON object",
      })
  void what_is_no_json_object_is_refused(String text, String told) {
    IntegrityFailure refused =
        catchThrowableOfType(IntegrityFailure.class, () -> codec.readManifest(bytes(text)));

    assertThat(refused).hasMessageContaining(told);
  }

  @Test
  void a_manifest_cut_at_any_byte_is_refused() {
    byte[] whole = codec.write(manifest());
    for (int length = 0; length < whole.length - 2; length++) {
      byte[] cut = Arrays.copyOf(whole, length);
      assertThat(catchThrowableOfType(IntegrityFailure.class, () -> codec.readManifest(cut)))
          .as("cut at " + length)
          .isNotNull();
    }
  }

  @Test
  void a_set_made_elsewhere_may_leave_out_where_its_artifacts_came_from() {
    String json =
        """
        {"formatVersion": "1.0", "id": "20251006_020000", "host": "h", "toolVersion": "t",
         "started": "2025-10-06T02:00:00Z", "finished": "2025-10-06T02:00:00Z",
         "status": "COMPLETE", "artifacts": [
          {"kind": "DATABASE", "name": "a", "path": "databases/a.dump", "storedBytes": 1,
           "sourceBytes": 1, "entries": 1, "sha256": "%1$s", "encoding": "none", "seconds": 0.5},
          {"kind": "VOLUME", "name": "v", "path": "volumes/v.tar", "storedBytes": 1,
           "sourceBytes": 1, "entries": 1, "sha256": "%1$s", "encoding": "none", "seconds": 1}]}
        """
            .formatted(SHA);

    Manifest read = codec.readManifest(bytes(json));

    assertThat(read.stored().map(StoredArtifact::origin))
        .containsOnly(new ArtifactOrigin.Unknown())
        .hasSize(2);
    assertThat(read.targets()).as("told by later versions").isEmpty();
    assertThat(read.stored().map(StoredArtifact::took))
        .containsExactly(Duration.ofMillis(500), Duration.ofSeconds(1));
  }

  @Test
  void a_name_that_is_no_text_does_not_keep_a_manifest_from_being_written() {
    Manifest odd =
        new Manifest(
            FormatVersion.CURRENT,
            manifest().id(),
            "h\uD800",
            "t",
            Instant.EPOCH,
            Instant.EPOCH,
            SetStatus.COMPLETE,
            Optional.empty(),
            Optional.empty(),
            List.of(),
            List.of(),
            Optional.empty(),
            Optional.empty());

    assertThat(codec.readManifest(codec.write(odd)).host()).isEqualTo("h?");
  }

  @Test
  void a_pin_comes_back_as_it_was_written() {
    Pin plain = new Pin(Optional.empty(), Instant.EPOCH, "umig-dev");
    Pin told = new Pin(Optional.of("before \"9.2\"\n"), Instant.EPOCH, "umig-dev");

    assertThat(codec.readPin(codec.write(plain))).isEqualTo(plain);
    assertThat(codec.readPin(codec.write(told))).isEqualTo(told);
  }

  @Test
  void a_verdict_comes_back_as_it_was_written() {
    Verdict whole = new Verdict(Instant.EPOCH, true, true, true, 42, List.of(), List.of());
    Verdict damaged =
        new Verdict(Instant.EPOCH, false, false, false, 7, List.of("a b", "c"), List.of("a b: x"));

    assertThat(codec.readVerdict(codec.write(whole))).isEqualTo(whole);
    assertThat(codec.readVerdict(codec.write(damaged))).isEqualTo(damaged);
    assertThat(text(codec.write(whole))).doesNotContain("files", "problems");
  }

  @Test
  void what_is_no_mark_is_refused_by_its_field() {
    assertThat(catchThrowableOfType(IntegrityFailure.class, () -> codec.readPin(bytes(""))))
        .hasMessageContaining("pin");
    assertThat(
            catchThrowableOfType(
                IntegrityFailure.class,
                () -> codec.readPin(bytes("{\"since\": \"yesterday\", \"by\": \"h\"}"))))
        .hasMessageContaining("since");
    assertThat(
            catchThrowableOfType(
                IntegrityFailure.class,
                () -> codec.readVerdict(bytes("{\"at\": \"1970-01-01T00:00:00Z\"}"))))
        .hasMessageContaining("whole is missing");
  }

  @Test
  void a_lock_comes_back_as_it_was_written() {
    LockHolder without =
        new LockHolder(
            "t",
            "host",
            42,
            "boot:77",
            Instant.parse("2025-10-06T02:00:00.25Z"),
            "backup",
            Optional.empty());
    LockHolder with =
        new LockHolder(
            "t", "host", 42, "boot:77", Instant.EPOCH, "backup", Optional.of(manifest().id()));

    assertThat(codec.readLockHolder(codec.write(without))).isEqualTo(without);
    assertThat(codec.readLockHolder(codec.write(with))).isEqualTo(with);
  }

  @Test
  void a_lock_keeps_its_terms_and_what_it_has_inherited() {
    LockHolder heir =
        new LockHolder(
            "t",
            "host",
            42,
            "boot:77",
            Instant.EPOCH,
            "copy",
            Optional.of(manifest().id()),
            Optional.of(Duration.ofMinutes(10)),
            List.of(new SetId(Instant.EPOCH), manifest().id()));

    byte[] json = codec.write(heir);

    assertThat(codec.readLockHolder(json)).isEqualTo(heir);
    assertThat(text(json)).contains("\"expirySeconds\": 600", "\"19700101_000000\"");
  }

  @Test
  void a_lock_of_a_version_without_heartbeats_is_read_and_never_expires() {
    LockHolder old =
        codec.readLockHolder(
            bytes(
                """
                {"token": "t", "host": "h", "pid": 7, "processMark": "m",
                 "since": "2025-10-06T02:00:00Z", "command": "backup", "colour": "red"}
                """));

    assertThat(old.expiry()).isEmpty();
    assertThat(old.inherited()).isEmpty();
    assertThat(old.set()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\"expirySeconds\": -1     | expirySeconds is below zero",
        "\"expirySeconds\": \"1\"  | expirySeconds is not a number",
        "\"expirySeconds\": 1e18   | expirySeconds is longer",
        "\"inherited\": [\"x\"]    | inherited has what is not",
        "\"inherited\": 7          | inherited is not a list",
      })
  void a_wrong_field_of_a_lock_is_named(String field, String named) {
    String json =
        """
        {"token": "t", "host": "h", "pid": 7, "processMark": "m",
         "since": "2025-10-06T02:00:00Z", "command": "backup", %s}
        """
            .formatted(field);

    assertThat(
            catchThrowableOfType(IntegrityFailure.class, () -> codec.readLockHolder(bytes(json))))
        .hasMessageContaining(named);
  }

  @Test
  void a_lock_that_cannot_be_read_says_what_to_do() {
    IntegrityFailure refused =
        catchThrowableOfType(
            IntegrityFailure.class, () -> codec.readLockHolder(bytes("{\"token\": \"t\"}")));

    assertThat(refused).hasMessageContaining("lock").hasMessageContaining("host is missing");
    assertThat(refused.hint()).contains("holdfast locks --clear --force");
  }

  private static Manifest manifest() {
    return new Manifest(
        FormatVersion.CURRENT,
        SetId.parse("20251006_020000").orElseThrow(),
        "umig-dev",
        "0.1.0",
        Instant.parse("2025-10-06T02:00:00Z"),
        Instant.parse("2025-10-06T02:01:02.5Z"),
        SetStatus.PARTIAL,
        Optional.of("nightly"),
        Optional.empty(),
        List.of(
            stored(
                ArtifactId.database("main", "umig_app_db"),
                "databases/umig_app_db.dump",
                1_048_576,
                9_437_184,
                214,
                Encoding.NONE,
                Duration.ofMillis(12_345),
                new ArtifactOrigin.FromPostgres("15.8", "15.9"),
                List.of()),
            stored(
                ArtifactId.volume("confluence_data"),
                "volumes/confluence_data.tar.gz",
                100,
                10_240,
                3,
                Encoding.GZIP,
                Duration.ofSeconds(100),
                new ArtifactOrigin.FromVolume("local", Map.of("b", "2", "a", "1"), Map.of()),
                List.of("logs/x.log changed as it was read")),
            stored(
                ArtifactId.container("umig_confluence"),
                "containers/umig_confluence.json",
                9,
                9,
                1,
                Encoding.NONE,
                Duration.ZERO,
                new ArtifactOrigin.FromContainer(Optional.of("docker.io/atlassian/confluence:8")),
                List.of()),
            new FailedArtifact(
                new ArtifactId(ArtifactKind.DATABASE, Optional.of("main"), "broken \"db\""),
                "the server closed the connection")),
        List.of(
            new ManifestTarget("local", Optional.empty()),
            new ManifestTarget("nas", Optional.of("no space left"))),
        Optional.empty(),
        Optional.empty());
  }

  private static StoredArtifact stored(
      ArtifactId id,
      String path,
      long storedBytes,
      long sourceBytes,
      long entries,
      Encoding encoding,
      Duration took,
      ArtifactOrigin origin,
      List<String> warnings) {
    return new StoredArtifact(
        id,
        path,
        storedBytes,
        sourceBytes,
        entries,
        new Checksum(SHA),
        encoding,
        took,
        origin,
        warnings);
  }

  private static String text(byte[] json) {
    return new String(json, StandardCharsets.UTF_8);
  }

  private static byte[] bytes(String json) {
    return json.getBytes(StandardCharsets.UTF_8);
  }
}
