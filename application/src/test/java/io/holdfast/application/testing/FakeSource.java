package io.holdfast.application.testing;

import io.holdfast.application.port.failure.Failure;
import io.holdfast.application.port.failure.FailureKind;
import io.holdfast.application.port.failure.SourceFailure;
import io.holdfast.application.port.out.command.Cancellation;
import io.holdfast.application.port.out.source.ArtifactSource;
import io.holdfast.application.port.out.source.ArtifactSpec;
import io.holdfast.application.port.out.source.Discovery;
import io.holdfast.application.port.out.source.ExportReport;
import io.holdfast.application.port.out.source.FixedMoment;
import io.holdfast.application.port.out.source.Selection;
import io.holdfast.domain.backup.ArtifactId;
import io.holdfast.domain.backup.ArtifactKind;
import io.holdfast.domain.backup.ArtifactOrigin;
import io.holdfast.domain.backup.Encoding;
import io.holdfast.domain.backup.FailedArtifact;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** A source with the artifacts that a test gives it. */
public final class FakeSource implements ArtifactSource {

  private final String name;
  private final ArtifactId everything;
  private final Map<ArtifactSpec, Export> exports = new LinkedHashMap<>();
  private final List<FailedArtifact> failures = new ArrayList<>();
  private final List<String> warnings = new ArrayList<>();
  private String names = "";
  private Optional<Failure> down = Optional.empty();
  private Fixing fixing = (artifacts, cancellation) -> FixedMoment.NONE;

  private FakeSource(String name, ArtifactId everything) {
    this.name = name;
    this.everything = everything;
  }

  /** A cluster's databases. */
  public static FakeSource cluster(String name) {
    return new FakeSource("cluster " + name, ArtifactId.database(name, "*"));
  }

  /** The host's volumes. */
  public static FakeSource volumes() {
    return new FakeSource("volumes", ArtifactId.volume("*"));
  }

  /** How an artifact's bytes come. */
  public interface Export {
    ExportReport run(OutputStream sink, Cancellation cancellation) throws IOException;
  }

  /** How a moment is fixed. */
  public interface Fixing {
    FixedMoment fix(List<ArtifactSpec> artifacts, Cancellation cancellation);
  }

  /** Fixes its moment like this. */
  public FakeSource fixes(Fixing how) {
    fixing = how;
    return this;
  }

  /** Has an artifact, as bytes. */
  public FakeSource has(ArtifactId id, byte[] bytes) {
    return has(spec(id), bytes);
  }

  /** Has an artifact, as bytes. */
  public FakeSource has(ArtifactSpec spec, byte[] bytes) {
    return has(
        spec,
        (sink, cancellation) -> {
          sink.write(bytes);
          return report(bytes.length);
        });
  }

  /** Has an artifact whose bytes come as a test likes. */
  public FakeSource has(ArtifactSpec spec, Export export) {
    exports.put(spec, export);
    return this;
  }

  /** Has an artifact that gives some bytes and then fails, as when pg_dump is killed. */
  public FakeSource breaksOff(ArtifactId id, byte[] before) {
    return has(
        spec(id),
        (sink, cancellation) -> {
          sink.write(before);
          throw failure(id.describe() + " broke off");
        });
  }

  /** Names the members of its listed artifacts so. */
  public FakeSource names(String listing) {
    names = listing;
    return this;
  }

  /** Means an artifact that cannot be exported. */
  public FakeSource lacks(ArtifactId id, String reason) {
    failures.add(new FailedArtifact(id, reason));
    return this;
  }

  /** Leaves something out. */
  public FakeSource warns(String warning) {
    warnings.add(warning);
    return this;
  }

  /** Cannot even look. */
  public FakeSource isDown(String reason) {
    down = Optional.of(failure(reason));
    return this;
  }

  /** An artifact of no known size that needs no hold and no compression. */
  public static ArtifactSpec spec(ArtifactId id) {
    return new ArtifactSpec(id, Encoding.NONE, OptionalLong.empty(), Set.of());
  }

  /** An artifact that needs containers held still. */
  public static ArtifactSpec heldSpec(ArtifactId id, String... containers) {
    return new ArtifactSpec(id, Encoding.NONE, OptionalLong.empty(), Set.of(containers));
  }

  /** What an export of so many bytes tells. */
  public static ExportReport report(long bytes) {
    return new ExportReport(bytes, 1, new ArtifactOrigin.Unknown(), List.of());
  }

  /** A failure of a source. */
  public static SourceFailure failure(String message) {
    return new SourceFailure(FailureKind.SOURCE, message, "Look at it.");
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public ArtifactId everything() {
    return everything;
  }

  @Override
  public Discovery discover(Selection selection, Cancellation cancellation) {
    if (down.isPresent()) {
      throw down.get();
    }
    boolean any = exports.keySet().stream().anyMatch(spec -> selection.selects(spec.id()));
    return new Discovery(
        exports.keySet().stream()
            .filter(spec -> selection.selects(spec.id()) || (any && goesAlong(spec.id())))
            .toList(),
        failures.stream().filter(f -> selection.selects(f.id()) || goesAlong(f.id())).toList(),
        warnings);
  }

  @Override
  public FixedMoment fix(List<ArtifactSpec> artifacts, Cancellation cancellation) {
    return fixing.fix(artifacts, cancellation);
  }

  @Override
  public ExportReport export(
      ArtifactSpec spec, OutputStream sink, OutputStream listing, Cancellation cancellation)
      throws IOException {
    Export export = exports.get(spec);
    if (export == null) {
      throw failure("there is no " + spec.id().describe());
    }
    if (spec.listed()) {
      listing.write(names.getBytes(StandardCharsets.UTF_8));
    }
    return export.run(sink, cancellation);
  }

  private static boolean goesAlong(ArtifactId id) {
    return id.kind() == ArtifactKind.GLOBALS || id.kind() == ArtifactKind.CONTAINER;
  }
}
