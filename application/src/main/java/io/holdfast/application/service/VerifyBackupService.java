package io.holdfast.application.service;

import io.holdfast.application.catalog.Reading;
import io.holdfast.application.catalog.SetCatalog;
import io.holdfast.application.catalog.StoredSet;
import io.holdfast.application.port.failure.IntegrityFailure;
import io.holdfast.application.port.failure.StorageFailure;
import io.holdfast.application.port.in.ListedSet;
import io.holdfast.application.port.in.SetSelector;
import io.holdfast.application.port.in.VerifyBackup;
import io.holdfast.application.port.out.command.Cancellation;
import io.holdfast.domain.backup.SetId;
import io.holdfast.domain.backup.Share;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;

/** Verifies sets, each marked as being read, and writes down on their target what was found. */
final class VerifyBackupService implements VerifyBackup {

  private static final String VERIFY = "verify";

  private final SetReads reads;
  private final SetVerifier verifier;
  private final VerdictRecorder recorder;

  VerifyBackupService(SetReads reads, SetVerifier verifier, VerdictRecorder recorder) {
    this.reads = reads;
    this.verifier = verifier;
    this.recorder = recorder;
  }

  @Override
  public VerifiedSet verify(SetSelector selector, boolean deep, Cancellation cancellation) {
    SetCheck check = new SetCheck(verifier, deep, cancellation);
    try (SetReads.Open open = reads.open(selector, VERIFY)) {
      Consumer<VerifiedSet> record = found -> record(open, found, deep);
      try {
        VerifiedSet found = check.whole(open.set());
        record.accept(found);
        return found;
      } catch (IntegrityFailure damaged) {
        record.accept(SetCheck.unusable(open.set(), damaged));
        throw damaged;
      }
    }
  }

  /** One that lies at a path or is not published has no place for a verdict. */
  private void record(SetReads.Open open, VerifiedSet found, boolean deep) {
    Optional<SetId> id = SetId.parse(open.set().name());
    if (open.reading().isPresent() && open.catalog().isPresent() && id.isPresent()) {
      recorder.record(open.catalog().get(), id.get(), found, deep);
    }
  }

  @Override
  public VerifiedAll verifyAll(Optional<String> target, boolean deep, Cancellation cancellation) {
    SetCheck check = new SetCheck(verifier, deep, cancellation);
    return each(
        target,
        (catalog, found) -> {
          for (ListedSet listed : catalog.list()) {
            if (listed.isPublished() && listed.foreignHost().isEmpty()) {
              one(catalog, listed.id(), check, check::whole).ifPresent(found.sets::add);
            }
          }
        });
  }

  @Override
  public VerifiedAll verifySample(
      Optional<String> target, Share share, boolean deep, Cancellation cancellation) {
    SetCheck check = new SetCheck(verifier, deep, cancellation);
    return each(
        target,
        (catalog, found) -> {
          SampleChoice choice =
              SampleChoice.of(catalog, reads.locker().marksOf(catalog.target()), share);
          for (Map.Entry<SetId, Set<String>> chosen : choice.bySet().entrySet()) {
            one(catalog, chosen.getKey(), check, set -> check.sample(set, chosen.getValue()))
                .ifPresent(found.sets::add);
          }
          if (!choice.bySet().isEmpty()) {
            found.samples.add(choice.sample());
          }
        });
  }

  private VerifiedAll each(Optional<String> target, TargetWork work) {
    Findings found = new Findings(new ArrayList<>(), new ArrayList<>());
    List<StorageFailure> unread = new ArrayList<>();
    for (SetCatalog catalog : reads.finder().catalogs(target)) {
      try {
        work.on(catalog, found);
      } catch (StorageFailure failure) {
        unread.add(failure);
      }
    }
    return new VerifiedAll(found.sets, unread, found.samples);
  }

  /** Empty for a set that was deleted since it was listed. */
  private Optional<VerifiedSet> one(
      SetCatalog catalog, SetId id, SetCheck check, Function<StoredSet, VerifiedSet> read) {
    check.cancellation().throwIfCancelled();
    Optional<Reading> reading = reads.mark(catalog, id, VERIFY);
    if (reading.isEmpty()) {
      return Optional.empty();
    }
    try {
      VerifiedSet found = read(catalog.set(id), read);
      recorder.record(catalog, id, found, check.deep());
      return Optional.of(found);
    } finally {
      reading.get().close();
    }
  }

  /** Damaged checksums end the verification of their set, not that of all. */
  private static VerifiedSet read(StoredSet set, Function<StoredSet, VerifiedSet> read) {
    try {
      return read.apply(set);
    } catch (IntegrityFailure damaged) {
      return SetCheck.unusable(set, damaged);
    }
  }

  /** What is done with each target. */
  private interface TargetWork {
    void on(SetCatalog catalog, Findings found);
  }

  /** What was found so far. */
  private record Findings(List<VerifiedSet> sets, List<Sample> samples) {}
}
