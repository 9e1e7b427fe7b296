package io.holdfast.launcher.cli;

import io.holdfast.application.port.failure.IntegrityFailure;
import io.holdfast.application.port.failure.UsageFailure;
import io.holdfast.application.port.out.command.Cancellation;
import io.holdfast.application.port.out.source.ContainerRecreation;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Writes how the containers of a set are made, for other programs. Overwrites nothing. */
final class ContainerFiles {

  private final Invocation invocation;
  private final Optional<Path> kube;
  private final Optional<Path> quadlet;
  private final List<String> files = new ArrayList<>();
  private final Set<String> notes = new LinkedHashSet<>();

  ContainerFiles(Invocation invocation, Optional<Path> kube, Optional<Path> quadlet) {
    this.invocation = invocation;
    this.kube = kube;
    this.quadlet = quadlet;
  }

  Outcome write(SelectedSet selected, Cancellation cancellation) {
    try (Progress progress = invocation.progress();
        Session session = invocation.open(selected.needs().withSources(false, true), progress)) {
      kube.ifPresent(
          file -> {
            ContainerRecreation.Written written =
                written(session, selected, ContainerRecreation.Form.KUBE, cancellation);
            written.files().forEach(text -> write(absolute(file), text.text()));
          });
      quadlet.ifPresent(
          folder -> {
            ContainerRecreation.Written written =
                written(session, selected, ContainerRecreation.Form.QUADLET, cancellation);
            written
                .files()
                .forEach(text -> write(inside(absolute(folder), text.name()), text.text()));
          });
    }
    return Outcome.report(
        () ->
            Supervision.json(
                Json.object()
                    .put("command", "restore")
                    .put("files", files)
                    .put("notes", List.copyOf(notes)),
                ExitCode.DONE),
        page -> {
          files.forEach(file -> page.line(Style.GOOD, "WRITTEN ", "  " + file));
          notes.forEach(note -> page.line(Style.DOUBTFUL, "  warning: ", note));
        },
        ExitCode.DONE);
  }

  private ContainerRecreation.Written written(
      Session session,
      SelectedSet selected,
      ContainerRecreation.Form form,
      Cancellation cancellation) {
    ContainerRecreation.Written written =
        session.recreateHost().write(selected.selector(), form, cancellation);
    notes.addAll(written.notes());
    return written;
  }

  /** Names come from the set: none leads out of the folder. */
  private static Path inside(Path folder, String name) {
    if (name.indexOf('/') >= 0 || name.indexOf(0) >= 0) {
      throw new IntegrityFailure(
          "A container or volume of the set is named " + SafeText.line(name) + ".",
          "The set is damaged or doctored; choose another one.");
    }
    return folder.resolve(name);
  }

  private Path absolute(Path path) {
    return invocation.surroundings().workingDirectory().resolve(path);
  }

  /** For its owner alone: what somebody did not call a secret may be one. */
  private void write(Path file, String text) {
    try {
      Path folder = Optional.ofNullable(file.getParent()).orElse(file);
      Files.createDirectories(folder);
      Files.createFile(
          file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      Files.write(file, text.getBytes(StandardCharsets.UTF_8), StandardOpenOption.WRITE);
      files.add(file.toString());
    } catch (FileAlreadyExistsException e) {
      throw new UsageFailure(file + " exists", "remove it, or name another place");
    } catch (IOException e) {
      throw new UsageFailure(
          file + " cannot be written: " + e.getMessage(), "name a place where you may write");
    }
  }
}
