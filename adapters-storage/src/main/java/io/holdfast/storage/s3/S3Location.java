package io.holdfast.storage.s3;

import io.holdfast.application.port.out.store.BlobKey;
import java.util.Optional;

/**
 * A bucket and the prefix in it, and which object each blob is. Below the prefix two folders are
 * the store's own: their objects are no blobs.
 *
 * @param bucket its name
 * @param prefix empty, or ending in a slash
 * @param server the host of the endpoint, where one is set
 */
record S3Location(String bucket, String prefix, Optional<String> server) {

  /** Where writers say which key they are about to publish. */
  static final String CLAIMS = ".holdfast/claims/";

  /** Probes, and pieces of blobs that are larger than a plain upload can hold. */
  static final String TEMPORARY = ".holdfast/tmp/";

  /** The object of a blob. */
  String objectOf(BlobKey key) {
    return prefix + key.value();
  }

  /** An object of the store's own. */
  String own(String path) {
    return prefix + path;
  }

  /** The key of an object below the prefix; empty for what is no blob. */
  Optional<BlobKey> keyOf(String object) {
    if (!object.startsWith(prefix)) {
      return Optional.empty();
    }
    String key = object.substring(prefix.length());
    if (isReserved(key)) {
      return Optional.empty();
    }
    try {
      return Optional.of(new BlobKey(key));
    } catch (IllegalArgumentException madeByOthers) {
      return Optional.empty();
    }
  }

  /** True for keys of the store's own objects. */
  static boolean isReserved(String key) {
    return key.startsWith(CLAIMS) || key.startsWith(TEMPORARY);
  }

  /** For people. */
  @Override
  public String toString() {
    String folder = prefix.isEmpty() ? "" : "/" + prefix.substring(0, prefix.length() - 1);
    return "s3://" + bucket + folder + server.map(host -> " on " + host).orElse("");
  }
}
