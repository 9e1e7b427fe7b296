package io.holdfast.storage.s3;

import io.holdfast.application.port.out.store.Secret;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * The checked settings of one target.
 *
 * @param name the target's name
 * @param location the bucket and prefix
 * @param region where the bucket is, where it is said
 * @param endpoint the server, where it is not Amazon's
 * @param pathStyle whether the bucket's name stands in the path rather than in the host's name
 * @param keys what requests are signed with; else the SDK looks for it
 * @param profile of the shared AWS files to take region and keys from
 * @param checksums whether requests carry checksums of their own
 * @param chunkedEncoding whether bodies are signed chunk by chunk
 * @param conditionalCreate whether the server refuses to write over an object when it is asked to
 * @param encryption to ask for, and to insist on
 * @param storageClass of artifacts
 * @param partBytes the size of a part
 * @param uploads how many parts of one blob are sent at a time
 * @param timeout how long nothing may move before a connection is given up
 * @param authorities a PEM file of certificates to trust beside the usual ones
 */
record S3Settings(
    String name,
    S3Location location,
    Optional<String> region,
    Optional<URI> endpoint,
    boolean pathStyle,
    Optional<Keys> keys,
    Optional<String> profile,
    Checksums checksums,
    boolean chunkedEncoding,
    ConditionalCreate conditionalCreate,
    Optional<Encryption> encryption,
    Optional<String> storageClass,
    long partBytes,
    int uploads,
    Duration timeout,
    Optional<Path> authorities) {

  /** How an operator finds a setting of the target. */
  String key(String setting) {
    return "storage." + name + "." + setting;
  }

  /** Says what cannot be done there, and why. */
  String cannot(String doing, String reason) {
    return "Cannot " + doing + " " + location + ": " + reason;
  }

  /** What requests are signed with. */
  record Keys(Secret access, Secret secret, Optional<Secret> session) {}

  /**
   * Server-side encryption.
   *
   * @param algorithm as the header says it
   * @param kmsKey the key's id, where it is not the bucket's
   */
  record Encryption(String algorithm, Optional<String> kmsKey) {}

  /** When requests carry checksums beyond what the signature covers. */
  enum Checksums {
    /** Until the server refuses one. */
    UNTIL_REFUSED,
    ALWAYS,
    WHEN_REQUIRED
  }

  /** How the server is known to take {@code If-None-Match: *}. */
  enum ConditionalCreate {
    /** It is asked, once. */
    PROBED,
    ALWAYS,
    NEVER
  }
}
