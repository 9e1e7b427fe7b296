package io.holdfast.postgres;

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
import java.io.IOException;
import java.io.OutputStream;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** The databases and the globals of one cluster. */
final class ClusterSource implements ArtifactSource {

  private final ClusterSettings settings;
  private final Connections connections;
  private final DumpTools tools;
  private final DatabaseExport databases;
  private final DumpWithFingerprint fingerprints;
  private final GlobalsExport globals;
  private final Clock clock;
  private Optional<DumpPlan> settled = Optional.empty();
  private volatile Snapshots snapshots = Snapshots.NONE;

  ClusterSource(ClusterSettings settings, Connections connections, DumpTools tools, Clock clock) {
    this.settings = settings;
    this.connections = connections;
    this.tools = tools;
    this.clock = clock;
    this.databases = new DatabaseExport(tools);
    this.fingerprints = new DumpWithFingerprint(settings.fingerprint());
    this.globals = new GlobalsExport(settings, tools, connections);
  }

  @Override
  public String name() {
    return "cluster " + settings.name();
  }

  @Override
  public ArtifactId everything() {
    return ArtifactId.database(settings.name(), "*");
  }

  @Override
  public Discovery discover(Selection selection, Cancellation cancellation) {
    if (!selection.kinds().contains(ArtifactKind.DATABASE)) {
      return new Discovery(List.of(), List.of(), List.of());
    }
    List<ListedDatabase> listed;
    try (Session session = connections.openAdmin(Set.of(), cancellation)) {
      listed = ListedDatabase.all(session);
      settle(session, cancellation);
    }
    DatabaseChoice choice = new DatabaseChoice(settings, selection);
    choice.choose(listed);
    List<ArtifactSpec> artifacts = new ArrayList<>();
    boolean whole = selection.only().isEmpty();
    if (settings.globals() && (whole || !choice.databases().isEmpty())) {
      artifacts.add(spec(ArtifactId.globals(settings.name()), OptionalLong.empty()));
    }
    for (ListedDatabase database : choice.databases()) {
      artifacts.add(spec(ArtifactId.database(settings.name(), database.name()), database.bytes()));
    }
    return new Discovery(artifacts, choice.failures(), choice.warnings());
  }

  @Override
  public FixedMoment fix(List<ArtifactSpec> artifacts, Cancellation cancellation) {
    List<ArtifactId> databases =
        artifacts.stream()
            .map(ArtifactSpec::id)
            .filter(id -> id.kind() == ArtifactKind.DATABASE)
            .toList();
    if (databases.isEmpty()) {
      return FixedMoment.NONE;
    }
    snapshots =
        new SnapshotTaker(settings, connections, clock, cancellation)
            .take(databases, plan(cancellation).server());
    return snapshots;
  }

  @Override
  public ExportReport export(
      ArtifactSpec spec, OutputStream sink, OutputStream listing, Cancellation cancellation)
      throws IOException {
    DumpPlan plan = plan(cancellation);
    return switch (spec.id().kind()) {
      case DATABASE -> database(spec, plan, sink, cancellation);
      case GLOBALS -> globals.run(plan, sink, cancellation);
      case VOLUME, CONTAINER ->
          throw new IllegalArgumentException(spec.id().describe() + " is in no cluster");
    };
  }

  /** A snapshot is let go as soon as its database is done: it keeps the server from cleaning up. */
  private ExportReport database(
      ArtifactSpec spec, DumpPlan plan, OutputStream sink, Cancellation cancellation)
      throws IOException {
    Snapshots present = snapshots;
    try {
      ArtifactOrigin origin = origin(spec.id().name(), plan, present.of(spec.id()), cancellation);
      Optional<String> lost = present.of(spec.id()).flatMap(ClusterSource::whyLost);
      if (lost.isPresent()) {
        present.release(spec.id());
        return told(
            databases.run(spec, plan, Optional.empty(), origin, sink, cancellation),
            spec.id(),
            lost.get());
      }
      Optional<String> id = present.idOf(spec.id());
      DumpWithFingerprint.Dump dump =
          () -> databases.run(spec, plan, id, origin, sink, cancellation);
      Optional<Session> session = present.of(spec.id());
      if (settings.fingerprint().depth() == FingerprintDepth.NONE) {
        return dump.run();
      }
      return session.isPresent()
          ? fingerprints.run(session.get(), dump, cancellation)
          : withoutFingerprint(dump.run(), spec.id().name());
    } finally {
      present.release(spec.id());
    }
  }

  /** Where it cannot be looked at, pg_dump will say so. */
  private ArtifactOrigin origin(
      String database, DumpPlan plan, Optional<Session> snapshot, Cancellation cancellation) {
    boolean publicSchema;
    try {
      publicSchema =
          snapshot.isPresent()
              ? PublicSchema.isIn(snapshot.get())
              : PublicSchema.isIn(connections, database, cancellation);
    } catch (SourceFailure unknown) {
      publicSchema = true;
    }
    return new ArtifactOrigin.FromPostgres(plan.server().text(), plan.tool().text(), publicSchema);
  }

  /** Why a snapshot does not show any more what it showed when it was taken. */
  private static Optional<String> whyLost(Session session) {
    try {
      List<String> changed = TableLocks.changedSince(session);
      return changed.isEmpty()
          ? Optional.empty()
          : Optional.of(
              "tables were truncated, rewritten or dropped since: " + String.join(", ", changed));
    } catch (SourceFailure gone) {
      return Optional.of(gone.getMessage());
    }
  }

  private static ExportReport told(ExportReport report, ArtifactId id, String why) {
    List<String> warnings = new ArrayList<>(report.warnings());
    warnings.add(
        "the snapshot of the set's moment is lost, and the dump is as of when it began: " + why);
    warnings.add(
        DumpWithFingerprint.noneOf(
            id.name(), "its dump was not made of a snapshot that is shared."));
    return new ExportReport(
        report.sourceBytes(), report.entries(), report.origin(), warnings, report.fingerprint());
  }

  /** What is read at two moments cannot be compared. */
  private static ExportReport withoutFingerprint(ExportReport report, String database) {
    List<String> warnings = new ArrayList<>(report.warnings());
    warnings.add(
        DumpWithFingerprint.noneOf(
            database, "its dump was not made of a snapshot that is shared."));
    return new ExportReport(
        report.sourceBytes(), report.entries(), report.origin(), warnings, report.fingerprint());
  }

  private static ArtifactSpec spec(ArtifactId id, OptionalLong bytes) {
    return new ArtifactSpec(id, Encoding.NONE, bytes, Set.of());
  }

  private synchronized DumpPlan plan(Cancellation cancellation) {
    if (settled.isPresent()) {
      return settled.get();
    }
    try (Session session = connections.openAdmin(Set.of(), cancellation)) {
      return settle(session, cancellation);
    }
  }

  private synchronized DumpPlan settle(Session session, Cancellation cancellation) {
    ToolVersion server = ServerFacts.version(session);
    ToolVersion tool = tools.dumpVersionFor(server, cancellation);
    String compression =
        new CompressionOption(tools).valueFor(settings.compression(), tool, cancellation);
    DumpPlan plan = new DumpPlan(server, tool, compression);
    settled = Optional.of(plan);
    return plan;
  }
}
