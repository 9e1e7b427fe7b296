package io.holdfast.application.testing;

import io.holdfast.application.catalog.ClusterAddress;
import io.holdfast.application.catalog.HostFolders;
import io.holdfast.application.catalog.SetCatalog;
import io.holdfast.application.catalog.StoredSet;
import io.holdfast.application.catalog.Target;
import io.holdfast.application.catalog.TargetDoor;
import io.holdfast.application.history.RunEvents;
import io.holdfast.application.history.RunHooks;
import io.holdfast.application.port.in.CreateBackup;
import io.holdfast.application.port.in.VerifyBackup;
import io.holdfast.application.port.out.command.Cancellation;
import io.holdfast.application.port.out.history.RunObserver;
import io.holdfast.application.port.out.recovery.Intent;
import io.holdfast.application.port.out.source.ArtifactInspector;
import io.holdfast.application.port.out.source.HealthProbe;
import io.holdfast.application.port.out.source.HostScout;
import io.holdfast.application.port.out.source.RestoreDestination;
import io.holdfast.application.port.out.source.Selection;
import io.holdfast.application.port.out.store.BlobKey;
import io.holdfast.application.port.out.store.BlobStore;
import io.holdfast.application.port.out.store.BlobWriter;
import io.holdfast.application.port.out.store.Secret;
import io.holdfast.application.service.OversightUseCases;
import io.holdfast.application.service.UseCases;
import io.holdfast.domain.backup.SetId;
import io.holdfast.domain.history.RunKind;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/** A host of fakes, and the use cases on it. */
public final class TestHost {

  /** The moment at which a test's host stands still. */
  public static final Instant NOW = Instant.parse("2025-10-06T02:00:00Z");

  /** The id of a set that is begun at {@link #NOW}. */
  public static final SetId ID = new SetId(NOW);

  /** The host's name. */
  public static final String NAME = "umig-dev";

  public final MemoryCodec codec;
  public final RecordingEvents events = new RecordingEvents();
  public final FakeProcesses processes = new FakeProcesses();
  public final FakeJournal journal = new FakeJournal();
  public final MemoryRunJournal runs = new MemoryRunJournal();
  public final FakePrograms programs = new FakePrograms();
  public final RunEvents runEvents = new RunEvents(events, Clock.fixed(NOW, ZoneOffset.UTC));
  public final List<RunObserver> observers = new ArrayList<>();
  public final Map<RunKind, RunHooks> hooks = new LinkedHashMap<>();
  public final FakeUndoer undoer = new FakeUndoer(Intent.HoldContainers.class);
  public final FakeHostLock hostLock = new FakeHostLock();
  public final FakeHold hold = new FakeHold();
  public final Cancellation cancellation = new Cancellation();
  public final List<FakeSource> sources = new ArrayList<>();
  public final List<RestoreDestination> destinations = new ArrayList<>();
  public final List<ArtifactInspector> inspectors = new ArrayList<>();
  public final List<HealthProbe> probes = new ArrayList<>();
  public final List<HostScout> scouts = new ArrayList<>();
  public final List<Target> targets = new ArrayList<>();
  public final Map<String, ClusterAddress> clusters = new LinkedHashMap<>();

  /** The folders of all hosts, by the name of the target that has them. */
  public final Map<String, HostFolders> fleets = new LinkedHashMap<>();

  /** Secrets that the targets are opened with. */
  public final List<Secret> secrets = new ArrayList<>();

  private final TargetDoor door =
      new TargetDoor() {
        @Override
        public BlobStore open(Target target) {
          return target.store();
        }

        @Override
        public Optional<HostFolders> hosts(Target target) {
          return Optional.ofNullable(fleets.get(target.name()));
        }

        @Override
        public Collection<Secret> secrets(Target target) {
          return secrets;
        }
      };

  private Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);
  private int jobs = 2;
  private int quorum = 1;
  private Duration longestHold = Duration.ofMinutes(10);
  private Function<Path, BlobStore> folders =
      folder -> {
        throw new IllegalStateException("no folder is open to this test");
      };

  /** A host of its own. */
  public TestHost() {
    this(new MemoryCodec());
  }

  /** One that reads what another one's codec has written. */
  public TestHost(MemoryCodec codec) {
    this.codec = codec;
  }

  /** Keeps sets on one more target. */
  public TestHost storesOn(String name, BlobStore store) {
    targets.add(new Target(name, store));
    return this;
  }

  /** Keeps sets on one more target that a backup can do without. */
  public TestHost mayStoreOn(String name, BlobStore store) {
    targets.add(new Target(name, store, false));
    return this;
  }

  /** Wants a set on so many targets. */
  public TestHost quorum(int least) {
    quorum = least;
    return this;
  }

  /** Backs one more source up. */
  public TestHost with(FakeSource source) {
    sources.add(source);
    return this;
  }

  /** Goes by another clock. */
  public TestHost at(Clock other) {
    clock = other;
    return this;
  }

  /** Holds containers so long at most. */
  public TestHost longestHold(Duration longest) {
    longestHold = longest;
    return this;
  }

  /** Reads so many artifacts at a time. */
  public TestHost jobs(int atOnce) {
    jobs = atOnce;
    return this;
  }

  /** Opens folders of this host like this. */
  public TestHost folders(Function<Path, BlobStore> open) {
    folders = open;
    return this;
  }

  /** The use cases. */
  public UseCases useCases() {
    return new UseCases(
        new UseCases.Host(NAME, "1.0-test", 2, jobs, clock, longestHold),
        new UseCases.Sources(
            List.copyOf(sources),
            destinations,
            inspectors,
            JdkCodecs.all(),
            hold,
            probes,
            scouts,
            clusters),
        new UseCases.Storage(targets, quorum, codec, folders, door),
        new UseCases.Journal(journal, List.of(undoer), hostLock, processes),
        supervision(),
        events);
  }

  private OversightUseCases.Supervision supervision() {
    return new OversightUseCases.Supervision(runs, runEvents, observers, hooks, programs);
  }

  /** Backs all of it up. */
  public CreateBackup.Result backup() {
    return backup(Selection.all());
  }

  /** Backs some of it up. */
  public CreateBackup.Result backup(Selection selection) {
    return backup(selection, Duration.ZERO);
  }

  /** Backs some of it up, waiting for another run. */
  public CreateBackup.Result backup(Selection selection, Duration wait) {
    return useCases()
        .sets()
        .createBackup()
        .create(
            new CreateBackup.Request(selection, Optional.of("tag"), Optional.empty(), wait),
            cancellation);
  }

  /** The sets on a store. */
  public SetCatalog catalog(BlobStore store) {
    return new SetCatalog(new Target("looked-at", store), codec, NAME);
  }

  /** A set on a store. */
  public StoredSet set(BlobStore store, SetId id) {
    return catalog(store).set(id);
  }

  /** What a verification of all sets on a store finds, with a host of its own. */
  public List<VerifyBackup.VerifiedSet> verifyAll(BlobStore store) {
    TestHost auditor = new TestHost().storesOn("audited", store);
    return new UseCases(
            new UseCases.Host(NAME, "1.0-test", 2, 2, clock),
            new UseCases.Sources(
                List.of(),
                List.of(),
                List.of(),
                JdkCodecs.all(),
                auditor.hold,
                List.of(),
                List.of(),
                Map.of()),
            new UseCases.Storage(auditor.targets, 1, codec, folders, door),
            new UseCases.Journal(auditor.journal, List.of(), auditor.hostLock, auditor.processes),
            auditor.supervision(),
            auditor.events)
        .sets()
        .verifyBackup()
        .verifyAll(Optional.empty(), false, auditor.cancellation)
        .sets();
  }

  /** The keys of a store. */
  public static List<String> keys(BlobStore store) {
    List<String> keys = new ArrayList<>();
    store.list("", blob -> keys.add(blob.key().value()));
    return keys;
  }

  /** The keys of a store that belong to sets. */
  public static List<String> setKeys(BlobStore store) {
    return keys(store).stream().filter(key -> Character.isDigit(key.charAt(0))).toList();
  }

  /** Every blob of a store, as text. */
  public static Map<String, String> texts(BlobStore store) {
    Map<String, String> texts = new TreeMap<>();
    keys(store).forEach(key -> texts.put(key, text(store, key)));
    return texts;
  }

  /** A blob, as text. */
  public static String text(BlobStore store, String key) {
    try (InputStream in = store.open(new BlobKey(key))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Writes a blob. */
  public static void put(BlobStore store, String key, String text) {
    try (BlobWriter writer = store.create(new BlobKey(key))) {
      writer.body().write(text.getBytes(StandardCharsets.UTF_8));
      writer.commit();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Text as bytes. */
  public static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
