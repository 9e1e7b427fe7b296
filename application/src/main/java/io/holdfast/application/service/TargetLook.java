package io.holdfast.application.service;

import io.holdfast.application.catalog.SetCatalog;
import io.holdfast.application.catalog.SetFolder;
import io.holdfast.application.catalog.SetMarks;
import io.holdfast.application.catalog.SetShelf;
import io.holdfast.application.catalog.Target;
import io.holdfast.application.port.failure.Failure;
import io.holdfast.application.port.in.ListedSet;
import io.holdfast.application.port.in.ReportStatus.AtWork;
import io.holdfast.application.port.in.ReportStatus.Content;
import io.holdfast.application.port.in.ReportStatus.TargetStatus;
import io.holdfast.application.port.in.ReportStatus.Verified;
import io.holdfast.application.port.out.store.Verdict;
import io.holdfast.domain.backup.ArtifactKind;
import io.holdfast.domain.backup.Manifest;
import io.holdfast.domain.backup.SetId;
import io.holdfast.domain.recovery.DrillHistory;
import io.holdfast.domain.trend.ArtifactTrend;
import io.holdfast.domain.trend.RecoveryPoint;
import io.holdfast.domain.trend.SetSize;
import io.holdfast.domain.trend.SizeTrend;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Looks at a host's folder on a target and writes nothing: manifests of the newest sets, marks, the
 * lock.
 *
 * @param locker reads locks and marks
 * @param keptAtMost how many sets the retention keeps; empty when nothing is ever pruned
 */
record TargetLook(TargetLocker locker, OptionalLong keptAtMost) {

  /** Enough to hold a set against those before it. */
  private static final int WHOLE_SETS = ArtifactTrend.WINDOW + 1;

  /** However many sets of a few names or of one kind lie between. */
  private static final int MOST_READ = 40;

  /** Looks at what a listing has shown of a folder. */
  Seen look(Target target, SetShelf shelf, String host, Instant now, boolean alone) {
    SetCatalog catalog = new SetCatalog(target, locker.codec(), host);
    List<SetFolder> published =
        shelf.newestFirst().stream().filter(SetFolder::isPublished).toList();
    List<SetId> future =
        published.stream().map(SetFolder::id).filter(id -> id.begun().isAfter(now)).toList();
    SetMarks marks = locker.marksOf(target);
    Map<SetId, Verdict> verdicts = marks.verdicts();
    List<SetId> damaged =
        verdicts.entrySet().stream()
            .filter(entry -> !entry.getValue().whole())
            .map(Map.Entry::getKey)
            .filter(id -> published.stream().anyMatch(folder -> folder.id().equals(id)))
            .toList();
    List<ListedSet> read = read(catalog, published);
    List<Manifest> complete =
        read.stream()
            .filter(set -> set.state() == ListedSet.State.COMPLETE && set.foreignHost().isEmpty())
            .filter(set -> !future.contains(set.id()) && !damaged.contains(set.id()))
            .flatMap(set -> set.manifest().stream())
            .toList();
    SizeTrend sizes =
        new SizeTrend(published.stream().map(set -> new SetSize(set.id(), set.bytes())).toList());
    OptionalLong free = target.store().freeBytes();
    Content content =
        new Content(
            complete.stream().map(Manifest::id).findFirst(),
            RecoveryPoint.of(complete),
            sizes,
            free,
            alone && free.isPresent()
                ? sizes.fullIn(free.getAsLong(), keptAtMost)
                : Optional.empty(),
            marks.pins(),
            verdicts.entrySet().stream()
                .map(entry -> new Verified(entry.getKey(), entry.getValue()))
                .max(Comparator.comparing(verified -> verified.verdict().at())),
            damaged,
            shelf.lastDrill(),
            shelf
                .lockSign()
                .flatMap(
                    sign -> locker.lockOf(target).holder().map(holder -> new AtWork(holder, sign))),
            (int) read.stream().filter(set -> set.foreignHost().isPresent()).count(),
            shelf.lastDrill().isPresent()
                ? new DrillHistory(marks.drills().values().stream().flatMap(List::stream).toList())
                : DrillHistory.NONE);
    return new Seen(status(target, Optional.of(content), Optional.empty()), complete, future);
  }

  /** What is told of a target that could not be read. */
  static Seen unread(Target target, Failure why) {
    return new Seen(status(target, Optional.empty(), Optional.of(why)), List.of(), List.of());
  }

  private static TargetStatus status(
      Target target, Optional<Content> content, Optional<Failure> why) {
    return new TargetStatus(
        target.name(), target.store().location(), target.required(), content, why);
  }

  private static List<ListedSet> read(SetCatalog catalog, List<SetFolder> published) {
    List<ListedSet> read = new ArrayList<>();
    int whole = 0;
    for (SetFolder folder : published) {
      if (whole == WHOLE_SETS || read.size() == MOST_READ) {
        break;
      }
      ListedSet set = catalog.read(folder);
      read.add(set);
      whole += isWhole(set) ? 1 : 0;
    }
    return read;
  }

  private static boolean isWhole(ListedSet set) {
    return set.state() == ListedSet.State.COMPLETE
        && set.foreignHost().isEmpty()
        && set.manifest()
            .flatMap(Manifest::scope)
            .map(
                scope -> scope.isWhole(ArtifactKind.DATABASE) && scope.isWhole(ArtifactKind.VOLUME))
            .orElse(true);
  }

  /**
   * What was seen.
   *
   * @param complete the manifests of the newest COMPLETE sets that count, newest first
   * @param future published sets that are dated in the future
   */
  record Seen(TargetStatus status, List<Manifest> complete, List<SetId> future) {

    boolean isRead() {
      return status.content().isPresent();
    }

    boolean lacks(SetId set) {
      return status
          .content()
          .filter(content -> content.sizes().sets().stream().noneMatch(s -> s.id().equals(set)))
          .isPresent();
    }
  }
}
