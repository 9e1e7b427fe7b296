package io.holdfast.application.stream;

import io.holdfast.domain.backup.Listing;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;

/** Where the names of an artifact's members go while it is stored. */
interface ListingFile extends AutoCloseable {

  /** For an artifact whose members are not listed. */
  ListingFile NONE =
      new ListingFile() {
        @Override
        public OutputStream body() {
          return OutputStream.nullOutputStream();
        }

        @Override
        public Optional<Listing> commit() {
          return Optional.empty();
        }

        @Override
        public void close() {
          // Nothing was begun.
        }
      };

  /** Where the plain lines go. */
  OutputStream body();

  /**
   * Publishes it on every target that is left.
   *
   * @return what was written; empty where nothing is
   * @throws AllTargetsFailedException when none took it
   */
  Optional<Listing> commit() throws IOException;

  /** Drops what was not published. */
  @Override
  void close();
}
