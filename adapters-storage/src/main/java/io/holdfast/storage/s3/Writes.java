package io.holdfast.storage.s3;

import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadResponse;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** Writes objects as the settings ask for: encrypted, of a class, marked by their writer. */
final class Writes {

  /** Cheaper classes charge for this much at least. */
  private static final long WORTH_A_CLASS = 128 * 1024;

  private final S3Connection connection;

  Writes(S3Connection connection) {
    this.connection = connection;
  }

  /** Puts a whole object. */
  PutObjectResponse put(String object, String mark, Payload content, boolean ifNoneMatch) {
    return put(object, mark, content.toBody(), content.size(), ifNoneMatch);
  }

  private PutObjectResponse put(
      String object, String mark, RequestBody body, long bytes, boolean ifNoneMatch) {
    PutObjectRequest.Builder put =
        PutObjectRequest.builder()
            .bucket(connection.bucket())
            .key(object)
            .contentLength(bytes)
            .metadata(Map.of(Stored.MARK, mark))
            .overrideConfiguration(limit -> limit.apiCallTimeout(Claims.LONGEST_PUBLICATION));
    if (ifNoneMatch) {
      put.ifNoneMatch("*");
    }
    encryption()
        .ifPresent(
            asked -> {
              put.serverSideEncryption(asked.algorithm());
              asked.kmsKey().ifPresent(put::ssekmsKeyId);
            });
    if (bytes >= WORTH_A_CLASS) {
      connection.settings().storageClass().ifPresent(put::storageClass);
    }
    return connection.send(s3 -> s3.putObject(put.build(), body));
  }

  /** Puts an empty object of the store's own. */
  PutObjectResponse putOwn(String object, boolean ifNoneMatch) {
    return put(object, "own", RequestBody.empty(), 0, ifNoneMatch);
  }

  /** Begins an upload in parts; fails when the server drops the encryption. */
  String beginUpload(String doing, String object, String mark) {
    CreateMultipartUploadRequest.Builder begin =
        CreateMultipartUploadRequest.builder()
            .bucket(connection.bucket())
            .key(object)
            .contentType("application/octet-stream")
            .metadata(Map.of(Stored.MARK, mark));
    encryption()
        .ifPresent(
            asked -> {
              begin.serverSideEncryption(asked.algorithm());
              asked.kmsKey().ifPresent(begin::ssekmsKeyId);
            });
    connection.settings().storageClass().ifPresent(begin::storageClass);
    if (connection.checksums()) {
      begin.checksumAlgorithm(ChecksumAlgorithm.CRC32);
    }
    CreateMultipartUploadResponse begun =
        connection.call(doing, s3 -> s3.createMultipartUpload(begin.build()));
    if (!isEncrypted(begun.serverSideEncryptionAsString())) {
      abortUpload(object, begun.uploadId());
      throw notEncrypted(doing);
    }
    return begun.uploadId();
  }

  /** Drops an upload; one that is not there is none. */
  void abortUpload(String object, String upload) {
    try {
      connection.sendToTheEnd(
          s3 ->
              s3.abortMultipartUpload(
                  abort -> abort.bucket(connection.bucket()).key(object).uploadId(upload)));
    } catch (S3Exception e) {
      if (!ServerAnswer.isStatus(e, 404)) {
        throw e;
      }
    }
  }

  /** Removes an object. */
  void delete(String object) {
    connection.sendToTheEnd(
        s3 -> s3.deleteObject(delete -> delete.bucket(connection.bucket()).key(object)));
  }

  /** True when an answer says that it is encrypted as asked, or nothing was asked. */
  boolean isEncrypted(@Nullable String answer) {
    return encryption().isEmpty() || encryption().get().algorithm().equals(answer);
  }

  RuntimeException notEncrypted(String doing) {
    return connection
        .failures()
        .permanent(
            doing,
            "the server does not encrypt it, though server-side-encryption asks for that",
            "Use a server that does, or take server-side-encryption out.");
  }

  private Optional<S3Settings.Encryption> encryption() {
    return connection.settings().encryption();
  }
}
