package io.holdfast.postgres;

import io.holdfast.application.port.failure.FailureKind;
import io.holdfast.application.port.failure.InterruptedFailure;
import io.holdfast.application.port.failure.SourceFailure;
import io.holdfast.application.port.out.command.Cancellation;
import io.holdfast.application.port.out.command.Command;
import io.holdfast.application.port.out.command.CommandIo;
import io.holdfast.application.port.out.command.CommandRunner;
import io.holdfast.application.port.out.drill.ScratchServer;
import io.holdfast.application.port.out.drill.ScratchServers;
import io.holdfast.application.port.out.recovery.Intent;
import io.holdfast.application.port.out.recovery.RecoveryJournal;
import io.holdfast.application.port.out.recovery.Undoer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Servers of this host's own programs, each in a folder that nobody else can look into. */
public final class HostServers implements ScratchServers, Undoer {

  /** Where Debian and the PostgreSQL project's own packages put the programs of each version. */
  private static final List<Pattern> PLACES =
      List.of(Pattern.compile("/usr/lib/postgresql/(\\d+)"), Pattern.compile("/usr/pgsql-(\\d+)"));

  private static final String SERVICE_USER = "postgres";
  private static final int LONGEST_ANSWER = 64;

  private final CommandRunner runner;
  private final RecoveryJournal journal;
  private final Path folder;
  private final AtomicInteger number = new AtomicInteger();

  /**
   * @param runner runs the programs
   * @param folder where their folders are made
   */
  public HostServers(CommandRunner runner, RecoveryJournal journal, Path folder) {
    this.runner = runner;
    this.journal = journal;
    this.folder = folder;
  }

  @Override
  public boolean knows(Intent intent) {
    return intent instanceof Intent.ScratchServer;
  }

  @Override
  public String undo(Intent intent, Cancellation cancellation) {
    if (!(intent instanceof Intent.ScratchServer server)) {
      throw new IllegalArgumentException("no server of this host: " + intent);
    }
    new ScratchProcesses(runner, Path.of(server.folder())).remove(cancellation);
    return "the server of drill " + server.drill() + " was ended and removed";
  }

  @Override
  public Optional<Offer> offer(Wish wish, Cancellation cancellation) {
    Optional<List<String>> as = serverUser(cancellation);
    NavigableMap<Integer, Path> installed = installed();
    if (as.isEmpty() || installed.isEmpty()) {
      return Optional.empty();
    }
    int wanted = wish.major().orElse(installed.lastKey());
    Map.Entry<Integer, Path> chosen =
        Optional.ofNullable(installed.ceilingEntry(wanted)).orElseGet(installed::lastEntry);
    return Optional.of(new HostOffer(wish, wanted, chosen.getKey(), chosen.getValue(), as.get()));
  }

  /** What goes before a program so that it runs as one who may be a server: root may not. */
  private Optional<List<String>> serverUser(Cancellation cancellation) {
    if (!said(List.of("id", "-u"), cancellation).equals(Optional.of("0"))) {
      return Optional.of(List.of());
    }
    return said(List.of("id", "-u", SERVICE_USER), cancellation)
        .map(known -> List.of("runuser", "-u", SERVICE_USER, "--"));
  }

  /** What a small program prints; empty when it fails. */
  private Optional<String> said(List<String> argv, Cancellation cancellation) {
    StringBuilder answer = new StringBuilder();
    CommandIo io =
        CommandIo.reading(
            out ->
                answer.append(new String(out.readNBytes(LONGEST_ANSWER), StandardCharsets.UTF_8)));
    try {
      return runner.run(Command.of(argv), io, cancellation).succeeded()
          ? Optional.of(answer.toString().strip())
          : Optional.empty();
    } catch (InterruptedFailure interrupted) {
      throw interrupted;
    } catch (IOException | SourceFailure noSuchProgram) {
      return Optional.empty();
    }
  }

  private static NavigableMap<Integer, Path> installed() {
    NavigableMap<Integer, Path> installed = new TreeMap<>();
    Stream.of(Path.of("/usr/lib/postgresql"), Path.of("/usr"))
        .flatMap(parent -> children(parent).stream())
        .forEach(
            home -> {
              Path programs = home.resolve("bin");
              for (Pattern place : PLACES) {
                Matcher matcher = place.matcher(home.toString());
                if (matcher.matches()
                    && Files.isExecutable(programs.resolve("initdb"))
                    && Files.isExecutable(programs.resolve("postgres"))) {
                  installed.put(Integer.parseInt(matcher.group(1)), programs);
                }
              }
            });
    return installed;
  }

  private static List<Path> children(Path parent) {
    List<Path> children = new ArrayList<>();
    try (DirectoryStream<Path> found = Files.newDirectoryStream(parent)) {
      found.forEach(children::add);
    } catch (IOException | DirectoryIteratorException none) {
      return children;
    }
    return children;
  }

  /** Whatever the journal names is removed in the end. */
  private static void demandAbsent(Path folder) {
    if (Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
      throw new SourceFailure(
          FailureKind.SOURCE,
          "The folder " + folder + " of a drill is there already, and it is not this drill's.",
          "Remove it, or name another folder with drill: folder:.");
    }
  }

  private final class HostOffer implements Offer {
    private final Wish wish;
    private final int wanted;
    private final int major;
    private final Path programs;
    private final List<String> as;

    private HostOffer(Wish wish, int wanted, int major, Path programs, List<String> as) {
      this.wish = wish;
      this.wanted = wanted;
      this.major = major;
      this.programs = programs;
      this.as = as;
    }

    @Override
    public String describe() {
      return "a private server of " + programs;
    }

    @Override
    public Optional<String> warning() {
      return wanted == major
          ? Optional.empty()
          : Optional.of(
              "cluster "
                  + wish.cluster()
                  + " was PostgreSQL "
                  + wanted
                  + " and is restored to PostgreSQL "
                  + major
                  + ", which is what this host has");
    }

    @Override
    public Path dataPlace() {
      return folder;
    }

    @Override
    public ScratchServer start(String superuser, Cancellation cancellation) {
      Path own = folder.resolve("holdfast-drill-" + wish.drill() + "-h" + number.incrementAndGet());
      demandAbsent(own);
      RecoveryJournal.Entry entry =
          journal.record(new Intent.ScratchServer(wish.drill(), own.toString()));
      HostServer server = new HostServer(runner, entry, own, superuser);
      server.start(programs, as, cancellation);
      return server;
    }
  }
}
