package io.holdfast.storage.s3;

import io.holdfast.application.port.failure.StorageFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.BucketVersioningStatus;
import software.amazon.awssdk.services.s3.model.DefaultRetention;
import software.amazon.awssdk.services.s3.model.ObjectLockConfiguration;

/** Says what a bucket and its server can do, as far as they tell. */
final class Features {

  private final S3Connection connection;
  private final ServerTraits traits;

  Features(S3Connection connection, ServerTraits traits) {
    this.connection = connection;
    this.traits = traits;
  }

  List<String> all() {
    List<String> all = new ArrayList<>();
    all.add(conditionalCreate());
    all.add(connection.checksums() ? "checksums on every request" : "checksums where required");
    S3Settings settings = connection.settings();
    settings.encryption().ifPresent(asked -> all.add("encrypted by " + asked.algorithm()));
    settings.storageClass().ifPresent(name -> all.add("artifacts in storage class " + name));
    versioning().ifPresent(all::add);
    objectLock().ifPresent(all::add);
    return all;
  }

  private String conditionalCreate() {
    try {
      boolean whole = traits.refusesToReplaceOnPut();
      boolean inParts = traits.refusesToReplaceOnComplete();
      if (whole && inParts) {
        return "conditional create";
      }
      return whole
          ? "conditional create of small blobs, claims by listing for large ones"
          : "no conditional create: claims by listing";
    } catch (StorageFailure notWritable) {
      return "conditional create not known";
    }
  }

  private Optional<String> versioning() {
    try {
      @Nullable BucketVersioningStatus status =
          connection
              .send(s3 -> s3.getBucketVersioning(ask -> ask.bucket(connection.bucket())))
              .status();
      return status == BucketVersioningStatus.ENABLED
          ? Optional.of("bucket versioning")
          : Optional.empty();
    } catch (SdkException notToBeAsked) {
      return Optional.empty();
    }
  }

  private Optional<String> objectLock() {
    try {
      @Nullable ObjectLockConfiguration lock =
          connection
              .send(s3 -> s3.getObjectLockConfiguration(ask -> ask.bucket(connection.bucket())))
              .objectLockConfiguration();
      if (lock == null || lock.objectLockEnabled() == null) {
        return Optional.empty();
      }
      @Nullable DefaultRetention usual =
          lock.rule() == null ? null : lock.rule().defaultRetention();
      return Optional.of(
          usual == null ? "object lock" : "object lock, " + usual.modeAsString() + " by default");
    } catch (SdkException notToBeAsked) {
      return Optional.empty();
    }
  }
}
