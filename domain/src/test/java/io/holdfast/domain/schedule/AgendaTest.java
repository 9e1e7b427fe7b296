package io.holdfast.domain.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AgendaTest {

  private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
  private static final Entry BACKUP = entry("backup", Duration.ofMinutes(60));
  private static final Entry VERIFY = entry("verify", Duration.ofMinutes(90));

  @Test
  void a_first_start_has_missed_nothing() {
    Agenda agenda = begin(NOON, Map.of(), BACKUP, VERIFY);

    assertThat(agenda.due(NOON)).isEmpty();
    assertThat(agenda.due(NOON.plusSeconds(3_599))).isEmpty();
    assertThat(agenda.next()).contains(new Agenda.Due(BACKUP, NOON.plusSeconds(3_600)));
    assertThat(agenda.due(NOON.plusSeconds(3_600)))
        .contains(new Agenda.Due(BACKUP, NOON.plusSeconds(3_600)));
    assertThat(agenda.upcoming())
        .containsExactly(
            new Agenda.Due(BACKUP, NOON.plusSeconds(3_600)),
            new Agenda.Due(VERIFY, Instant.parse("2026-11-22T13:30:00Z")));
  }

  @Test
  void what_was_missed_any_number_of_times_is_run_once() {
    Agenda agenda = begin(NOON, Map.of("backup", served(BACKUP, "2026-11-19T12:10:00Z")), BACKUP);

    Agenda.Due due = agenda.due(NOON).orElseThrow();
    assertThat(due.at()).isEqualTo("2026-11-19T13:00:00Z");
    Agenda after = agenda.begun(BACKUP, NOON).ended(BACKUP);
    assertThat(after.due(NOON)).isEmpty();
    assertThat(after.next()).map(Agenda.Due::at).contains(NOON.plusSeconds(3_600));
  }

  @Test
  void what_was_missed_is_forgotten_where_it_shall_not_be_caught_up() {
    Map<String, Standing> remembered =
        Map.of("backup", new Standing("60", NOON.minusSeconds(9_999), Standing.State.BEGUN));

    Agenda agenda = Agenda.of(List.of(BACKUP), Jitter.NONE, false, remembered, NOON);

    assertThat(agenda.due(NOON)).isEmpty();
  }

  @Test
  void the_one_that_has_waited_longest_comes_first() {
    Agenda agenda =
        begin(
            NOON,
            Map.of(
                "backup", served(BACKUP, "2026-11-22T10:30:00Z"),
                "verify", served(VERIFY, "2026-11-22T08:00:00Z")),
            BACKUP,
            VERIFY);

    assertThat(agenda.due(NOON)).map(due -> due.entry().name()).contains("verify");
    assertThat(agenda.begun(VERIFY, NOON).ended(VERIFY).due(NOON))
        .map(due -> due.entry().name())
        .contains("backup");
  }

  @Test
  void what_falls_due_twice_while_another_is_at_work_is_run_once() {
    Agenda busy = begin(NOON, Map.of(), BACKUP, VERIFY).begun(VERIFY, NOON.plusSeconds(10));
    Instant later = NOON.plus(Duration.ofMinutes(150));
    Agenda free = busy.ended(VERIFY);

    assertThat(free.due(later)).map(due -> due.entry().name()).contains("backup");
    Agenda once = free.begun(BACKUP, later).ended(BACKUP);
    assertThat(once.due(later)).map(due -> due.entry().name()).contains("verify");
    assertThat(once.begun(VERIFY, later).ended(VERIFY).due(later)).isEmpty();
  }

  @Test
  void a_run_that_was_cut_off_is_repeated_once() {
    Standing cut = new Standing("60", NOON.minusSeconds(60), Standing.State.BEGUN);
    Agenda found = begin(NOON, Map.of("backup", cut), BACKUP);
    assertThat(found.due(NOON)).contains(new Agenda.Due(BACKUP, NOON.minusSeconds(60)));

    Agenda repeating = found.begun(BACKUP, NOON);
    assertThat(repeating.standings().get("backup"))
        .isEqualTo(new Standing("60", NOON, Standing.State.REPEATED));
    Agenda foundAgain = begin(NOON.plusSeconds(5), repeating.standings(), BACKUP);
    assertThat(foundAgain.due(NOON.plusSeconds(5))).isEmpty();
    assertThat(foundAgain.begun(BACKUP, NOON).standings().get("backup"))
        .isEqualTo(new Standing("60", NOON, Standing.State.BEGUN));
  }

  @Test
  void a_run_that_has_ended_is_remembered_with_its_beginning() {
    Agenda ended = begin(NOON, Map.of(), BACKUP).begun(BACKUP, NOON).ended(BACKUP);

    assertThat(ended.standings())
        .isEqualTo(Map.of("backup", new Standing("60", NOON, Standing.State.SERVED)));
  }

  @Test
  void an_entry_with_other_times_is_a_new_one() {
    Standing other = new Standing("61", NOON.minusSeconds(99_999), Standing.State.SERVED);

    assertThat(begin(NOON, Map.of("backup", other), BACKUP).due(NOON)).isEmpty();
  }

  @Test
  void a_clock_that_was_wrong_by_days_does_not_silence_an_entry_for_days() {
    Agenda future = begin(NOON, Map.of("backup", served(BACKUP, "2026-11-29T12:00:00Z")), BACKUP);
    assertThat(future.next()).map(Agenda.Due::at).contains(NOON.plusSeconds(3_600));

    Agenda jumped =
        begin(NOON, Map.of(), BACKUP).begun(BACKUP, NOON.plus(Duration.ofDays(3))).ended(BACKUP);
    assertThat(jumped.settled(NOON).next()).map(Agenda.Due::at).contains(NOON.plusSeconds(3_600));
  }

  @Test
  void a_clock_that_is_set_right_does_not_run_anything_twice() {
    Instant hour = NOON.plus(Duration.ofHours(1));
    Agenda agenda = begin(NOON, Map.of(), BACKUP).begun(BACKUP, hour).ended(BACKUP);

    assertThat(agenda.settled(NOON).due(hour)).isEmpty();
    assertThat(agenda.settled(NOON.minusSeconds(1)).next()).map(Agenda.Due::at).contains(NOON);
  }

  @Test
  void an_entry_without_a_time_is_never_due() {
    Entry never =
        new Entry(
            "never",
            "never",
            new Times() {
              @Override
              public Optional<Instant> after(Instant moment) {
                return Optional.empty();
              }

              @Override
              public Optional<Instant> upTo(Instant moment) {
                return Optional.empty();
              }
            });
    assertThat(begin(NOON, Map.of(), never).next()).isEmpty();
    assertThatThrownBy(() -> begin(NOON, Map.of(), never).begun(BACKUP, NOON))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("backup");
  }

  @Test
  void jitter_spreads_hosts_and_nights_and_stays_far_from_the_next_time() {
    Set<Long> delays = new HashSet<>();
    for (int host = 0; host < 200; host++) {
      Jitter jitter = new Jitter(Duration.ofMinutes(5), "host-" + host);
      Instant at = jitter.after(BACKUP, NOON);
      assertThat(at).isBetween(NOON, NOON.plusSeconds(300)).isEqualTo(jitter.after(BACKUP, NOON));
      delays.add(Duration.between(NOON, at).toSeconds());
      Instant capped = new Jitter(Duration.ofHours(9), "host-" + host).after(BACKUP, NOON);
      assertThat(capped).isBetween(NOON, NOON.plusSeconds(1_800));
    }
    assertThat(delays).hasSizeGreaterThan(100).contains(0L, 300L);
    Jitter one = new Jitter(Duration.ofMinutes(5), "host");
    assertThat(Duration.between(NOON, one.after(BACKUP, NOON)))
        .isNotEqualTo(Duration.between(NOON, one.after(VERIFY, NOON)));
    assertThat(Jitter.NONE.after(BACKUP, NOON)).isEqualTo(NOON);
  }

  @Test
  void a_run_is_due_at_its_time_and_its_jitter() {
    Jitter jitter = new Jitter(Duration.ofMinutes(5), "host");
    Agenda agenda = Agenda.of(List.of(BACKUP), jitter, true, Map.of(), NOON);
    Instant hour = NOON.plusSeconds(3_600);

    assertThat(jitter.after(BACKUP, hour)).isAfter(hour);
    assertThat(agenda.next()).map(Agenda.Due::at).contains(jitter.after(BACKUP, hour));
    assertThat(agenda.due(hour)).isEmpty();
  }

  private static Agenda begin(Instant now, Map<String, Standing> remembered, Entry... entries) {
    return Agenda.of(List.of(entries), Jitter.NONE, true, remembered, now);
  }

  private static Standing served(Entry entry, String upTo) {
    return new Standing(entry.expression(), Instant.parse(upTo), Standing.State.SERVED);
  }

  /** Every so often since the epoch. */
  private static Entry entry(String name, Duration every) {
    long step = every.toSeconds();
    return new Entry(
        name,
        Long.toString(every.toMinutes()),
        new Times() {
          @Override
          public Optional<Instant> after(Instant moment) {
            return Optional.of(Instant.ofEpochSecond((moment.getEpochSecond() / step + 1) * step));
          }

          @Override
          public Optional<Instant> upTo(Instant moment) {
            return Optional.of(Instant.ofEpochSecond(moment.getEpochSecond() / step * step));
          }
        });
  }
}
