package io.holdfast.postgres;

import io.holdfast.application.port.failure.FailureKind;
import io.holdfast.application.port.failure.IntegrityFailure;
import io.holdfast.application.port.failure.SourceFailure;
import io.holdfast.application.port.out.command.Cancellation;
import io.holdfast.application.port.out.command.Command;
import io.holdfast.application.port.out.command.CommandIo;
import io.holdfast.application.port.out.command.CommandResult;
import io.holdfast.application.port.out.command.CommandRunner;
import io.holdfast.application.port.out.source.ArtifactContent;
import io.holdfast.application.port.out.source.ArtifactInspector;
import io.holdfast.domain.backup.ArtifactId;
import io.holdfast.domain.backup.ArtifactKind;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Has pg_restore list a dump's table of contents. Needs no server. */
public final class DumpInspector implements ArtifactInspector {

  private static final Pattern ENTRIES = Pattern.compile(";\\s+TOC Entries: (\\d{1,18})");

  private final CommandRunner runner;
  private final boolean inContainer;

  /**
   * An inspector.
   *
   * @param runner where there is a pg_restore
   * @param inContainer true when it does not see this host's files
   */
  public DumpInspector(CommandRunner runner, boolean inContainer) {
    this.runner = runner;
    this.inContainer = inContainer;
  }

  @Override
  public boolean inspects(ArtifactKind kind) {
    return kind == ArtifactKind.DATABASE;
  }

  @Override
  public long inspect(ArtifactId id, ArtifactContent content, Cancellation cancellation)
      throws IOException {
    Optional<Path> file = inContainer ? Optional.empty() : content.localFile();
    List<String> argv =
        file.map(path -> List.of(DumpTools.RESTORE, "--list", path.toAbsolutePath().toString()))
            .orElse(List.of(DumpTools.RESTORE, "--list"));
    Optional<CommandIo.Writer> input =
        file.isPresent() ? Optional.empty() : Optional.of(stdin -> feed(content, stdin));
    Listing listing = new Listing();
    CommandIo io = new CommandIo(input, listing::read, line -> {});
    Command command = new Command(argv, Map.of("LC_ALL", "C.UTF-8"), Map.of());
    CommandResult result = runner.run(command, io, cancellation);
    if (!result.succeeded()) {
      throw new IntegrityFailure(
          content.describe() + " is no readable dump: " + ToolErrors.lastLines(result),
          "Restore " + id.describe() + " from another set, and back it up anew.");
    }
    if (listing.entries.isEmpty()) {
      throw new SourceFailure(
          FailureKind.SOURCE,
          "pg_restore "
              + runner.place()
              + " said that all was well, but "
              + (listing.isEmpty ? "printed nothing" : "told no number of entries")
              + " when it was to list "
              + content.describe()
              + ": whether that is whole is not known.",
          "Try again; if it stays so, check that pg_restore is PostgreSQL's own and not a wrapper"
              + " around it.");
    }
    long entries = listing.entries.getAsLong();
    if (entries == 0) {
      throw new IntegrityFailure(
          content.describe() + " is a dump with nothing in it.",
          "Restore " + id.describe() + " from another set, and back it up anew.");
    }
    return entries;
  }

  private static void feed(ArtifactContent content, OutputStream stdin) throws IOException {
    try (InputStream in = content.open()) {
      in.transferTo(stdin);
    }
  }

  /** What pg_restore printed. */
  private static final class Listing {

    private boolean isEmpty = true;
    private OptionalLong entries = OptionalLong.empty();

    /**
     * Looks for the number in the listing's head. Its lines do not do: of a database with nothing
     * in it, which is a good dump, pg_restore lists none.
     */
    void read(InputStream out) throws IOException {
      BufferedReader lines = new BufferedReader(new InputStreamReader(out, StandardCharsets.UTF_8));
      String line = lines.readLine();
      while (line != null && entries.isEmpty()) {
        isEmpty = false;
        Matcher told = ENTRIES.matcher(line);
        if (told.matches()) {
          entries = OptionalLong.of(Long.parseLong(told.group(1)));
        }
        line = lines.readLine();
      }
    }
  }
}
