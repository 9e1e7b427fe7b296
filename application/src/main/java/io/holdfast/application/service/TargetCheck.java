package io.holdfast.application.service;

import io.holdfast.application.catalog.SetCatalog;
import io.holdfast.application.catalog.Target;
import io.holdfast.application.catalog.TargetDoor;
import io.holdfast.application.contract.Contract;
import io.holdfast.application.port.failure.BusyFailure;
import io.holdfast.application.port.failure.StorageFailure;
import io.holdfast.application.port.in.VerifyTarget.Result;
import io.holdfast.application.port.in.VerifyTarget.TriedPromise;
import io.holdfast.application.port.out.command.Cancellation;
import io.holdfast.application.port.out.source.HealthProbe.Finding;
import io.holdfast.application.port.out.source.HealthProbe.Level;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** Tidies a target up, tries whether it takes a backup, and says what it can. */
final class TargetCheck {

  private static final long MEBIBYTE = 1 << 20;

  private final SetCatalog catalog;
  private final Target target;
  private final String subject;
  private final TargetDoor door;
  private final TargetTidying tidying;
  private final ScratchNames names;
  private final Clock clock;
  private final List<Finding> findings = new ArrayList<>();

  TargetCheck(
      SetCatalog catalog, TargetDoor door, TargetTidying tidying, ScratchNames names, Clock clock) {
    this.catalog = catalog;
    this.target = catalog.target();
    this.subject = "target " + target.name();
    this.door = door;
    this.tidying = tidying;
    this.names = names;
    this.clock = clock;
  }

  /** True when a backup fails without the target. */
  boolean isRequired() {
    return target.required();
  }

  /** Looks; what it finds wrong is a finding. */
  List<Finding> look(Cancellation cancellation) {
    try {
      tidy();
      if (keepsItsPromises(cancellation)) {
        compareClocks();
        addTarget();
      }
    } catch (StorageFailure failure) {
      add(Level.FAILED, failure.getMessage(), failure.hint());
    }
    return List.copyOf(findings);
  }

  private void tidy() {
    try {
      tidying.tidy(catalog, "check").forEach(removed -> add(Level.WARNING, removed, ""));
    } catch (BusyFailure busy) {
      add(
          Level.WARNING,
          busy.getMessage() + " What killed runs may have left there is left alone.",
          busy.hint());
    }
  }

  private boolean keepsItsPromises(Cancellation cancellation) {
    List<TriedPromise> tried =
        new TargetTrial(target, door, names.next(), event -> {})
            .run(Contract.quick(), cancellation);
    tried.stream()
        .filter(each -> each.result() == Result.BROKEN)
        .forEach(
            each ->
                add(
                    Level.FAILED,
                    target.store().location()
                        + " does not keep what every target promises: "
                        + each.promise()
                        + "; seen: "
                        + each.seen(),
                    "Do not back up to it until that is mended; `holdfast target verify "
                        + target.name()
                        + "` tells more."));
    return tried.stream().allMatch(each -> each.result() == Result.KEPT);
  }

  private void compareClocks() {
    new ClockComparison(target.store(), names.next(), clock)
        .difference()
        .ifPresent(
            difference ->
                add(
                    Level.WARNING,
                    "the target's clock is " + difference + " this host's",
                    "Let both follow a time server: the ages of sets and locks are told by them."));
  }

  private void addTarget() {
    StringBuilder detail = new StringBuilder(target.store().location());
    detail.append(": writes, reads, lists, refuses to replace, and deletes");
    OptionalLong free = target.store().freeBytes();
    if (free.isPresent()) {
      detail.append("; ").append(free.getAsLong() / MEBIBYTE).append(" MiB free");
    }
    target.store().features().forEach(feature -> detail.append("; ").append(feature));
    add(Level.OK, detail.toString(), "");
  }

  private void add(Level level, String detail, String hint) {
    findings.add(new Finding(subject, level, detail, hint));
  }
}
