package io.holdfast.storage.metadata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.application.port.failure.IntegrityFailure;
import io.holdfast.domain.backup.ArtifactId;
import io.holdfast.domain.backup.ArtifactOrigin;
import io.holdfast.domain.backup.Cut;
import io.holdfast.domain.backup.Encoding;
import io.holdfast.domain.backup.FormatVersion;
import io.holdfast.domain.backup.Listing;
import io.holdfast.domain.backup.Manifest;
import io.holdfast.domain.backup.SetId;
import io.holdfast.domain.backup.SetStatus;
import io.holdfast.domain.backup.StoredArtifact;
import io.holdfast.domain.checksum.Checksum;
import io.holdfast.domain.fingerprint.DatabaseFingerprint;
import io.holdfast.domain.fingerprint.Difference;
import io.holdfast.domain.fingerprint.Fingerprint;
import io.holdfast.domain.fingerprint.GlobalsFingerprint;
import io.holdfast.domain.fingerprint.TableFingerprint;
import io.holdfast.domain.fingerprint.TreeFingerprint;
import io.holdfast.domain.recovery.DrillRecord;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Fingerprints, cuts and drills come back as they were written. */
class ProofRoundTripTest {

  private static final Instant AT = Instant.parse("2025-10-06T02:00:00.123456789Z");
  private static final Checksum CHECKSUM = new Checksum("ab".repeat(32));
  private static final DatabaseFingerprint DATABASE =
      new DatabaseFingerprint(
          "rows-md5sum-1 postgresql-15",
          List.of(
              new TableFingerprint("app.\"Odd\"", 7, "-123", 1, "abc"),
              new TableFingerprint("app.counted", 0, "", 1, ""),
              new TableFingerprint("app.large", Long.MAX_VALUE, "5", 256, "abc")),
          new TreeMap<>(Map.of("app.ids", "1,false..7,true")),
          "99",
          2,
          new TreeMap<>(Map.of("views", "v", "enums", "e")),
          new TreeMap<>(Map.of("owner", "shop", "encoding", "UTF8")),
          Duration.ofMillis(1_234));

  private final JsonMetadataCodec codec = new JsonMetadataCodec();

  @Test
  void a_fingerprint_of_each_kind_comes_back() {
    DatabaseFingerprint bare =
        new DatabaseFingerprint(
            "m",
            List.of(),
            new TreeMap<>(),
            "",
            0,
            new TreeMap<>(),
            new TreeMap<>(),
            Duration.ZERO);
    Manifest manifest =
        manifest(
            Optional.empty(),
            stored(ArtifactId.database("main", "app"), Optional.of(DATABASE)),
            stored(ArtifactId.database("main", "bare"), Optional.of(bare)),
            stored(ArtifactId.database("main", "none"), Optional.empty()),
            stored(
                ArtifactId.globals("main"),
                Optional.of(
                    new GlobalsFingerprint(
                        new TreeMap<>(Map.of("a \"b\"", "1")),
                        new TreeMap<>(Map.of("a \"b\"", "readers: INHERIT"))))),
            stored(
                ArtifactId.globals("old"),
                Optional.of(new GlobalsFingerprint(new TreeMap<>(), new TreeMap<>()))),
            stored(ArtifactId.volume("v"), Optional.of(new TreeFingerprint(3, 9, CHECKSUM))));

    assertThat(codec.readManifest(codec.write(manifest))).isEqualTo(manifest);
  }

  @Test
  void a_cut_comes_back_with_and_without_remarks() {
    for (List<String> remarks : List.of(List.<String>of(), List.of("One.", "Two."))) {
      Manifest manifest =
          manifest(
              Optional.of(
                  new Cut(
                      AT,
                      List.of(
                          new Cut.ClusterCut("main", AT, "0/16B3748"),
                          new Cut.ClusterCut("other", AT, "0/1").and(AT.plusSeconds(1), "0/2")),
                      List.of("web"),
                      Duration.ofMillis(1_500),
                      Duration.ofNanos(1),
                      remarks)));

      assertThat(codec.readManifest(codec.write(manifest))).isEqualTo(manifest);
    }
  }

  @Test
  void a_database_without_a_schema_public_is_told_and_others_say_nothing_of_it() {
    String bare =
        "{\"method\":\"m\",\"seconds\":0,\"largeObjectCount\":0,\"sequences\":{},"
            + "\"schema\":{},\"tables\":[]}";
    String fields =
        "\"kind\":\"DATABASE\",\"cluster\":\"main\",\"name\":\"app\","
            + "\"serverVersion\":\"15\",\"dumpToolVersion\":\"15\"";
    Manifest without = read(fields + ",\"publicSchema\":false", bare);
    Manifest with = read(fields, bare);

    assertThat(without.stored().findFirst().orElseThrow().origin())
        .isEqualTo(new ArtifactOrigin.FromPostgres("15", "15", false));
    assertThat(with.stored().findFirst().orElseThrow().origin())
        .isEqualTo(new ArtifactOrigin.FromPostgres("15", "15", true));
    assertThat(codec.readManifest(codec.write(without))).isEqualTo(without);
    assertThat(codec.readManifest(codec.write(with))).isEqualTo(with);
  }

  @Test
  void a_fingerprint_of_a_kind_that_has_none_is_passed_over() {
    Manifest read = read("\"kind\":\"CONTAINER\",\"name\":\"web\"", "{\"anything\":1}");

    assertThat(read.stored()).singleElement().matches(stored -> stored.fingerprint().isEmpty());
  }

  @Test
  void fields_that_are_not_there_and_fields_that_are_not_known_are_no_error() {
    Manifest read =
        read(
            "\"kind\":\"DATABASE\",\"cluster\":\"main\",\"name\":\"app\"",
            "{\"method\":\"m\",\"seconds\":0,\"later\":[],\"largeObjectCount\":0,\"sequences\":{},"
                + "\"schema\":{},\"tables\":[{\"name\":\"t\",\"rows\":1,\"share\":0,\"new\":2}]}");

    assertThat(read.stored().findFirst().orElseThrow().fingerprint())
        .contains(
            new DatabaseFingerprint(
                "m",
                List.of(new TableFingerprint("t", 1, "", 1, "")),
                new TreeMap<>(),
                "",
                0,
                new TreeMap<>(),
                new TreeMap<>(),
                Duration.ZERO));
  }

  @Test
  void a_fingerprint_that_is_none_is_told_with_its_place() {
    assertThatThrownBy(
            () ->
                read(
                    "\"kind\":\"DATABASE\",\"cluster\":\"main\",\"name\":\"app\"",
                    "{\"method\":\"m\",\"seconds\":0,\"largeObjectCount\":0,\"sequences\":{},"
                        + "\"schema\":{},\"tables\":[{\"name\":\"t\",\"rows\":\"many\"}]}"))
        .isInstanceOf(IntegrityFailure.class)
        .hasMessageContaining("rows");
    assertThatThrownBy(
            () ->
                read(
                    "\"kind\":\"VOLUME\",\"name\":\"v\"",
                    "{\"files\":1,\"bytes\":1,\"digest\":\"short\"}"))
        .isInstanceOf(IntegrityFailure.class)
        .hasMessageContaining("digest");
  }

  @Test
  void a_drill_comes_back() {
    DrillRecord proven =
        new DrillRecord(
            new SetId(AT),
            "local",
            "host",
            AT,
            Duration.ofSeconds(9),
            Duration.ofMillis(7_250),
            1_024,
            true,
            List.of(new DrillRecord.Phase("verify", Duration.ofSeconds(1))),
            List.of(new DrillRecord.ArtifactProof("database main/app", "12 tables", List.of())),
            List.of(new DrillRecord.Assertion("pages.sql", true, "")),
            List.of(),
            Optional.of(Duration.ofMinutes(15)));
    DrillRecord failed =
        new DrillRecord(
            new SetId(AT),
            "local",
            "host",
            AT,
            Duration.ZERO,
            Duration.ZERO,
            0,
            false,
            List.of(),
            List.of(
                new DrillRecord.ArtifactProof(
                    "volume v", "3 files", List.of(new Difference("file ./a", "is missing")))),
            List.of(new DrillRecord.Assertion("pages.sql", false, "returned f")),
            List.of("No space is left."),
            Optional.empty());

    for (DrillRecord drill : List.of(proven, failed)) {
      assertThat(codec.readDrill(codec.write(drill))).isEqualTo(drill);
    }
    assertThat(text(codec.write(proven))).contains("\"proven\": true");
    assertThat(text(codec.write(failed))).contains("\"proven\": false");
    assertThatThrownBy(() -> codec.readDrill("{}".getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(IntegrityFailure.class)
        .hasMessageContaining("drill");
  }

  @Test
  void an_abridged_drill_of_ten_thousand_artifacts_that_all_differ_is_smaller_than_what_is_read() {
    String text = "\u0001".repeat(5_000);
    DrillRecord.ArtifactProof proof =
        new DrillRecord.ArtifactProof(
            "database " + "x".repeat(126), "12 tables", List.of(new Difference("table t", "is")));
    DrillRecord.ArtifactProof worst =
        new DrillRecord.ArtifactProof(
            "volume v", "3 files", Collections.nCopies(5_000, new Difference(text, text)));
    List<DrillRecord.ArtifactProof> proofs = new ArrayList<>(Collections.nCopies(10_000, proof));
    for (List<DrillRecord.ArtifactProof> found : List.of(proofs, List.of(worst))) {
      DrillRecord drill =
          new DrillRecord(
              new SetId(AT),
              "local",
              "host",
              AT,
              Duration.ZERO,
              Duration.ZERO,
              0,
              true,
              Collections.nCopies(20_000, new DrillRecord.Phase("restore volume v", Duration.ZERO)),
              found,
              List.of(),
              Collections.nCopies(10_000, text),
              Optional.empty());
      assertThat(codec.write(drill.abridged())).hasSizeLessThan(16 << 20);
    }
  }

  /** A manifest of one artifact with this as its fingerprint. */
  private Manifest read(String id, String fingerprint) {
    String written = text(codec.write(manifest(Optional.empty())));
    String artifact =
        "{"
            + id
            + ",\"path\":\"a\",\"storedBytes\":1,\"sourceBytes\":1,\"entries\":1,\"sha256\":\""
            + CHECKSUM.hex()
            + "\",\"encoding\":\"none\",\"seconds\":0,\"fingerprint\":"
            + fingerprint
            + "}";
    String json = written.replaceFirst("\"artifacts\"\\s*:\\s*\\[\\s*]", "\"artifacts\":[X]");
    assertThat(json).contains("[X]");
    return codec.readManifest(
        json.replace("[X]", "[" + artifact + "]").getBytes(StandardCharsets.UTF_8));
  }

  private static String text(byte[] json) {
    return new String(json, StandardCharsets.UTF_8);
  }

  private static StoredArtifact stored(ArtifactId id, Optional<Fingerprint> fingerprint) {
    return new StoredArtifact(
        id,
        "a",
        1,
        1,
        1,
        CHECKSUM,
        Encoding.NONE,
        Duration.ZERO,
        new ArtifactOrigin.Unknown(),
        List.of(),
        fingerprint,
        fingerprint.map(taken -> new Listing("a.mtree", 5, CHECKSUM)));
  }

  private static Manifest manifest(Optional<Cut> cut, StoredArtifact... artifacts) {
    return new Manifest(
        FormatVersion.CURRENT,
        new SetId(AT),
        "host",
        "0.1.0",
        AT,
        AT,
        SetStatus.COMPLETE,
        Optional.empty(),
        Optional.empty(),
        List.of(artifacts),
        List.of(),
        Optional.empty(),
        cut);
  }
}
