package io.holdfast.podman;

import io.holdfast.application.port.failure.FailureKind;
import io.holdfast.application.port.failure.SourceFailure;
import io.holdfast.application.port.out.command.Cancellation;
import io.holdfast.application.port.out.command.Command;
import io.holdfast.application.port.out.command.CommandIo;
import io.holdfast.application.port.out.command.CommandResult;
import io.holdfast.application.port.out.source.ExportReport;
import io.holdfast.podman.archive.DamagedTarException;
import io.holdfast.podman.archive.MemberRule;
import io.holdfast.podman.archive.TarStream;
import io.holdfast.podman.archive.TarSummary;
import io.holdfast.podman.archive.TreeWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads one volume with GNU tar, so that nothing of it is lost. */
final class VolumeExport {

  /**
   * ACLs go in twice: exactly, among the extended attributes, and as text, for whoever extracts
   * with {@code --acls}. Times of access and change are left out: they tell of the reading, not of
   * the data.
   */
  private static final List<String> TAR =
      List.of(
          "tar",
          "--create",
          "--file=-",
          "--format=posix",
          "--pax-option=delete=atime,delete=ctime",
          "--numeric-owner",
          "--sort=name",
          "--sparse",
          "--acls",
          "--xattrs",
          "--xattrs-include=*");

  private final PodmanHost host;
  private final String name;
  private final Optional<String> frozen;
  private final TarMessages messages = new TarMessages();
  private @Nullable TarSummary summary;
  private @Nullable DamagedTarException damage;
  private Optional<TreeWriter> tree = Optional.empty();

  /**
   * @param frozen the folder to read in the place of its own
   */
  VolumeExport(PodmanHost host, String name, Optional<String> frozen) {
    this.host = host;
    this.name = name;
    this.frozen = frozen;
  }

  /** Reads the volume and takes its fingerprint; its members are listed, a line each. */
  ExportReport run(OutputStream sink, OutputStream listing, Cancellation cancellation)
      throws IOException {
    tree = Optional.of(new TreeWriter(listing, cancellation));
    return run(sink, cancellation);
  }

  /** Reads the volume. */
  ExportReport run(OutputStream sink, Cancellation cancellation) throws IOException {
    PodmanVolume volume =
        host.volume(name, cancellation)
            .orElseThrow(
                () ->
                    new SourceFailure(
                        FailureKind.SOURCE,
                        "Volume " + name + " is gone.",
                        "podman volume ls tells what there is."));
    CommandResult result;
    try (VolumeMount mount = VolumeMount.of(host, volume, cancellation)) {
      Command tar = host.asOwner(argv(frozen.orElse(mount.folder())), cancellation);
      CommandIo io = CommandIo.reading(stdout -> read(stdout, sink)).withStderr(messages::add);
      result = host.run(tar, io, cancellation);
    }
    TarSummary whole = judge(result);
    return new ExportReport(
        whole.bytes(),
        whole.members(),
        volume.origin(),
        warnings(),
        tree.map(TreeWriter::fingerprint));
  }

  private List<String> warnings() {
    List<String> warnings = new ArrayList<>(messages.warnings());
    long unread = tree.map(TreeWriter::unread).orElse(0L);
    if (unread > 0) {
      warnings.add(
          unread
              + " files have millions of holes; they are in the archive, and their content is not in"
              + " the fingerprint.");
    }
    return warnings;
  }

  private static List<String> argv(String folder) {
    return Stream.concat(TAR.stream(), Stream.of("--directory=" + folder, "./")).toList();
  }

  /** Damage is judged later: if tar failed, its own words say more. */
  private void read(InputStream stdout, OutputStream sink) throws IOException {
    try {
      summary =
          tree.isPresent()
              ? tree.get().list(stdout, sink, MemberRule.any())
              : TarStream.pass(stdout, sink, MemberRule.any());
    } catch (DamagedTarException e) {
      damage = e;
    }
  }

  private TarSummary judge(CommandResult result) {
    boolean onlyChanges = result.exitCode() == 1 && messages.onlyTellOfChanges();
    if (!result.succeeded() && !onlyChanges) {
      throw new SourceFailure(
          FailureKind.SOURCE,
          "Volume "
              + name
              + " cannot be read: tar ended with exit code "
              + result.exitCode()
              + ": "
              + result.stderrTail().strip(),
          "Mend what tar names, or exclude the volume.");
    }
    if (summary == null) {
      throw new SourceFailure(
          FailureKind.SOURCE,
          "The tar of volume "
              + name
              + " is not whole though tar says so"
              + (damage == null ? "." : ": " + damage.getMessage() + "."),
          "Run the backup again.",
          damage == null ? new IOException("no archive") : damage);
    }
    return summary;
  }
}
