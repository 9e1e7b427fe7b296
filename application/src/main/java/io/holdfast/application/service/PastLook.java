package io.holdfast.application.service;

import io.holdfast.application.catalog.SetCatalog;
import io.holdfast.application.catalog.SetFolder;
import io.holdfast.application.catalog.SetMarks;
import io.holdfast.application.catalog.SetShelf;
import io.holdfast.application.port.in.ListedSet;
import io.holdfast.application.port.in.ReportRecovery.PastSet;
import io.holdfast.application.port.in.ReportRecovery.PastState;
import io.holdfast.application.port.out.store.Verdict;
import io.holdfast.domain.backup.Artifact;
import io.holdfast.domain.backup.ArtifactKind;
import io.holdfast.domain.backup.Manifest;
import io.holdfast.domain.backup.SetId;
import io.holdfast.domain.backup.SetScope;
import io.holdfast.domain.backup.SetStatus;
import io.holdfast.domain.backup.StoredArtifact;
import io.holdfast.domain.history.Run;
import io.holdfast.domain.trend.ArtifactTrend;
import io.holdfast.domain.trend.SetComparison;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Looks back over one target, newest set first. Of each manifest little is kept: a few are in
 * memory at a time, to hold a set against those before it.
 */
final class PastLook {

  private final String target;
  private final Instant since;
  private final Instant now;
  private final LargestArtifacts largest;
  private final Map<SetId, PastSet> sets = new TreeMap<>(Comparator.reverseOrder());
  private final List<Point> points = new ArrayList<>();
  private final List<Point> deleted = new ArrayList<>();
  private final Deque<Manifest> unjudged = new ArrayDeque<>();
  private Set<String> usual = Set.of();

  /**
   * @param target its name
   * @param largest is shown every COMPLETE set
   */
  PastLook(String target, Instant since, Instant now, LargestArtifacts largest) {
    this.target = target;
    this.since = since;
    this.now = now;
    this.largest = largest;
  }

  /** A COMPLETE set as far as it says what a host can be brought back to. */
  record Point(Manifest set) {

    /** What is in it is told by one artifact of each kind. */
    static Point of(Manifest set) {
      List<Artifact> one = new ArrayList<>();
      for (ArtifactKind kind : List.of(ArtifactKind.DATABASE, ArtifactKind.VOLUME)) {
        set.stored()
            .filter(each -> each.id().kind().carrier() == kind)
            .findFirst()
            .map(PastLook::slim)
            .ifPresent(one::add);
      }
      return new Point(with(set, set.id(), set.finished(), one, set.scope()));
    }

    /**
     * The same at another time.
     *
     * @param scope what is in it, where that is known
     */
    Point at(SetId id, Instant finished, Optional<SetScope> scope) {
      return new Point(with(set, id, finished, set.artifacts(), scope.or(set::scope)));
    }

    private static Manifest with(
        Manifest set,
        SetId id,
        Instant finished,
        List<Artifact> artifacts,
        Optional<SetScope> scope) {
      return new Manifest(
          set.formatVersion(),
          id,
          set.host(),
          set.toolVersion(),
          set.started(),
          finished,
          SetStatus.COMPLETE,
          Optional.empty(),
          Optional.empty(),
          artifacts,
          List.of(),
          scope,
          Optional.empty());
    }
  }

  /**
   * Reads the sets of the time that is looked at, and those before them that it takes to judge the
   * first.
   */
  void read(SetCatalog catalog, SetMarks marks, List<Run> runs) {
    SetShelf shelf = new SetShelf();
    catalog.target().store().list("", shelf);
    Set<SetId> pinned = marks.pins().keySet();
    Map<SetId, Verdict> verdicts = marks.verdicts();
    int before = 0;
    for (SetFolder folder : shelf.newestFirst()) {
      boolean told = !folder.id().begun().isBefore(since);
      if (!told && before == ArtifactTrend.WINDOW) {
        break;
      }
      ListedSet set = catalog.read(folder);
      if (set.foreignHost().isPresent()) {
        continue;
      }
      boolean damaged =
          Optional.ofNullable(verdicts.get(set.id())).filter(v -> !v.whole()).isPresent();
      if (told) {
        sets.put(set.id(), past(set, damaged, pinned.contains(set.id())));
      }
      if (set.state() == ListedSet.State.COMPLETE && !damaged && !set.id().begun().isAfter(now)) {
        before += told ? 0 : 1;
        set.manifest().ifPresent(this::add);
      }
    }
    while (!unjudged.isEmpty()) {
      judgeNewest();
    }
    addDeleted(runs);
  }

  /** What was seen of the time that was looked at, newest first. */
  List<PastSet> sets() {
    return List.copyOf(sets.values());
  }

  List<Point> points() {
    return List.copyOf(points);
  }

  /** What the host could be brought back to once, by what it remembers. */
  List<Point> deleted() {
    return List.copyOf(deleted);
  }

  private void add(Manifest set) {
    largest.add(set);
    points.add(Point.of(set));
    if (usual.isEmpty()) {
      usual = names(set);
    }
    unjudged.addLast(set);
    if (unjudged.size() > ArtifactTrend.WINDOW) {
      judgeNewest();
    }
  }

  private void judgeNewest() {
    Manifest newest = unjudged.removeFirst();
    if (!SetComparison.of(newest, List.copyOf(unjudged), id -> true).suspects().isEmpty()) {
      sets.computeIfPresent(newest.id(), (id, set) -> as(set, PastState.SUSPECT));
    }
  }

  private void addDeleted(List<Run> runs) {
    for (MadeSet made : MadeSet.in(runs, target)) {
      if (!sets.containsKey(made.id())
          && !made.id().begun().isBefore(since)
          && !made.id().begun().isAfter(now)) {
        sets.put(made.id(), made.asPast());
        points.stream()
            .findFirst()
            .flatMap(newest -> made.point(newest, usual))
            .ifPresent(deleted::add);
      }
    }
  }

  private static Set<String> names(Manifest set) {
    Set<String> names = new HashSet<>();
    set.stored()
        .filter(artifact -> artifact.id().kind() != ArtifactKind.CONTAINER)
        .forEach(artifact -> names.add(artifact.id().describe()));
    return names;
  }

  private static PastSet past(ListedSet set, boolean damaged, boolean pinned) {
    Optional<Manifest> manifest = set.manifest();
    return new PastSet(
        set.id(),
        damaged && set.isPublished() ? PastState.DAMAGED : stateOf(set.state()),
        set.storedBytes(),
        manifest.map(m -> (int) m.stored().count()).orElse(0),
        manifest.map(m -> (int) m.failed().count()).orElse(0),
        manifest.map(m -> Duration.between(m.started(), m.finished())),
        manifest.flatMap(Manifest::tag),
        manifest.flatMap(Manifest::note),
        pinned);
  }

  private static PastState stateOf(ListedSet.State state) {
    return switch (state) {
      case COMPLETE -> PastState.COMPLETE;
      case PARTIAL -> PastState.PARTIAL;
      case HANDMADE -> PastState.HANDMADE;
      case UNREADABLE -> PastState.DAMAGED;
      case INCOMPLETE -> PastState.INCOMPLETE;
    };
  }

  private static PastSet as(PastSet set, PastState state) {
    return new PastSet(
        set.id(),
        state,
        set.bytes(),
        set.artifacts(),
        set.failed(),
        set.took(),
        set.tag(),
        set.note(),
        set.pinned());
  }

  private static StoredArtifact slim(StoredArtifact artifact) {
    return new StoredArtifact(
        artifact.id(),
        artifact.path(),
        artifact.storedBytes(),
        artifact.sourceBytes(),
        artifact.entries(),
        artifact.sha256(),
        artifact.encoding(),
        artifact.took(),
        artifact.origin(),
        List.of());
  }
}
