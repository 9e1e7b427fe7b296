package io.holdfast.application.service;

import io.holdfast.application.port.failure.Failure;
import io.holdfast.application.port.failure.FailureKind;
import io.holdfast.application.port.failure.InterruptedFailure;
import io.holdfast.application.port.failure.SourceFailure;
import io.holdfast.application.port.out.command.Cancellation;
import io.holdfast.application.port.out.source.ArtifactSource;
import io.holdfast.application.port.out.source.ArtifactSpec;
import io.holdfast.application.port.out.source.Discovery;
import io.holdfast.application.port.out.source.Selection;
import io.holdfast.domain.backup.ArtifactId;
import io.holdfast.domain.backup.ArtifactKind;
import io.holdfast.domain.backup.FailedArtifact;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a backup will read.
 *
 * @param items what can be exported, in the order in which it is begun: what needs a hold first, so
 *     that the hold is short, then the largest first, so that nothing long is begun last
 * @param failures what was meant and cannot be exported
 * @param warnings what was left out and why
 */
record BackupPlan(List<Item> items, List<FailedArtifact> failures, List<String> warnings) {

  private static final Comparator<Item> ORDER =
      Comparator.<Item, Boolean>comparing(item -> item.spec.holds().isEmpty())
          .thenComparing(
              Comparator.<Item>comparingLong(item -> item.spec.estimatedBytes().orElse(0))
                  .reversed());

  /**
   * Asks every source. One that cannot answer counts as one failed artifact, and the others go on.
   *
   * @throws SourceFailure when a name that was asked for is nowhere, or there is nothing at all
   */
  static BackupPlan of(
      List<ArtifactSource> sources, Selection selection, Cancellation cancellation) {
    List<Item> items = new ArrayList<>();
    List<FailedArtifact> failures = new ArrayList<>();
    List<FailedArtifact> unanswered = new ArrayList<>();
    List<String> warnings = new ArrayList<>();
    for (Answer answer : ask(sources, selection, cancellation)) {
      addNew(items, answer.items);
      failures.addAll(answer.failures);
      unanswered.addAll(answer.unanswered);
      warnings.addAll(answer.warnings);
    }
    items.sort(ORDER);
    forgetUnneeded(selection, items, failures, unanswered);
    BackupPlan plan = new BackupPlan(items, failures, warnings);
    plan.requireAllNamed(selection);
    return plan;
  }

  /** A container may serve a cluster and mount a volume too. */
  private static void addNew(List<Item> items, List<Item> more) {
    Set<ArtifactId> known = items.stream().map(item -> item.spec.id()).collect(Collectors.toSet());
    more.stream().filter(item -> !known.contains(item.spec.id())).forEach(items::add);
  }

  /** The containers to hold while the items that need it are read. */
  Set<String> holds() {
    return items.stream().flatMap(item -> item.spec.holds().stream()).collect(Collectors.toSet());
  }

  /** True when a database or volume, and not only what goes with them, is among the ids. */
  static boolean holdsData(Stream<ArtifactId> ids) {
    return ids.anyMatch(
        id -> id.kind() == ArtifactKind.DATABASE || id.kind() == ArtifactKind.VOLUME);
  }

  /** All at once: each waits for a program or a server most of the time. */
  private static List<Answer> ask(
      List<ArtifactSource> sources, Selection selection, Cancellation cancellation) {
    List<Callable<Answer>> work = new ArrayList<>();
    sources.forEach(source -> work.add(() -> ask(source, selection, cancellation)));
    return BoundedWork.run(sources.size(), work);
  }

  private static Answer ask(ArtifactSource source, Selection selection, Cancellation cancellation) {
    cancellation.throwIfCancelled();
    try {
      Discovery found = source.discover(selection, cancellation);
      List<Item> items = found.artifacts().stream().map(spec -> new Item(source, spec)).toList();
      return new Answer(items, found.failures(), List.of(), found.warnings());
    } catch (InterruptedFailure interrupted) {
      throw interrupted;
    } catch (SourceFailure failure) {
      boolean meant = selection.kinds().contains(source.everything().kind());
      FailedArtifact whole = new FailedArtifact(source.everything(), reason(failure));
      return new Answer(List.of(), List.of(), meant ? List.of(whole) : List.of(), List.of());
    }
  }

  /**
   * Where every name that was asked for was found, a source that could not answer is not missed.
   */
  private static void forgetUnneeded(
      Selection selection,
      List<Item> items,
      List<FailedArtifact> failures,
      List<FailedArtifact> unanswered) {
    List<ArtifactId> found =
        Stream.concat(items.stream().map(i -> i.spec.id()), failures.stream().map(f -> f.id()))
            .toList();
    boolean allFound = !selection.only().isEmpty() && selection.unmatched(found).isEmpty();
    if (!allFound) {
      failures.addAll(unanswered);
    }
  }

  /** A failure as a manifest tells it: what, why, and what to do. */
  static String reason(Failure failure) {
    return failure.hint().isEmpty()
        ? failure.getMessage()
        : failure.getMessage() + " " + failure.hint();
  }

  private void requireAllNamed(Selection selection) {
    List<ArtifactId> known =
        Stream.concat(
                items.stream().map(item -> item.spec.id()), failures.stream().map(f -> f.id()))
            .toList();
    List<String> unmatched = selection.unmatched(known);
    if (!unmatched.isEmpty()) {
      throw new SourceFailure(
          FailureKind.SOURCE,
          "There is no database or volume named " + String.join(", ", unmatched) + "." + because(),
          "Names are as the server and podman volume ls spell them.");
    }
    if (known.isEmpty()) {
      throw new SourceFailure(
          FailureKind.SOURCE,
          "There is nothing to back up: no database and no volume is selected."
              + (warnings.isEmpty() ? "" : " " + String.join(" ", warnings)),
          "Look at include and exclude in the configuration; holdfast check shows what they take.");
    }
  }

  private String because() {
    return failures.isEmpty() ? "" : " " + failures.get(0).reason();
  }

  /** Something to export and where from. */
  record Item(ArtifactSource source, ArtifactSpec spec) {}

  /** What one source has; unanswered holds the source itself where it could not say. */
  private record Answer(
      List<Item> items,
      List<FailedArtifact> failures,
      List<FailedArtifact> unanswered,
      List<String> warnings) {}
}
