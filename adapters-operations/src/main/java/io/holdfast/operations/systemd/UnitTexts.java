package io.holdfast.operations.systemd;

import io.holdfast.application.port.out.schedule.TimerUnits.Plan;
import io.holdfast.application.port.out.schedule.TimerUnits.TimedCommand;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** Writes the text of units, each directive with its reason. */
final class UnitTexts {

  private static final String MARK = "# Made by `holdfast schedule install`";
  private static final String CONFIGURATION = "# Configuration: ";

  private final Plan plan;
  private final boolean user;

  UnitTexts(Plan plan, boolean user) {
    this.plan = plan;
    this.user = user;
  }

  /** True when Holdfast has made a unit. */
  static boolean isOwn(String text) {
    return text.startsWith(MARK);
  }

  /** The configuration whose schedule a unit keeps. */
  static Optional<String> configurationOf(String text) {
    return text.lines()
        .filter(line -> line.startsWith(CONFIGURATION))
        .map(line -> line.substring(CONFIGURATION.length()))
        .findFirst();
  }

  String timer(TimedCommand command, List<String> calendar) {
    List<String> lines = head(UnitNames.timer(command.name()));
    lines.add("[Unit]");
    lines.add("Description=When Holdfast runs " + command.name());
    lines.add("");
    lines.add("[Timer]");
    lines.add(
        "# " + command.cron() + " by the clock of " + plan.zone().getId() + ". Single moments");
    lines.add("# are those after a gap of the clock, which systemd by itself would pass over.");
    calendar.forEach(line -> lines.add("OnCalendar=" + line));
    lines.add("# What was missed while the host was down is made good, once.");
    lines.add("Persistent=" + plan.catchUp());
    lines.add("# So that a fleet does not come at once.");
    lines.add("RandomizedDelaySec=" + plan.jitter().toSeconds() + "s");
    lines.add("AccuracySec=1s");
    lines.add("");
    lines.add("[Install]");
    lines.add("WantedBy=timers.target");
    return text(lines);
  }

  String service(TimedCommand command) {
    List<String> lines = head(UnitNames.service(command.name()));
    lines.add("[Unit]");
    lines.add("Description=Holdfast: " + command.name());
    if (!user) {
      lines.add("Wants=network-online.target");
      lines.add("After=network-online.target");
    }
    lines.add("");
    lines.add("[Service]");
    lines.add("Type=oneshot");
    lines.add("ExecStart=" + UnitWord.commandLine(argv(command)));
    new TreeMap<>(plan.environment())
        .forEach((name, value) -> lines.add("Environment=" + UnitWord.variable(name, value)));
    lines.add("# Secrets that the configuration refers to by ${env:NAME}; mode 0600.");
    lines.add("EnvironmentFile=-" + UnitWord.path(plan.config().resolveSibling("environment")));
    lines.add("# Every exit code but 0 fails the unit, 3 (done in part) too: it has to be seen.");
    lines.add(
        "# SIGTERM to Holdfast alone, which ends what it has started, resumes containers and");
    lines.add("# takes away what is half written; what is left after a minute is killed.");
    lines.add("KillMode=mixed");
    lines.add("TimeoutStopSec=60");
    lines.add("TimeoutStartSec=infinity");
    lines.add("# The host's own work goes first.");
    lines.add("Nice=10");
    lines.add("IOSchedulingClass=best-effort");
    lines.add("IOSchedulingPriority=7");
    lines.add("# What it writes is for its owner; a core would hold secrets.");
    lines.add("UMask=0077");
    lines.add("LimitCORE=0");
    lines.addAll(Sandbox.of(command.needsPodman(), user));
    return text(lines);
  }

  private List<String> argv(TimedCommand command) {
    List<String> argv = new ArrayList<>();
    argv.add(plan.launcher().toString());
    argv.add("--config");
    argv.add(plan.config().toString());
    argv.addAll(command.command());
    return argv;
  }

  private List<String> head(String name) {
    List<String> lines = new ArrayList<>();
    lines.add(MARK + ", which writes it anew each time.");
    lines.add("# Changes of your own: systemctl " + (user ? "--user " : "") + "edit " + name);
    lines.add(CONFIGURATION + plan.config());
    return lines;
  }

  private static String text(List<String> lines) {
    return String.join("\n", lines) + "\n";
  }
}
