package io.holdfast.application.catalog;

import io.holdfast.application.port.failure.Failure;
import io.holdfast.application.port.out.store.MetadataCodec;
import io.holdfast.application.port.out.store.Pin;
import io.holdfast.application.port.out.store.Verdict;
import io.holdfast.domain.backup.SetId;
import io.holdfast.domain.recovery.DrillRecord;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * What lies about the sets of one target, beside them and not in them: pins, the marks of those who
 * read, what verifications have found, and what drills have shown. Works on any store; every
 * question about all sets is one listing, and a read for each mark.
 *
 * <p>Between a reader and a deletion there is no lock. A reader marks the set first, and then reads
 * its checksums, which it finds or not. Whoever deletes looks for readers first, then removes the
 * checksums, and looks again ({@link #isInUse}) before anything else goes: of the two, at least the
 * second look finds a reader that has found the checksums, and it needs the other files alone. With
 * a pin it is the same: it is written first, then the set is looked for.
 */
public final class SetMarks {

  private final Target target;
  private final Presence presence;
  private final PinFolder pins;
  private final ReaderFolder readers;
  private final VerdictFolder verdicts;
  private final DrillFolder drills;

  public SetMarks(Target target, MetadataCodec codec, Presence presence) {
    this.target = target;
    this.presence = presence;
    this.pins = new PinFolder(target.store(), codec);
    this.readers = new ReaderFolder(target.store(), codec);
    this.verdicts = new VerdictFolder(target.store(), codec);
    this.drills = new DrillFolder(target.store(), codec);
  }

  /** Every pin, those of sets that are not there among them. */
  public Map<SetId, Pin> pins() {
    return pins.all();
  }

  /** The pin of one set. */
  public Optional<Pin> pin(SetId set) {
    return pins.of(set);
  }

  /**
   * Pins a set, be it there yet or not.
   *
   * @return false when it is pinned already; that pin stays as it is
   */
  public boolean pin(SetId set, Pin pin) {
    return pins.add(set, pin);
  }

  /** Removes a pin. One that is not there is no failure. */
  public void unpin(SetId set) {
    pins.remove(set);
  }

  /** The sets that a restore, verification or copy is reading, on whatever host. */
  public Set<SetId> inUse() {
    return readers.live(MarkKeys.READERS.folder(), presence::isGone);
  }

  /** True when somebody is reading a set. */
  public boolean isInUse(SetId set) {
    return !readers.live(MarkKeys.READERS.prefixOf(set), presence::isGone).isEmpty();
  }

  /**
   * Marks a set as being read until the result is closed. Whether the set is there is to be looked
   * at after that.
   *
   * @param command what for: {@code restore}
   * @param trouble told why the mark could not be written or removed, maybe in another thread; the
   *     set can be read all the same
   */
  public Reading reading(String command, SetId set, Consumer<Failure> trouble) {
    return new Reading(
        readers.beatsOf(
            presence.self(command, Optional.of(set)).expiringAfter(presence.terms().expiry()), set),
        presence.terms(),
        target.name(),
        trouble);
  }

  /**
   * The newest verdict on each set that has any; damage stands until all that the one that found it
   * had read was read again.
   */
  public Map<SetId, Verdict> verdicts() {
    Map<SetId, Verdict> newest = new TreeMap<>();
    verdicts.all().forEach((set, standing) -> newest.put(set, worst(standing)));
    return newest;
  }

  /** The same of one set. */
  public Optional<Verdict> verdict(SetId set) {
    List<Verdict> standing = verdicts.of(set);
    return standing.isEmpty() ? Optional.empty() : Optional.of(worst(standing));
  }

  /** Every verdict that no newer ones supersede, newest first. */
  public Map<SetId, List<Verdict>> history() {
    return verdicts.all();
  }

  /** Writes a verdict down, and removes those that it supersedes. */
  public void record(SetId set, Verdict verdict) {
    verdicts.add(set, verdict);
  }

  /** The newest results of drills of each set that has any, newest first. */
  public Map<SetId, List<DrillRecord>> drills() {
    return drills.all();
  }

  /** Writes what a drill has shown of a set; the oldest results of the set go. */
  public void record(DrillRecord drill) {
    drills.add(drill);
  }

  /** Removes everything about a set that was deleted. */
  public void forget(SetId set) {
    pins.remove(set);
    readers.removeAll(set);
    verdicts.removeAll(set);
    drills.removeAll(set);
  }

  private static Verdict worst(List<Verdict> standing) {
    return standing.stream()
        .filter(verdict -> !verdict.whole())
        .findFirst()
        .orElseGet(() -> standing.get(0));
  }
}
