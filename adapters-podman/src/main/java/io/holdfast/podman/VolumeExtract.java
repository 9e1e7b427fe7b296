package io.holdfast.podman;

import io.holdfast.application.port.failure.FailureKind;
import io.holdfast.application.port.failure.IntegrityFailure;
import io.holdfast.application.port.failure.SourceFailure;
import io.holdfast.application.port.out.command.Cancellation;
import io.holdfast.application.port.out.command.CommandIo;
import io.holdfast.application.port.out.command.CommandResult;
import io.holdfast.application.port.out.source.RestoreItem;
import io.holdfast.podman.archive.DamagedTarException;
import io.holdfast.podman.archive.MemberRule;
import io.holdfast.podman.archive.TarInspector;
import io.holdfast.podman.archive.TarStream;
import io.holdfast.podman.archive.TarSummary;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

/** Extracts a volume's tar into an empty folder with GNU tar, judging each member before. */
final class VolumeExtract {

  private static final List<String> TAR =
      List.of(
          "tar",
          "--extract",
          "--file=-",
          "--numeric-owner",
          "--same-owner",
          "--preserve-permissions",
          "--xattrs",
          "--xattrs-include=*",
          "--delay-directory-restore",
          "--warning=no-timestamp");

  private final PodmanHost host;
  private final VolumePlan plan;
  private final TarMessages messages = new TarMessages();
  private final AtomicReference<TarSummary> summary = new AtomicReference<>();

  VolumeExtract(PodmanHost host, VolumePlan plan) {
    this.host = host;
    this.plan = plan;
  }

  /** Returns what the archive had; returns normally only if all of it was extracted. */
  TarSummary run(Cancellation cancellation) throws IOException {
    RestoreItem item = plan.item();
    CommandResult result;
    try {
      result =
          host.run(
              host.asOwner(argv(), cancellation),
              CommandIo.writing(this::feed).withStderr(messages::add),
              cancellation);
    } catch (DamagedTarException e) {
      throw TarInspector.damaged(item.id(), item.content(), e);
    }
    if (!result.succeeded()) {
      throw failed(result);
    }
    TarSummary read = summary.get();
    if (read == null) {
      throw new IntegrityFailure(
          "tar did not read " + item.content().describe() + " to its end.", "Use another set.");
    }
    return read;
  }

  List<String> warnings() {
    return messages.warnings();
  }

  private List<String> argv() {
    List<String> argv = new ArrayList<>(TAR);
    if (plan.textAcls()) {
      argv.add("--acls");
    }
    argv.add("--directory=" + plan.incoming());
    return argv;
  }

  /** The content compares its checksum at its end, which tar must see no end before. */
  private void feed(OutputStream stdin) throws IOException {
    try (InputStream content = plan.item().content().open()) {
      summary.set(TarStream.pass(content, stdin, MemberRule.staysInside()));
    }
  }

  private SourceFailure failed(CommandResult result) {
    String said = result.stderrTail().strip();
    return new SourceFailure(
        FailureKind.SOURCE,
        "Volume "
            + plan.volume()
            + " cannot be extracted: tar ended with exit code "
            + result.exitCode()
            + ": "
            + said,
        said.contains("No space left")
            ? "Make room on the file system of " + plan.dataFolder() + "."
            : "Mend what tar names, then restore again; what was there before is unchanged.");
  }
}
