package io.holdfast.application.service;

import io.holdfast.application.port.failure.Failure;
import io.holdfast.application.port.out.command.Cancellation;
import io.holdfast.application.port.out.event.BackupEvent;
import io.holdfast.application.port.out.event.BackupEvents;
import io.holdfast.application.port.out.source.ArtifactSource;
import io.holdfast.domain.backup.Artifact;
import io.holdfast.domain.backup.ArtifactId;
import io.holdfast.domain.backup.FailedArtifact;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The moment of which a plan's artifacts are: containers are held, the sources fix what they
 * export, and the containers go on as soon as nothing is read any more that they could change.
 */
final class OneMoment implements AutoCloseable {

  private final BackupPlan plan;
  private final UseCases.Sources sources;
  private final BackupEvents events;
  private final HeldContainers held;
  private final FixedSources fixed = new FixedSources();
  private final CutDraft cut;
  private Optional<Failure> unheld = Optional.empty();
  private Set<ArtifactId> frozen = Set.of();
  private boolean told;

  OneMoment(BackupPlan plan, UseCases.Host host, UseCases.Sources sources, BackupEvents events) {
    this.plan = plan;
    this.sources = sources;
    this.events = events;
    this.held = new HeldContainers(sources.hold(), plan.holds(), host.longestHold(), host.clock());
    this.cut = new CutDraft(host.clock());
  }

  /**
   * Fixes it, before the first artifact is read.
   *
   * @throws io.holdfast.application.port.failure.InterruptedFailure when cancelled
   */
  void begin(Cancellation cancellation) {
    unheld = held.begin(cancellation);
    if (held.begun().isPresent() && !held.ranOut()) {
      events.on(new BackupEvent.Note("Holding " + String.join(", ", held.names()) + "."));
    }
    fixed.fix(plan.items().stream().filter(this::isReadable).toList(), cancellation);
    frozen = fixed.frozen();
    held.neededBy((int) plan.items().stream().filter(this::needsHold).count());
  }

  /** Why an artifact cannot be read. */
  Optional<String> problem(BackupPlan.Item item) {
    return isReadable(item)
        ? fixed.problem(item.source())
        : unheld.map(why -> "its containers cannot be held still: " + why.getMessage());
  }

  /** An artifact is about to be read. */
  void begins(BackupPlan.Item item) {
    if (!frozen.contains(item.spec().id())) {
      cut.begins(item.spec().id());
    }
  }

  /** It was read, or never will be. */
  void ended(BackupPlan.Item item) {
    boolean needed = needsHold(item);
    boolean still = needed ? held.readingEnded() : frozen.contains(item.spec().id());
    if (!still) {
      cut.ended(item.spec().id(), needed);
    }
  }

  /**
   * Lets all of it go once everything was read. A container that does not go on makes the set
   * PARTIAL, and is named.
   */
  CutArtifacts end(List<Artifact> artifacts) {
    close();
    List<Artifact> all = new ArrayList<>(artifacts);
    all.addAll(unreleased());
    List<String> doubts = cut.doubts(held);
    List<String> remarks = Stream.concat(fixed.remarks().stream(), doubts.stream()).toList();
    List<String> warnings = Stream.concat(remarks.stream(), fixed.leftBehind().stream()).toList();
    warnings.forEach(warning -> events.on(new BackupEvent.Warning(warning)));
    List<ArtifactSource> order = sources.sources();
    return new CutArtifacts(all, cut.cut(fixed.clusters(order), held, remarks), warnings, doubts);
  }

  private List<FailedArtifact> unreleased() {
    return held.unreleased().entrySet().stream()
        .map(
            one ->
                new FailedArtifact(
                    ArtifactId.container(one.getKey()),
                    "could not be released: " + one.getValue().getMessage()))
        .toList();
  }

  private boolean isReadable(BackupPlan.Item item) {
    return unheld.isEmpty() || item.spec().holds().isEmpty();
  }

  private boolean needsHold(BackupPlan.Item item) {
    return isReadable(item) && !item.spec().holds().isEmpty() && !frozen.contains(item.spec().id());
  }

  /** The containers first: they are waited for. What does not go on is told on every path. */
  @Override
  public void close() {
    held.close();
    if (!told) {
      told = true;
      unreleased().forEach(this::tell);
    }
    fixed.close();
  }

  private void tell(FailedArtifact container) {
    events.on(new BackupEvent.Problem(container.id().describe() + " " + container.reason()));
  }
}
