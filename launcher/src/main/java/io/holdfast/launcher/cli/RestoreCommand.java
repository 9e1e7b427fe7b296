package io.holdfast.launcher.cli;

import io.holdfast.application.port.failure.UsageFailure;
import io.holdfast.application.port.in.RestoreBackup;
import io.holdfast.application.port.in.RestoreFiles;
import io.holdfast.application.port.in.SuperviseRun.Supervised;
import io.holdfast.application.port.out.command.Cancellation;
import io.holdfast.application.port.out.source.TableChoice;
import io.holdfast.domain.history.RunKind;
import io.holdfast.launcher.config.Needs;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code holdfast restore}: brings databases and volumes back. */
@Command(
    name = "restore",
    sortOptions = false,
    header = "Bring databases and volumes back.",
    description =
        "Verifies the set first. What exists is not touched without --force; with it, the "
            + "old one is kept whole until the new one is.")
final class RestoreCommand implements Action {

  private final Invocation invocation;

  @Parameters(index = "0", paramLabel = "WHAT", description = "all, databases or volumes")
  Kinds kinds = Kinds.ALL;

  @Parameters(
      index = "1",
      paramLabel = "SET",
      description =
          "a set's id, `latest` (the newest COMPLETE one of this host), a set's folder,"
              + " or a url like s3://bucket/prefix/SET")
  String set = "";

  @Option(
      names = "--only",
      paramLabel = "NAME",
      description = "only this database (or CLUSTER/DATABASE) or volume; may be repeated")
  List<String> only = new ArrayList<>();

  @Option(
      names = "--as",
      paramLabel = "NEW",
      description = "restore the one that is selected under another name")
  Optional<String> as = Optional.empty();

  @Option(
      names = "--table",
      paramLabel = "SCHEMA.TABLE",
      description =
          "with `databases` and one --only: restore this table's rows alone, into the database of"
              + " --as or the schema of --into-schema; may be repeated")
  List<String> tables = new ArrayList<>();

  @Option(
      names = "--into-schema",
      paramLabel = "SCHEMA",
      description = "put the tables into this new schema of the database that is there")
  Optional<String> intoSchema = Optional.empty();

  @Option(names = "--force", description = "replace what exists")
  boolean force;

  @Option(names = "--dry-run", description = "say what would be done, and change nothing")
  boolean dryRun;

  @Option(names = "--target", paramLabel = "NAME", description = "read the set from this target")
  Optional<String> target = Optional.empty();

  @Option(
      names = "--path",
      paramLabel = "PATH",
      description =
          "with `volumes` and one --only: restore this file or folder alone, into the folder of "
              + "--to; may be repeated")
  List<String> paths = new ArrayList<>();

  @Option(
      names = "--to",
      paramLabel = "DIR",
      description = "the folder for --path; made when it is missing")
  Optional<String> to = Optional.empty();

  @Option(
      names = "--recreate-containers",
      description =
          "bring a bare machine back: make the containers of the set too, the servers of its clusters"
              + " first")
  boolean recreate;

  @Option(
      names = "--write-kube",
      paramLabel = "FILE",
      description = "write the containers of the set for `podman play kube`, and restore nothing")
  Optional<Path> kube = Optional.empty();

  @Option(
      names = "--write-quadlet",
      paramLabel = "DIR",
      description = "write the containers of the set as Quadlet units, and restore nothing")
  Optional<Path> quadlet = Optional.empty();

  @Option(
      names = "--check",
      description =
          "hold what was restored against the fingerprints of the set; the default where SET is a"
              + " url")
  boolean check;

  @Option(names = "--no-check", description = "do not")
  boolean noCheck;

  @Mixin final StorageOptions storage = new StorageOptions();

  RestoreCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public Outcome run() {
    Cancellation cancellation = invocation.cancellation().get();
    SelectedSet selected = SelectedSet.of(set, target, storage.values, invocation);
    refuseContradictions();
    if (kube.isPresent() || quadlet.isPresent()) {
      return new ContainerFiles(invocation, kube, quadlet).write(selected, cancellation);
    }
    if (!paths.isEmpty() || to.isPresent()) {
      return files(selected, cancellation);
    }
    // What the set's own servers are made of is in the set: no configured cluster is touched.
    Needs needs =
        selected.needs().withSources(kinds.databases() && !recreate, kinds.volumes() || recreate);
    RestoreBackup.Request whole =
        new RestoreBackup.Request(selected.selector(), kinds.named(only), as, force, dryRun)
            .withCheck(check || (selected.isByUrl() && !noCheck));
    // The fingerprint is that of the whole database.
    RestoreBackup.Request request =
        tables.isEmpty() && intoSchema.isEmpty()
            ? whole
            : whole.withCheck(false).withTables(tableChoice());
    if (dryRun) {
      return plan(request, needs, cancellation);
    }
    Supervised<RestoreBackup.Result> done =
        new Supervision<RestoreBackup.Result>(RunKind.RESTORE, RestoreCommand::exitCodeOf)
            .knowing(result -> tables.isEmpty() ? RunReports.of(result) : RunReports.ofPart(result))
            .carryOut(
                invocation,
                needs,
                cancellation,
                (session, progress, ended) -> restore(session, request, ended));
    return Outcome.report(
        () -> Supervision.json(done, RestoreView.json(done.result())),
        page -> RestoreView.text(done.result(), page),
        Supervision.exitCode(done));
  }

  private Outcome files(SelectedSet selected, Cancellation cancellation) {
    if (kinds != Kinds.VOLUMES || only.size() != 1 || as.isPresent()) {
      throw new UsageFailure(
          "--path and --to take files out of one volume",
          "for example: holdfast restore volumes SET --only VOLUME --path FILE --to DIR");
    }
    if (paths.isEmpty() || to.isEmpty()) {
      throw new UsageFailure(
          paths.isEmpty() ? "--to goes with --path" : "--path goes with --to",
          "say which file or folder with --path, and where it goes with --to");
    }
    return new FilesRestore(invocation, selected)
        .run(
            new RestoreFiles.Request(
                selected.selector(),
                only.get(0),
                paths,
                invocation.surroundings().workingDirectory().resolve(to.get()).normalize(),
                force,
                dryRun),
            cancellation);
  }

  private TableChoice tableChoice() {
    if (tables.isEmpty()) {
      throw new UsageFailure("--into-schema goes with --table", "say which tables with --table");
    }
    if (kinds != Kinds.DATABASES || only.size() != 1) {
      throw new UsageFailure(
          "--table takes tables out of one database",
          "for example: holdfast restore databases SET --only DB --table SCHEMA.TABLE --as NEW");
    }
    if (as.isPresent() == intoSchema.isPresent()) {
      throw new UsageFailure(
          "--table needs one place to go to: --as or --into-schema",
          "--as NEW puts the tables into a new database beside; --into-schema NAME into a new"
              + " schema of the database that is there");
    }
    if (force) {
      throw new UsageFailure(
          "--force does not go with --table: nothing that exists is replaced by single tables",
          "choose a name that is free");
    }
    return new TableChoice(tables, intoSchema);
  }

  private void refuseContradictions() {
    if (check && noCheck) {
      throw new UsageFailure("--check and --no-check exclude each other", "leave one out");
    }
    boolean someTables = !tables.isEmpty() || intoSchema.isPresent();
    boolean someFiles = !paths.isEmpty() || to.isPresent();
    if (kube.isPresent() || quadlet.isPresent()) {
      refuseToRestoreBeside(someTables || someFiles);
    }
    if (someTables && someFiles) {
      throw new UsageFailure(
          "--table and --path exclude each other", "take tables and files out one after the other");
    }
    if (check && (someTables || someFiles)) {
      throw new UsageFailure(
          "--check does not go with --table and --path: a fingerprint is that of the whole",
          "leave --check out");
    }
    if (recreate && (someTables || someFiles)) {
      throw new UsageFailure(
          "--table and --path do not go with --recreate-containers",
          "bring the containers back whole, or take single tables and files out of the set");
    }
    if (recreate && (kinds != Kinds.ALL || !only.isEmpty())) {
      throw new UsageFailure(
          "--recreate-containers brings a whole set back: a container on part of its data would run",
          "holdfast restore all SET --recreate-containers, without --only");
    }
    if (recreate && as.isPresent()) {
      throw new UsageFailure(
          "--as does not go with --recreate-containers: containers look for their volumes by name",
          "restore beside it first, without --recreate-containers");
    }
  }

  private void refuseToRestoreBeside(boolean parts) {
    if (parts || recreate || force || dryRun || check || as.isPresent() || !only.isEmpty()) {
      throw new UsageFailure(
          "--write-kube and --write-quadlet write every container of a set, and restore nothing",
          "leave out what belongs to a restore");
    }
  }

  private RestoreBackup.Result restore(
      Session session, RestoreBackup.Request request, Cancellation cancellation) {
    return recreate
        ? session.recreateHost().recreate(request, new AskedSecrets(invocation), cancellation)
        : session.restoreBackup().restore(request, cancellation);
  }

  /** A plan changes nothing, and is no run. */
  private Outcome plan(RestoreBackup.Request request, Needs needs, Cancellation cancellation) {
    try (Progress progress = invocation.progress();
        Session session = invocation.open(needs, progress)) {
      RestoreBackup.Result result = restore(session, request, cancellation);
      int exitCode = exitCodeOf(result);
      return Outcome.report(
          () -> Supervision.json(RestoreView.json(result), exitCode),
          page -> RestoreView.text(result, page),
          exitCode);
    }
  }

  @Override
  public String whenInterrupted() {
    return dryRun ? "" : "what was being restored is as it was before";
  }

  /** A dry run that could plan is done, whatever its plan says is in the way. */
  static int exitCodeOf(RestoreBackup.Result result) {
    if (result.differs()) {
      return ExitCode.INTEGRITY;
    }
    long failed = result.items().stream().filter(item -> item.failure().isPresent()).count();
    if (failed == 0) {
      return result.isUnproven() ? ExitCode.PARTIAL : ExitCode.DONE;
    }
    return failed < result.items().size() ? ExitCode.PARTIAL : ExitCode.SOURCE;
  }
}
