package io.holdfast.operations.hook;

import io.holdfast.application.history.RunHooks;
import io.holdfast.application.port.out.command.Cancellation;
import io.holdfast.application.port.out.source.HealthProbe;
import io.holdfast.domain.history.RunKind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Looks whether the operator's own programs around runs are there. Runs none of them. */
public final class HookProbe implements HealthProbe {

  private final Map<RunKind, RunHooks> hooks;
  private final String searchPath;
  private final Path workingDirectory;

  /**
   * @param hooks the programs, by the runs that they stand around
   * @param searchPath where programs are looked for that are named without a folder
   * @param workingDirectory where a relative path begins
   */
  public HookProbe(Map<RunKind, RunHooks> hooks, String searchPath, Path workingDirectory) {
    this.hooks = new EnumMap<>(RunKind.class);
    this.hooks.putAll(hooks);
    this.searchPath = searchPath;
    this.workingDirectory = workingDirectory;
  }

  @Override
  public List<Finding> probe(Cancellation cancellation) {
    List<Finding> findings = new ArrayList<>();
    hooks.forEach(
        (kind, around) -> {
          look(kind, "before", around.before(), findings);
          look(kind, "after", around.after(), findings);
          look(kind, "on-failure", around.onFailure(), findings);
        });
    return findings;
  }

  private void look(
      RunKind kind, String phase, List<List<String>> programs, List<Finding> findings) {
    for (List<String> argv : programs) {
      String subject = "hook " + phase + " " + kind.command();
      findings.add(look(subject, argv.get(0)));
    }
  }

  private Finding look(String subject, String program) {
    List<Path> candidates = candidates(program);
    if (candidates.stream().anyMatch(HookProbe::isProgram)) {
      return new Finding(subject, Level.OK, program, "");
    }
    if (candidates.stream().anyMatch(Files::isRegularFile)) {
      return new Finding(
          subject,
          Level.FAILED,
          program + " may not be run by this user",
          "Make it executable: chmod u+x " + program);
    }
    return new Finding(
        subject,
        Level.FAILED,
        "there is no program " + program + " on this host",
        program.indexOf('/') >= 0
            ? "Put it there, or correct hooks: in the configuration."
            : "Install it, or name it with its folder in hooks: of the configuration.");
  }

  private List<Path> candidates(String program) {
    if (program.indexOf('/') >= 0) {
      return List.of(workingDirectory.resolve(program));
    }
    return Stream.of(searchPath.split(":", -1))
        .map(folder -> workingDirectory.resolve(folder).resolve(program))
        .toList();
  }

  private static boolean isProgram(Path file) {
    return Files.isRegularFile(file) && Files.isExecutable(file);
  }
}
