package io.holdfast.launcher.cli;

import io.holdfast.application.port.in.ReportRecovery.PastSet;
import io.holdfast.application.port.in.ReportRecovery.PastState;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The sets of a target by the day on which they were begun. */
final class ReportDays {

  private final ZoneId zone;
  private final Map<LocalDate, List<PastSet>> days;

  ReportDays(List<PastSet> sets, ZoneId zone) {
    this.zone = zone;
    this.days = sets.stream().collect(Collectors.groupingBy(set -> dayOf(set.id().begun())));
  }

  LocalDate dayOf(Instant moment) {
    return moment.atZone(zone).toLocalDate();
  }

  /** Every day of a time, oldest first. */
  Stream<LocalDate> between(Instant first, Instant last) {
    return dayOf(first).datesUntil(dayOf(last).plusDays(1));
  }

  /** Those of a day, newest first. */
  List<PastSet> of(LocalDate day) {
    return days.getOrDefault(day, List.of());
  }

  /** What one could go back to at best. */
  Optional<PastState> best(LocalDate day) {
    return of(day).stream().map(PastSet::state).min(Comparator.naturalOrder());
  }
}
