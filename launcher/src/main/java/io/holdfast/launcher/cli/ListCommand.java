package io.holdfast.launcher.cli;

import io.holdfast.application.port.failure.UsageFailure;
import io.holdfast.application.port.in.ListBackups.Listing;
import io.holdfast.application.port.in.ListBackups.SpreadSet;
import io.holdfast.application.port.in.ListedSet;
import io.holdfast.application.port.out.store.Pin;
import io.holdfast.domain.backup.Manifest;
import io.holdfast.launcher.config.Needs;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code holdfast list}: every set on every target. */
@Command(
    name = "list",
    sortOptions = false,
    header = "List every set on every target.",
    description =
        "Lists every set, newest first, with the targets that hold it and those that do not; "
            + "incomplete ones are marked.")
final class ListCommand implements Action {

  private final Invocation invocation;

  @Parameters(
      paramLabel = "URL",
      arity = "0..1",
      description = "the folder of sets to list in place of the configured targets")
  Optional<String> url = Optional.empty();

  @Mixin final StorageOptions storage = new StorageOptions();

  @Option(names = "--target", paramLabel = "NAME", description = "only what this target holds")
  Optional<String> target = Optional.empty();

  ListCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public Outcome run() {
    Needs needs =
        url.isPresent() || !storage.values.isEmpty()
            ? ofUrl(url.orElse(""))
            : Needs.storage(target);
    try (Progress progress = invocation.progress();
        Session session = invocation.open(needs, progress)) {
      Listing listing = session.listBackups().list(target);
      int exitCode = listing.unread().isEmpty() ? ExitCode.DONE : ExitCode.STORAGE;
      return Outcome.answer(() -> json(listing, exitCode), page -> text(listing, page), exitCode);
    }
  }

  private Needs ofUrl(String argument) {
    if (argument.isEmpty()) {
      throw new UsageFailure(
          "--storage-option goes with the url of a folder of sets",
          "holdfast list s3://bucket/prefix --storage-option region=eu-central-1");
    }
    if (SetUrl.parse(argument).isEmpty()) {
      throw new UsageFailure(
          argument + " is no url of a folder of sets",
          "write it like s3://bucket/prefix, or name a configured target with --target");
    }
    return SelectedSet.of(argument, target, storage.values, invocation).needs();
  }

  private static Json.Fields json(Listing listing, int exitCode) {
    return Json.object()
        .put("command", "list")
        .put("sets", listing.sets().stream().map(set -> json(set, listing.pin(set))).toList())
        .put("targets", listing.targets())
        .put("copies", listing.spread().stream().map(ListCommand::json).toList())
        .put("unread", listing.unread().stream().map(ErrorReport::ofPart).toList())
        .put("exitCode", exitCode);
  }

  private static Json.Fields json(SpreadSet set) {
    return Json.object()
        .put("id", set.best().id().toString())
        .put("state", set.best().state().name())
        .put("foreign", set.best().foreignHost().isPresent())
        .put("holding", set.holding())
        .put("lacking", set.lacking());
  }

  private static Json.Fields json(ListedSet set, Optional<Pin> pin) {
    Optional<Manifest> manifest = set.manifest();
    return Json.object()
        .put("target", set.target())
        .put("id", set.id().toString())
        .put("state", set.state().name())
        .put("host", manifest.map(Manifest::host))
        .put("foreign", set.foreignHost().isPresent())
        .put("started", manifest.map(Manifest::started))
        .put("finished", manifest.map(Manifest::finished))
        .put("tag", manifest.flatMap(Manifest::tag))
        .put("note", manifest.flatMap(Manifest::note))
        .put("cut", manifest.flatMap(Manifest::cut).map(CutView::json))
        .put("storedBytes", set.storedBytes())
        .put("storedArtifacts", manifest.map(m -> m.stored().count()))
        .put("failedArtifacts", manifest.map(m -> m.failed().count()))
        .put("problem", set.problem())
        .put("pin", pin.map(Marks::json));
  }

  private static void text(Listing listing, Page page) {
    if (!listing.sets().isEmpty()) {
      page.table(table(listing));
    } else if (listing.unread().isEmpty()) {
      page.line("no sets yet; `holdfast backup` makes the first");
    }
    listing.unread().forEach(page::failure);
  }

  private static Table table(Listing listing) {
    Table table =
        new Table(
            Table.Column.text("SET"),
            Table.Column.text("STATE"),
            Table.Column.text("TARGETS"),
            Table.Column.text("NOT ON"),
            Table.Column.number("SIZE"),
            Table.Column.number("ARTIFACTS"),
            Table.Column.text("TAG"),
            Table.Column.text("REMARK"));
    listing.spread().forEach(set -> addRow(table, set, listing));
    return table;
  }

  private static void addRow(Table table, SpreadSet spread, Listing listing) {
    ListedSet set = spread.best();
    Optional<Manifest> manifest = set.manifest();
    List<String> on =
        set.isPublished()
            ? spread.holding()
            : spread.copies().stream().map(ListedSet::target).toList();
    table.add(
        Table.Cell.of(set.id().toString()),
        new Table.Cell(set.state().name(), States.styleOf(set.state())),
        Table.Cell.of(String.join(", ", on)),
        new Table.Cell(String.join(", ", spread.lacking()), Style.DOUBTFUL),
        Table.Cell.of(Quantity.bytes(set.storedBytes())),
        Table.Cell.of(manifest.map(ListCommand::artifacts).orElse("-")),
        Table.Cell.of(manifest.flatMap(Manifest::tag).orElse("")),
        Table.Cell.of(remark(spread, listing)));
  }

  private static String artifacts(Manifest manifest) {
    long stored = manifest.stored().count();
    long failed = manifest.failed().count();
    return failed == 0 ? String.valueOf(stored) : stored + " of " + (stored + failed);
  }

  private static String remark(SpreadSet spread, Listing listing) {
    ListedSet set = spread.best();
    Optional<String> foreign = set.foreignHost().map(host -> "of host " + host);
    Optional<String> why = set.problem().or(() -> States.remarkOn(set.state()));
    Optional<String> pinned = pinned(spread, listing);
    Optional<String> note =
        set.manifest()
            .flatMap(Manifest::note)
            .filter(text -> pinned.filter(told -> told.endsWith(": " + text)).isEmpty());
    Stream<String> others =
        spread.copies().stream()
            .filter(copy -> copy.state() != set.state())
            .map(copy -> copy.state() + " on " + copy.target());
    return Stream.concat(
            List.of(foreign, why, pinned, note).stream().flatMap(Optional::stream), others)
        .reduce((left, right) -> left + "; " + right)
        .orElse("");
  }

  /** Where only some copies are pinned, those are named. */
  private static Optional<String> pinned(SpreadSet spread, Listing listing) {
    List<ListedSet> pinned =
        spread.copies().stream().filter(copy -> listing.pin(copy).isPresent()).toList();
    if (pinned.isEmpty()) {
      return Optional.empty();
    }
    String where =
        pinned.size() == spread.copies().size()
            ? ""
            : " on " + String.join(", ", pinned.stream().map(ListedSet::target).toList());
    return listing.pin(pinned.get(0)).map(pin -> Marks.pinned(where, pin));
  }
}
