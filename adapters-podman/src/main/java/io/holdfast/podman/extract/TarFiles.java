package io.holdfast.podman.extract;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.holdfast.application.port.failure.FailureKind;
import io.holdfast.application.port.failure.SourceFailure;
import io.holdfast.application.port.out.command.Cancellation;
import io.holdfast.application.port.out.command.Command;
import io.holdfast.application.port.out.command.CommandIo;
import io.holdfast.application.port.out.command.CommandResult;
import io.holdfast.application.port.out.command.CommandRunner;
import io.holdfast.application.port.out.recovery.Intent;
import io.holdfast.application.port.out.recovery.RecoveryJournal;
import io.holdfast.application.port.out.source.FileDestination;
import io.holdfast.podman.archive.DamagedTarException;
import io.holdfast.podman.archive.ListedMember;
import io.holdfast.podman.archive.ListingReader;
import io.holdfast.podman.archive.MemberRule;
import io.holdfast.podman.archive.TarInspector;
import io.holdfast.podman.archive.TarMember;
import io.holdfast.podman.archive.TarStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Extracts files with GNU tar, which keeps all that they are: owners as root, and all else as far
 * as whoever runs this may.
 */
public final class TarFiles implements FileDestination {

  private static final List<String> TAR =
      List.of(
          "tar",
          "--extract",
          "--file=-",
          "--numeric-owner",
          "--preserve-permissions",
          "--xattrs",
          "--delay-directory-restore",
          "--warning=no-timestamp");
  private static final List<String> AS_ROOT = List.of("--same-owner", "--xattrs-include=*");
  private static final List<String> AS_USER =
      List.of("--no-same-owner", "--xattrs-include=user.*", "--xattrs-include=system.posix_acl_*");
  private static final String ROOT = "0";

  private final CommandRunner runner;
  private final RecoveryJournal journal;

  /**
   * A destination on this host.
   *
   * @param runner runs tar on it
   * @param journal remembers what must be removed if Holdfast is killed
   */
  public TarFiles(CommandRunner runner, RecoveryJournal journal) {
    this.runner = runner;
    this.journal = journal;
  }

  /** Removes what a killed run had extracted and not given its place. May be called again. */
  public static String clear(Intent.StagedFiles staged) {
    try {
      return Staging.clear(Path.of(staged.folder()))
          ? "files that a restore had not given their places were removed: " + staged.folder()
          : "nothing was left of a restore of files in " + staged.folder();
    } catch (IOException e) {
      throw new SourceFailure(
          FailureKind.SOURCE,
          "What a restore of files left cannot be removed: " + e,
          "Delete " + staged.folder() + " by hand; then run holdfast check.",
          e);
    }
  }

  @Override
  public Extracted extract(Item item, Cancellation cancellation) throws IOException {
    WantedPaths wanted = new WantedPaths(item.paths());
    try {
      find(item, wanted);
      wanted.requireAll(item.id().describe());
      return item.dryRun()
          ? new Extracted(wanted.members(), List.of())
          : extract(item, wanted, cancellation);
    } catch (DamagedTarException e) {
      throw TarInspector.damaged(item.id(), item.content(), e);
    }
  }

  /** By the listing, where there is one: it was found to be the tar's when the set was verified. */
  private static void find(Item item, WantedPaths wanted) throws IOException {
    if (item.listing().isPresent()) {
      try (ListingReader listing = new ListingReader(item.listing().get().open())) {
        Optional<ListedMember> member = listing.next();
        while (member.isPresent()) {
          ListedMember one = member.get();
          boolean hard = one.isHardLink();
          wanted.see(one.path(), one.isFolder(), hard ? one.linkTarget() : Optional.empty());
          member = listing.next();
        }
      }
      return;
    }
    try (InputStream tar = item.content().open()) {
      TarStream.pass(
          tar,
          OutputStream.nullOutputStream(),
          member -> {
            boolean hard = member.type() == TarMember.Type.HARD_LINK;
            wanted.see(
                member.path(),
                member.type() == TarMember.Type.FOLDER,
                hard ? Optional.of(member.linkTarget()) : Optional.empty());
          });
    }
  }

  private Extracted extract(Item item, WantedPaths wanted, Cancellation cancellation)
      throws IOException {
    try (Staging staging = staging(item)) {
      Set<String> names = new LinkedHashSet<>(wanted.names());
      names.addAll(wanted.linked());
      List<String> argv = new ArrayList<>(TAR);
      argv.addAll(isRoot(cancellation) ? AS_ROOT : AS_USER);
      argv.addAll(
          List.of(
              "--directory=" + staging.tree(),
              "--null",
              "--no-unquote",
              "--no-recursion",
              "--files-from=" + staging.names("parents", wanted.parents()),
              "--recursion",
              "--files-from=" + staging.names("names", names)));
      CommandResult result =
          runner.run(
              new Command(argv, Map.of("LC_ALL", "C"), Map.of()),
              CommandIo.writing(stdin -> feed(item, stdin)),
              cancellation);
      if (!result.succeeded()) {
        throw failed(item, result);
      }
      staging.drop(wanted.linked());
      staging.place(item.force());
      return new Extracted(wanted.members(), List.of());
    }
  }

  private static void feed(Item item, OutputStream stdin) throws IOException {
    try (InputStream content = item.content().open()) {
      TarStream.pass(content, stdin, MemberRule.staysInside());
    }
  }

  private Staging staging(Item item) {
    try {
      return Staging.in(item.to(), journal);
    } catch (IOException e) {
      throw new SourceFailure(
          FailureKind.SOURCE,
          "Files cannot be restored to " + item.to() + ": " + e,
          "Name a folder that can be written to.",
          e);
    }
  }

  private boolean isRoot(Cancellation cancellation) throws IOException {
    StringBuilder output = new StringBuilder();
    CommandResult result =
        runner.run(
            Command.of("id", "-u"),
            CommandIo.reading(out -> output.append(new String(out.readNBytes(32), US_ASCII))),
            cancellation);
    return result.succeeded() && output.toString().strip().equals(ROOT);
  }

  private static SourceFailure failed(Item item, CommandResult result) {
    return new SourceFailure(
        FailureKind.SOURCE,
        "Files of "
            + item.id().describe()
            + " cannot be extracted to "
            + item.to()
            + ": tar ended with exit code "
            + result.exitCode()
            + ": "
            + result.stderrTail().strip(),
        "Mend what tar names, then restore again; nothing was changed.");
  }
}
