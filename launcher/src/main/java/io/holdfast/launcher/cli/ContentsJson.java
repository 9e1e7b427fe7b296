package io.holdfast.launcher.cli;

import io.holdfast.application.port.in.ListContents;
import io.holdfast.application.port.out.source.ContentEntry;
import io.holdfast.application.port.out.source.ContentEntry.DatabaseObject;
import io.holdfast.application.port.out.source.ContentEntry.Member;
import io.holdfast.domain.backup.StoredArtifact;
import io.holdfast.domain.checksum.Checksum;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/** What an artifact holds, for programs: one document, written entry by entry. */
final class ContentsJson implements ListContents.Listener {

  private final Console console;
  private boolean begun;
  private long entries;

  ContentsJson(Console console) {
    this.console = console;
  }

  /** True when part of the document was written. */
  boolean isBegun() {
    return begun;
  }

  @Override
  public void found(String set, String location, StoredArtifact artifact) {
    begun = true;
    String head =
        Json.render(
            Json.object()
                .put("command", "ls")
                .put("set", set)
                .put("location", location)
                .put("artifact", ArtifactJson.named(artifact.id())));
    console.resultText(head.substring(0, head.lastIndexOf('}')).stripTrailing());
    console.resultText(",\n  \"entries\" : [");
  }

  @Override
  public void entry(ContentEntry entry) {
    console.resultText(entries == 0 ? "\n    " : ",\n    ");
    console.resultText(
        Json.line(entry instanceof Member member ? json(member) : json((DatabaseObject) entry)));
    entries++;
  }

  /** Ends the document. */
  void end() {
    end("null", ExitCode.DONE);
  }

  /** Ends the document of what could not be read to its end. */
  void end(ErrorReport report) {
    String error = Json.line(report.json());
    end(error.substring(error.indexOf(':') + 1, error.lastIndexOf('}')), report.exitCode());
  }

  private void end(String error, int exitCode) {
    console.resultText(
        (entries == 0 ? " ]" : "\n  ]")
            + ",\n  \"error\" : "
            + error
            + ",\n  \"exitCode\" : "
            + exitCode
            + "\n}\n");
  }

  private static Json.Fields json(Member member) {
    return Json.object()
        .put("path", member.name())
        .put("type", member.type().name().toLowerCase(Locale.ROOT).replace('_', '-'))
        .put("mode", String.format(Locale.ROOT, "%04o", member.mode()))
        .put("uid", member.owner())
        .put("gid", member.group())
        .put("size", number(member.size()))
        .put("changed", member.changed())
        .put("linkTarget", member.linkTarget())
        .put("sha256", member.sha256().map(Checksum::hex));
  }

  private static Json.Fields json(DatabaseObject object) {
    return Json.object()
        .put("kind", object.kind())
        .put("name", object.name())
        .put("owner", object.owner())
        .put("rows", number(object.rows()));
  }

  private static Optional<Long> number(OptionalLong number) {
    return number.isPresent() ? Optional.of(number.getAsLong()) : Optional.empty();
  }
}
