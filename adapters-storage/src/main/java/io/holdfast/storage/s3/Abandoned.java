package io.holdfast.storage.s3;

import java.util.Optional;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.EncodingType;
import software.amazon.awssdk.services.s3.model.ListMultipartUploadsResponse;
import software.amazon.awssdk.services.s3.model.MultipartUpload;
import software.amazon.awssdk.services.s3.model.S3Object;

/** Removes what dead writers left below the prefix: uploads, segments, probes and claims. */
final class Abandoned {

  private static final String DOING = "clear what was left in";

  private final S3Connection connection;
  private final Writes writes;

  Abandoned(S3Connection connection) {
    this.connection = connection;
    this.writes = new Writes(connection);
  }

  void clear() {
    try {
      clearUploads();
      clearObjects(S3Location.TEMPORARY);
      clearObjects(S3Location.CLAIMS);
    } catch (SdkException e) {
      throw connection.failed(DOING, e);
    }
  }

  private void clearUploads() {
    String prefix = connection.settings().location().prefix();
    Optional<ListMultipartUploadsResponse> last = Optional.empty();
    do {
      Optional<ListMultipartUploadsResponse> from = last;
      ListMultipartUploadsResponse page =
          connection.send(
              s3 ->
                  s3.listMultipartUploads(
                      list -> {
                        list.bucket(connection.bucket())
                            .prefix(prefix)
                            .encodingType(EncodingType.URL);
                        from.ifPresent(
                            before ->
                                list.keyMarker(before.nextKeyMarker())
                                    .uploadIdMarker(before.nextUploadIdMarker()));
                      }));
      for (MultipartUpload upload : page.uploads()) {
        if (upload.key().startsWith(prefix)) {
          writes.abortUpload(upload.key(), upload.uploadId());
        }
      }
      last = Boolean.TRUE.equals(page.isTruncated()) ? Optional.of(page) : Optional.empty();
    } while (last.isPresent());
  }

  private void clearObjects(String folder) {
    new Listing(connection, DOING)
        .pages(
            connection.settings().location().own(folder),
            page -> page.stream().map(S3Object::key).forEach(writes::delete));
  }
}
