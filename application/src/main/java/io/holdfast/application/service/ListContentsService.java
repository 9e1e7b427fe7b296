package io.holdfast.application.service;

import io.holdfast.application.catalog.StoredSet;
import io.holdfast.application.port.failure.IntegrityFailure;
import io.holdfast.application.port.in.ListContents;
import io.holdfast.application.port.out.command.Cancellation;
import io.holdfast.application.port.out.source.ArtifactInspector.Recorded;
import io.holdfast.application.port.out.source.ContentEntry;
import io.holdfast.application.port.out.source.ContentsReader;
import io.holdfast.application.stream.Codecs;
import io.holdfast.application.stream.StoredContent;
import io.holdfast.domain.backup.ArtifactKind;
import io.holdfast.domain.backup.NameGlob;
import io.holdfast.domain.backup.StoredArtifact;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** Reads the names that a set has of an artifact, or the artifact itself where it has none. */
final class ListContentsService implements ListContents {

  private static final String LS = "ls";

  private final SetReads reads;
  private final List<ContentsReader> readers;
  private final Codecs codecs;

  ListContentsService(SetReads reads, List<ContentsReader> readers, Codecs codecs) {
    this.reads = reads;
    this.readers = readers;
    this.codecs = codecs;
  }

  @Override
  public void list(Request request, Listener listener, Cancellation cancellation) {
    try (SetReads.Open open = reads.open(request.selector(), LS)) {
      StoredSet set = open.set();
      StoredArtifact artifact =
          NamedArtifact.find(
              set.name(),
              set.artifacts(set.checksums()),
              Set.of(ArtifactKind.DATABASE, ArtifactKind.VOLUME),
              request.artifact());
      listener.found(set.name(), set.location(), artifact);
      Optional<List<String>> globs = request.glob().map(ListContentsService::patterns);
      read(
          set,
          artifact,
          entry -> globs.isEmpty() || NameGlob.anyMatches(globs.get(), entry.name()),
          listener,
          cancellation);
    }
  }

  private void read(
      StoredSet set,
      StoredArtifact artifact,
      Predicate<ContentEntry> wanted,
      Listener listener,
      Cancellation cancellation) {
    StoredContent content = StoredContent.of(set, artifact, codecs, bytes -> {}, cancellation);
    Recorded recorded =
        new Recorded(
            artifact.fingerprint(),
            artifact.listing().map(l -> StoredContent.of(set, l, codecs, cancellation)));
    ContentsReader reader =
        readers.stream()
            .filter(r -> r.reads(artifact.id().kind()))
            .findFirst()
            .orElseThrow(() -> new IllegalStateException("nobody reads " + artifact.id().kind()));
    try {
      reader.read(
          artifact.id(),
          content,
          recorded,
          entry -> {
            if (wanted.test(entry)) {
              listener.entry(entry);
            }
          },
          cancellation);
    } catch (IOException e) {
      throw new IntegrityFailure(
          "The " + artifact.id().describe() + " cannot be read from the set: " + e.getMessage(),
          "Choose another set, or another target that holds this one (--target).",
          e);
    }
  }

  /** A folder is meant with what lies below it, whether it is spelled from the root or not. */
  private static List<String> patterns(String glob) {
    String from = glob.replaceFirst("^(\\./|/)+", "");
    String bare = from.length() > 1 ? from.replaceFirst("/+$", "") : from;
    return bare.isEmpty() || bare.equals(".") ? List.of("*") : List.of(bare, bare + "/*");
  }
}
