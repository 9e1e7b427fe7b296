package io.holdfast.launcher.cli;

import io.holdfast.application.port.out.source.HostScout.Sighting;
import io.holdfast.launcher.config.ConfigLocator;
import io.holdfast.launcher.config.Surroundings;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code holdfast init}: looks around and writes a first configuration. */
@Command(
    name = "init",
    sortOptions = false,
    header = "Look around and write a commented holdfast.yaml.",
    description =
        "Looks for containers, volumes and PostgreSQL servers and writes what it found to "
            + "--config FILE or ./holdfast.yaml. No secret is written, only where to put it.")
final class InitCommand implements Action {

  private final Invocation invocation;

  @Option(names = "--force", description = "replace a file that exists")
  boolean force;

  @Option(names = "--print", description = "show it on stdout, and write nothing")
  boolean print;

  InitCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public Outcome run() {
    Surroundings surroundings = invocation.surroundings();
    try (Progress progress = invocation.progress()) {
      Sighting sighting =
          invocation.factory().scoutHost(progress).scout(invocation.cancellation().get());
      sighting.remarks().forEach(progress::warn);
      String text = ConfigDraft.of(sighting, surroundings.hostName(), backupFolder(surroundings));
      return print ? shown(text) : written(text, sighting);
    }
  }

  private static Outcome shown(String text) {
    return Outcome.answer(
        () -> document(Optional.empty(), text), page -> page.asIs(text), ExitCode.DONE);
  }

  private Outcome written(String text, Sighting sighting) {
    Path file =
        invocation
            .surroundings()
            .workingDirectory()
            .resolve(invocation.options().config.orElse(Path.of(ConfigLocator.FILE_NAME)))
            .normalize();
    ConfigWriter.write(file, text, force);
    return Outcome.report(
        () -> document(Optional.of(file), text),
        page ->
            page.line("wrote " + file)
                .line(
                    "found "
                        + Quantity.count(sighting.clusters().size(), "PostgreSQL server")
                        + " and "
                        + Quantity.count(sighting.volumes().size(), "volume"))
                .line("next: read it, put the passwords where it says, then `holdfast check`"),
        ExitCode.DONE);
  }

  private static Json.Fields document(Optional<Path> file, String text) {
    return Json.object()
        .put("command", "init")
        .put("file", file)
        .put("yaml", text)
        .put("exitCode", ExitCode.DONE);
  }

  private static String backupFolder(Surroundings surroundings) {
    boolean root = surroundings.userName().equals("root");
    return root
        ? "/var/backups/holdfast"
        : surroundings.variable("HOME").orElse("/var/tmp") + "/backups/holdfast";
  }
}
