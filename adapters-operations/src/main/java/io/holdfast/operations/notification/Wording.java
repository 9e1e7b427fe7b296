package io.holdfast.operations.notification;

import io.holdfast.domain.history.Run;
import io.holdfast.domain.history.RunEnding;
import io.holdfast.domain.history.RunFacts.ArtifactFact;
import io.holdfast.domain.history.RunFacts.TargetFact;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** News in words: a line, a few lines, a page. */
final class Wording {

  /** What names ten faults has made its point; the whole report is in {@code holdfast history}. */
  private static final int FEW = 10;

  private static final int MANY = 200;
  private static final int LONGEST_LINE = 1000;
  private static final String[] UNITS = {"B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"};

  private Wording() {}

  /** One line: {@code umig-dev: backup FAILED (exit 12)}. */
  static String line(News news) {
    return oneLine(news.host() + ": " + headline(news));
  }

  /** A few lines, for a chat. */
  static String summary(News news) {
    List<String> lines = new ArrayList<>(List.of(line(news)));
    news.missed().stream().limit(FEW).forEach(lines::add);
    news.run().flatMap(Run::ending).ifPresent(end -> addSummary(end, lines));
    return joined(lines);
  }

  /** A page, for mail. */
  static String page(News news) {
    List<String> lines = new ArrayList<>(List.of(line(news), ""));
    if (news.occasion().isEmpty()) {
      lines.add("This is a test, sent by `holdfast check --notify`. Nothing is wrong.");
    }
    news.missed().stream().limit(MANY).forEach(lines::add);
    news.run().ifPresent(run -> addRun(run, lines));
    return joined(lines);
  }

  /** What became of a run, in a word: {@code FAILED}. */
  static String outcome(RunEnding end) {
    return switch (end.outcome()) {
      case SUCCEEDED -> "succeeded";
      case PARTIAL -> "PARTIAL";
      case FAILED -> "FAILED";
      case INTERRUPTED -> "was interrupted";
    };
  }

  /** Without what could begin a new line or command a terminal. */
  static String oneLine(String text) {
    StringBuilder line = new StringBuilder();
    text.codePoints()
        .limit(LONGEST_LINE)
        .map(c -> Character.isISOControl(c) ? ' ' : c)
        .forEach(line::appendCodePoint);
    return line.toString();
  }

  private static String headline(News news) {
    Optional<Occasion> occasion = news.occasion();
    if (occasion.isEmpty()) {
      return "a test message";
    }
    return switch (occasion.get()) {
      case FAILURE, PARTIAL -> news.run().map(Wording::ended).orElse("");
      case RECOVERY -> news.run().map(run -> run.kind().command() + " works again").orElse("");
      case OBJECTIVE ->
          news.missed().isEmpty() ? "all objectives are met again" : "an objective is MISSED";
    };
  }

  private static String ended(Run run) {
    String command = run.kind().command();
    return run.ending()
        .map(end -> command + " " + outcome(end) + " (exit " + end.exitCode() + ")")
        .orElse(command);
  }

  private static void addSummary(RunEnding end, List<String> lines) {
    end.failure().ifPresent(lines::add);
    List<String> failed = new ArrayList<>();
    end.facts().artifacts().forEach(fact -> add(fact.name(), fact.failure(), failed));
    end.facts().targets().forEach(fact -> add("target " + fact.name(), fact.failure(), failed));
    failed.stream().limit(FEW).forEach(lines::add);
    if (failed.size() > FEW) {
      lines.add("and " + (failed.size() - FEW) + " more");
    }
    if (failed.isEmpty() && end.failure().isEmpty()) {
      end.facts().warnings().stream().limit(FEW).forEach(lines::add);
    }
    if (!end.hint().isEmpty()) {
      lines.add("To do: " + end.hint());
    }
  }

  private static void add(String name, Optional<String> failure, List<String> failed) {
    failure.ifPresent(reason -> failed.add(name + ": " + reason));
  }

  private static void addRun(Run run, List<String> lines) {
    run.ending().flatMap(RunEnding::failure).ifPresent(why -> lines.add("What:    " + why));
    run.ending()
        .map(RunEnding::hint)
        .filter(hint -> !hint.isEmpty())
        .ifPresent(hint -> lines.add("To do:   " + hint));
    lines.add("Run:     " + run.id());
    lines.add("Started: " + run.started().truncatedTo(ChronoUnit.SECONDS));
    run.took().ifPresent(took -> lines.add("Took:    " + duration(took)));
    run.ending().ifPresent(end -> addFacts(end, lines));
    lines.add("");
    lines.add("`holdfast history " + run.id() + "` tells all of it.");
  }

  private static void addFacts(RunEnding end, List<String> lines) {
    List<String> sets = end.facts().sets().stream().limit(FEW).map(Object::toString).toList();
    if (!sets.isEmpty()) {
      lines.add("Sets:    " + String.join(", ", sets));
    }
    addList("Artifacts", end.facts().artifacts().stream().map(Wording::artifact).toList(), lines);
    addList("Targets", end.facts().targets().stream().map(Wording::target).toList(), lines);
    addList("Warnings", end.facts().warnings(), lines);
  }

  private static void addList(String title, List<String> items, List<String> lines) {
    if (items.isEmpty()) {
      return;
    }
    lines.add("");
    lines.add(title + ":");
    // What failed comes first: it must not be what is left out.
    items.stream()
        .sorted((a, b) -> rank(a) - rank(b))
        .limit(MANY)
        .forEach(i -> lines.add("  " + i));
    if (items.size() > MANY) {
      lines.add("  and " + (items.size() - MANY) + " more");
    }
  }

  private static int rank(String item) {
    return item.startsWith("FAILED ") ? 0 : 1;
  }

  private static String artifact(ArtifactFact fact) {
    return fact.failure()
        .map(reason -> "FAILED " + fact.name() + ": " + reason)
        .orElseGet(() -> "ok     " + fact.name() + ", " + bytes(fact.storedBytes()));
  }

  private static String target(TargetFact fact) {
    return fact.failure()
        .map(reason -> "FAILED " + fact.name() + ": " + reason)
        .orElseGet(() -> "ok     " + fact.name());
  }

  private static String bytes(long bytes) {
    double value = bytes;
    int unit = 0;
    while (value >= 1024 && unit < UNITS.length - 1) {
      value /= 1024;
      unit++;
    }
    return unit == 0 ? bytes + " B" : String.format(Locale.ROOT, "%.1f %s", value, UNITS[unit]);
  }

  private static String duration(Duration took) {
    long seconds = took.toSeconds();
    return seconds < 60
        ? seconds + " s"
        : seconds < 3600
            ? seconds / 60 + " min " + seconds % 60 + " s"
            : seconds / 3600 + " h " + seconds / 60 % 60 + " min";
  }

  private static String joined(List<String> lines) {
    StringBuilder text = new StringBuilder();
    lines.forEach(line -> text.append(oneLine(line)).append('\n'));
    return text.toString();
  }
}
