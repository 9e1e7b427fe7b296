package io.holdfast.application.port.in;

import io.holdfast.application.port.out.command.Cancellation;
import io.holdfast.application.port.out.source.ContentEntry;
import io.holdfast.domain.backup.StoredArtifact;
import java.util.Optional;

/** Names what an artifact of a set holds: a volume's files, a database's tables. */
public interface ListContents {

  /**
   * Reads the names from the set, and shows them as they come.
   *
   * @throws io.holdfast.application.port.failure.IntegrityFailure when the set is unknown,
   *     incomplete or damaged; part of it may have been shown
   * @throws io.holdfast.application.port.failure.SourceFailure when the set has no such artifact
   * @throws io.holdfast.application.port.failure.UsageFailure when it has two of that name
   */
  void list(Request request, Listener listener, Cancellation cancellation);

  /**
   * What to list.
   *
   * @param selector of which set
   * @param artifact the database's or volume's name, as a selection takes it, or with its kind
   *     before it: {@code volume data}
   * @param glob only what matches it, in which {@code *} is any text and {@code ?} any character,
   *     and what lies below that
   */
  record Request(SetSelector selector, String artifact, Optional<String> glob) {}

  /** Who is shown the names. */
  interface Listener {

    /** The artifact that was found; called once, before the first entry. */
    void found(String set, String location, StoredArtifact artifact);

    /** One thing that it holds. */
    void entry(ContentEntry entry);
  }
}
