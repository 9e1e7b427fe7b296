package io.holdfast.application.testing;

import io.holdfast.application.port.failure.Failure;
import io.holdfast.application.port.out.command.Cancellation;
import io.holdfast.application.port.out.command.CommandRunner;
import io.holdfast.application.port.out.command.Endpoint;
import io.holdfast.application.port.out.drill.DrillAssertion;
import io.holdfast.application.port.out.drill.FreeSpace;
import io.holdfast.application.port.out.drill.ScratchClusters;
import io.holdfast.application.port.out.drill.ScratchServer;
import io.holdfast.application.port.out.drill.ScratchServers;
import io.holdfast.application.port.out.drill.ScratchVolumes;
import io.holdfast.application.port.out.history.DrillLedger;
import io.holdfast.application.port.out.source.ArtifactContent;
import io.holdfast.application.port.out.source.RestoreDestination;
import io.holdfast.application.port.out.source.RestoreProof;
import io.holdfast.application.service.UseCases;
import io.holdfast.domain.backup.ArtifactId;
import io.holdfast.domain.backup.ArtifactKind;
import io.holdfast.domain.fingerprint.Difference;
import io.holdfast.domain.fingerprint.Fingerprint;
import io.holdfast.domain.recovery.DrillRecord;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A ground for drills in memory: servers, volumes and comparisons that do as a test says. */
public final class FakeGround {

  /** What was done, in order: {@code start main as postgres}, {@code close main}. */
  public final List<String> log = new ArrayList<>();

  /** The databases that came back. */
  public final FakeDestination databases =
      new FakeDestination(id -> id.kind() == ArtifactKind.DATABASE);

  /** The volumes that came back, by their scratch names. */
  public final FakeDestination volumes =
      new FakeDestination(id -> id.kind() == ArtifactKind.VOLUME);

  /** What differs, by the artifact's description. */
  public final Map<String, List<Difference>> differences = new LinkedHashMap<>();

  /** Why SQL does not hold, by the database that it runs in. */
  public final Map<String, String> refutations = new LinkedHashMap<>();

  /** Checks of the operator's own. */
  public final List<DrillAssertion> assertions = new ArrayList<>();

  /** Results, the newest first. */
  public final List<DrillRecord> ledger = new ArrayList<>();

  /** Free bytes on the one file system. */
  public long available = Long.MAX_VALUE;

  /** False when no server can be had. */
  public boolean offers = true;

  /** Why a server does not start. */
  public Optional<Failure> startFailure = Optional.empty();

  /** The recovery time objective. */
  public Optional<Duration> rto = Optional.empty();

  private final CommandRunner programs;

  /** A ground whose programs are a test's. */
  public FakeGround(CommandRunner programs) {
    this.programs = programs;
  }

  /** The ground as a use case takes it. */
  public UseCases.DrillGround ground() {
    FreeSpace space = folder -> new FreeSpace.Room("one", available);
    return new UseCases.DrillGround(
        List.of((wish, cancellation) -> offer(wish)),
        new Clusters(),
        new Volumes(),
        volumes,
        List.of(new Comparison()),
        space,
        assertions,
        programs,
        new Ledger(),
        rto,
        List.of("main"));
  }

  private Optional<ScratchServers.Offer> offer(ScratchServers.Wish wish) {
    return offers ? Optional.of(new Offer(wish.cluster())) : Optional.empty();
  }

  private final class Offer implements ScratchServers.Offer {
    private final String cluster;

    private Offer(String cluster) {
      this.cluster = cluster;
    }

    @Override
    public String describe() {
      return "a fake server";
    }

    @Override
    public Optional<String> warning() {
      return Optional.empty();
    }

    @Override
    public Path dataPlace() {
      return Path.of("/servers");
    }

    @Override
    public ScratchServer start(String superuser, Cancellation cancellation) {
      if (startFailure.isPresent()) {
        throw startFailure.get();
      }
      log.add("start " + cluster + " as " + superuser);
      return new Server(cluster, superuser);
    }
  }

  private final class Server implements ScratchServer {
    private final String cluster;
    private final String superuser;

    private Server(String cluster, String superuser) {
      this.cluster = cluster;
      this.superuser = superuser;
    }

    @Override
    public Endpoint endpoint() {
      return new Endpoint("/sockets/" + cluster, 5432);
    }

    @Override
    public String superuser() {
      return superuser;
    }

    @Override
    public CommandRunner tools() {
      return programs;
    }

    @Override
    public boolean toolsInContainer() {
      return false;
    }

    @Override
    public void close() {
      log.add("close " + cluster);
    }
  }

  private final class Clusters implements ScratchClusters {

    @Override
    public String superuser(String cluster, Optional<ArtifactContent> globals) {
      return "postgres";
    }

    @Override
    public ScratchCluster of(String cluster, ScratchServer server) {
      return new Cluster();
    }
  }

  private final class Cluster implements ScratchClusters.ScratchCluster {

    @Override
    public List<String> createRoles(ArtifactContent globals, Cancellation cancellation) {
      log.add("roles");
      return List.of();
    }

    @Override
    public RestoreDestination destination() {
      return databases;
    }

    @Override
    public RestoreProof proof() {
      return new Comparison();
    }

    @Override
    public Optional<String> refutation(String database, String sql, Cancellation cancellation) {
      log.add("sql in " + database + ": " + sql.strip());
      return Optional.ofNullable(refutations.get(database));
    }
  }

  private final class Volumes implements ScratchVolumes {

    @Override
    public Path dataPlace(Cancellation cancellation) {
      return Path.of("/volumes");
    }

    @Override
    public Reserved reserve(String drill, List<String> names) {
      log.add("reserve " + names.size());
      return new Reserved() {
        @Override
        public Map<String, String> labels() {
          return Map.of("drill", drill);
        }

        @Override
        public Path folder(String name, Cancellation cancellation) {
          return Path.of("/volumes", name);
        }

        @Override
        public void close() {
          log.add("remove " + names.size());
        }
      };
    }
  }

  private final class Comparison implements RestoreProof {

    @Override
    public boolean proves(ArtifactId id) {
      return true;
    }

    @Override
    public Proof compare(
        ArtifactId id,
        String restoredAs,
        Fingerprint expected,
        Optional<ArtifactContent> listing,
        Cancellation cancellation) {
      log.add("compare " + id.name());
      return new Proof("all of it", differences.getOrDefault(id.describe(), List.of()));
    }
  }

  private final class Ledger implements DrillLedger {

    @Override
    public void add(DrillRecord drill) {
      ledger.add(0, drill);
    }

    @Override
    public List<DrillRecord> drills() {
      return List.copyOf(ledger);
    }
  }
}
