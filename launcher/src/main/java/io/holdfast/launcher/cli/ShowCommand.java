package io.holdfast.launcher.cli;

import io.holdfast.application.port.in.ShowBackup;
import io.holdfast.domain.backup.Manifest;
import io.holdfast.domain.backup.ManifestTarget;
import io.holdfast.domain.backup.StoredArtifact;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code holdfast show}: one set whole. */
@Command(
    name = "show",
    sortOptions = false,
    header = "Show a set.",
    description = "Shows a set: its artifacts, what failed and why, warnings.")
final class ShowCommand implements Action {

  private final Invocation invocation;

  @Parameters(
      paramLabel = "SET",
      description =
          "a set's id, `latest` (the newest COMPLETE one of this host), a set's folder,"
              + " or a url like s3://bucket/prefix/SET")
  String set = "";

  @Option(names = "--target", paramLabel = "NAME", description = "read it from this target")
  Optional<String> target = Optional.empty();

  @Mixin final StorageOptions storage = new StorageOptions();

  ShowCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public Outcome run() {
    SelectedSet selected = SelectedSet.of(set, target, storage.values, invocation);
    try (Progress progress = invocation.progress();
        Session session = invocation.open(selected.needs(), progress)) {
      ShowBackup.ShownSet shown = session.showBackup().show(selected.selector());
      return Outcome.answer(() -> json(shown), page -> text(shown, page), ExitCode.DONE);
    }
  }

  private static Json.Fields json(ShowBackup.ShownSet shown) {
    return Json.object()
        .put("command", "show")
        .put("set", shown.name())
        .put("location", shown.location())
        .put("state", shown.state().name())
        .put("storedBytes", shown.storedBytes())
        .put("pin", shown.pin().map(Marks::json))
        .put("verified", shown.verified().map(Marks::json))
        .put("manifest", shown.manifest().map(ArtifactJson::of))
        .put("artifacts", shown.artifacts().stream().map(ArtifactJson::of).toList())
        .put("exitCode", ExitCode.DONE);
  }

  private static void text(ShowBackup.ShownSet shown, Page page) {
    page.line("set       " + shown.name());
    page.line("location  " + shown.location());
    page.line(States.styleOf(shown.state()), "state     " + shown.state().name(), "");
    States.remarkOn(shown.state()).ifPresent(remark -> page.line("          " + remark));
    page.line("size      " + Quantity.bytes(shown.storedBytes()));
    shown.pin().ifPresent(pin -> Marks.show(pin, page));
    shown.verified().ifPresent(verdict -> Marks.show(verdict, page));
    shown.manifest().ifPresent(manifest -> text(manifest, page));
    if (!shown.artifacts().isEmpty()) {
      page.line("").table(ArtifactTable.of(shown.artifacts()));
    }
    warnings(shown).forEach(warning -> page.line(Style.DOUBTFUL, "warning: ", warning));
  }

  private static void text(Manifest manifest, Page page) {
    page.line("host      " + manifest.host());
    page.line("begun     " + manifest.started());
    page.line("ended     " + manifest.finished());
    page.line("holdfast  " + manifest.toolVersion() + ", format " + manifest.formatVersion());
    manifest.tag().ifPresent(tag -> page.line("tag       " + tag));
    manifest.note().ifPresent(note -> page.line("note      " + note));
    manifest.cut().ifPresent(cut -> CutView.text(cut, page));
    String heading = "targets   ";
    for (ManifestTarget target : manifest.targets()) {
      String missed = target.reason().map(reason -> ": missed it: " + reason).orElse("");
      page.line(heading + target.name() + missed);
      heading = " ".repeat(heading.length());
    }
  }

  private static Stream<String> warnings(ShowBackup.ShownSet shown) {
    return shown.artifacts().stream()
        .filter(StoredArtifact.class::isInstance)
        .map(StoredArtifact.class::cast)
        .flatMap(stored -> stored.warnings().stream().map(w -> stored.id().describe() + ": " + w));
  }
}
