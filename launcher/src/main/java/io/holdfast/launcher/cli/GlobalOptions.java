package io.holdfast.launcher.cli;

import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The program itself: the options that work before and after every command. */
@Command(
    name = "holdfast",
    description =
        "Backs up PostgreSQL databases and Podman volumes as one set, proves that it restores,"
            + " brings it back.",
    synopsisSubcommandLabel = "COMMAND",
    versionProvider = Version.class,
    sortOptions = false,
    footer = {
      "",
      "Exit codes: 0 done, 1 a bug, 2 wrong usage, 3 done in part, 10 configuration,",
      "11 source (database, podman), 12 storage, 13 integrity, 14 busy, ",
      "15 an objective is missed, 130 interrupted.",
      "Start with `holdfast init`; docs/commands.md tells all."
    })
final class GlobalOptions {

  @Option(
      names = "--config",
      paramLabel = "FILE",
      scope = ScopeType.INHERIT,
      description =
          "the configuration; default: $$HOLDFAST_CONFIG, ./holdfast.yaml,"
              + " $$XDG_CONFIG_HOME/holdfast/holdfast.yaml, /etc/holdfast/holdfast.yaml")
  Optional<Path> config = Optional.empty();

  @Option(
      names = "--json",
      scope = ScopeType.INHERIT,
      description = "one JSON document on stdout instead of text")
  boolean json;

  @Option(
      names = "--quiet",
      scope = ScopeType.INHERIT,
      description = "say nothing when all goes well: no progress, no warnings, no report")
  boolean quiet;

  @Option(
      names = "--debug",
      scope = ScopeType.INHERIT,
      description = "every detail on stderr, and stack traces")
  boolean debug;

  @Option(
      names = "--log-format",
      paramLabel = "FORMAT",
      scope = ScopeType.INHERIT,
      description =
          "what goes to stderr: text, a line an event, or json, an object a line; without it text,"
              + " with a bar on a terminal")
  Optional<LogFormat> logFormat = Optional.empty();

  @Option(names = "--no-color", scope = ScopeType.INHERIT, description = "no colours")
  boolean noColor;

  @Option(
      names = "--version",
      versionHelp = true,
      scope = ScopeType.INHERIT,
      description = "the version, and no more")
  boolean version;

  @Option(names = "--help", usageHelp = true, scope = ScopeType.INHERIT, description = "this help")
  boolean help;
}
