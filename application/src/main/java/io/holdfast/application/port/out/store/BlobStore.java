package io.holdfast.application.port.out.store;

import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Keeps immutable blobs under keys. What was committed is seen by every later call (read after
 * write); no reader ever sees part of a blob. Safe for use by several threads. Every failure is a
 * {@link io.holdfast.application.port.failure.StorageFailure}, whose message names the place and
 * never a secret.
 */
public interface BlobStore extends AutoCloseable {

  /**
   * Begins a blob. Nothing is visible until its writer commits.
   *
   * @param key where it will be
   */
  BlobWriter create(BlobKey key);

  /**
   * Opens a committed blob for one sequential read; the caller closes it.
   *
   * @throws io.holdfast.application.port.failure.StorageFailure {@code NOT_FOUND} when there is
   *     none
   */
  InputStream open(BlobKey key);

  /**
   * Tells of a committed blob.
   *
   * @throws io.holdfast.application.port.failure.StorageFailure {@code NOT_FOUND} when there is
   *     none
   */
  BlobInfo stat(BlobKey key);

  /**
   * Shows every committed blob whose key begins with a prefix, in key order, with memory that does
   * not grow with their number in one folder beyond its names.
   *
   * @param prefix compared with the key's text, to the letter; empty for all
   * @param visitor what it throws comes through
   */
  void list(String prefix, BlobVisitor visitor);

  /** Removes a blob. One that is not there is no failure. */
  void delete(BlobKey key);

  /**
   * Removes what writers left that will never commit. To be called only by a run that holds the
   * repository's lock, before it writes.
   */
  void clearAbandoned();

  /**
   * True when no writer that was begun before {@link #clearAbandoned} can commit after it, in
   * whatever process it is: what it has written is gone by then, and its commit fails. So it is
   * where a commit gives a name to a temporary file on the target. It is not so where a commit is
   * one request that carries the whole blob. A run that was stopped for long is kept from
   * publishing by it.
   */
  default boolean clearingStopsWriters() {
    return false;
  }

  /** The blob's file where the store is a folder of this host, for programs that need to seek. */
  Optional<Path> localFile(BlobKey key);

  /** How many more bytes fit, where the store can know. */
  OptionalLong freeBytes();

  /**
   * What the store can and cannot do where that differs from one to another, a short phrase each,
   * for {@code holdfast check}: {@code "fsync"}, {@code "no conditional create: claims by
   * listing"}. May ask the target.
   */
  List<String> features();

  /** Where the store is, for people: a url or path without a secret. */
  String location();

  @Override
  void close();
}
