package io.holdfast.domain.schedule;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Decides what is due: of several entries the one that has waited longest, and one run for any
 * number of times that were missed. A run that was cut off, by a loss of power say, is repeated
 * once; not more often, for it may be what brought the machine down.
 */
public final class Agenda {

  /** A clock that was put back by more was wrong; by less, it was set right. */
  private static final Duration WRONG_CLOCK = Duration.ofHours(1);

  private final List<Entry> entries;
  private final Map<String, Standing> standings;
  private final Jitter jitter;

  private Agenda(List<Entry> entries, Map<String, Standing> standings, Jitter jitter) {
    this.entries = entries;
    this.standings = standings;
    this.jitter = jitter;
  }

  /**
   * Begins with what is remembered. An entry of which nothing is remembered has missed nothing.
   *
   * @param catchUp false to forget what was missed or cut off
   */
  public static Agenda of(
      List<Entry> entries,
      Jitter jitter,
      boolean catchUp,
      Map<String, Standing> remembered,
      Instant now) {
    Map<String, Standing> standings = new LinkedHashMap<>();
    for (Entry entry : entries) {
      standings.put(
          entry.name(),
          Optional.ofNullable(remembered.get(entry.name()))
              .filter(known -> catchUp && known.expression().equals(entry.expression()))
              .map(Agenda::resumed)
              .orElseGet(() -> served(entry, now)));
    }
    return new Agenda(List.copyOf(entries), standings, jitter).settled(now);
  }

  /** The same by a clock that shows another time: what was served in the future is forgotten. */
  public Agenda settled(Instant now) {
    Map<String, Standing> settled = new LinkedHashMap<>(standings);
    for (Entry entry : entries) {
      if (standingOf(entry).upTo().isAfter(now.plus(WRONG_CLOCK))) {
        settled.put(entry.name(), served(entry, now));
      }
    }
    return new Agenda(entries, settled, jitter);
  }

  /** What is due; empty when nothing is. */
  public Optional<Due> due(Instant now) {
    return upcoming().stream().filter(due -> !due.at().isAfter(now)).findFirst();
  }

  /** What is due first, now or later; empty when nothing ever is. */
  public Optional<Due> next() {
    return upcoming().stream().findFirst();
  }

  /** What is next of each entry, in the order of their times. */
  public List<Due> upcoming() {
    List<Due> upcoming = new ArrayList<>();
    for (Entry entry : entries) {
      dueTime(entry).ifPresent(at -> upcoming.add(new Due(entry, at)));
    }
    upcoming.sort(Comparator.comparing(Due::at));
    return upcoming;
  }

  /** The same with a run begun: whatever was due of its entry until now is served by it. */
  public Agenda begun(Entry entry, Instant now) {
    Standing.State state =
        standingOf(entry).state() == Standing.State.BEGUN
            ? Standing.State.REPEATED
            : Standing.State.BEGUN;
    return with(entry, new Standing(entry.expression(), now, state));
  }

  /** The same with that run ended, well or not. */
  public Agenda ended(Entry entry) {
    return with(entry, served(entry, standingOf(entry).upTo()));
  }

  /** What is to be remembered, by the entries' names. */
  public Map<String, Standing> standings() {
    return Map.copyOf(standings);
  }

  /**
   * A run that is due.
   *
   * @param entry of what
   * @param at since when, or from when on
   */
  public record Due(Entry entry, Instant at) {}

  private Optional<Instant> dueTime(Entry entry) {
    Standing standing = standingOf(entry);
    if (standing.state() == Standing.State.BEGUN) {
      return Optional.of(standing.upTo());
    }
    return entry.times().after(standing.upTo()).map(time -> jitter.after(entry, time));
  }

  private Standing standingOf(Entry entry) {
    Standing standing = standings.get(entry.name());
    if (standing == null) {
      throw new IllegalArgumentException("not an entry of this agenda: " + entry.name());
    }
    return standing;
  }

  private Agenda with(Entry entry, Standing standing) {
    Map<String, Standing> changed = new LinkedHashMap<>(standings);
    changed.put(entry.name(), standing);
    return new Agenda(entries, changed, jitter);
  }

  private static Standing resumed(Standing known) {
    return known.state() == Standing.State.REPEATED
        ? new Standing(known.expression(), known.upTo(), Standing.State.SERVED)
        : known;
  }

  private static Standing served(Entry entry, Instant upTo) {
    return new Standing(entry.expression(), upTo, Standing.State.SERVED);
  }
}
