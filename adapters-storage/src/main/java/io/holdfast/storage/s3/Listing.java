package io.holdfast.storage.s3;

import io.holdfast.application.port.out.store.BlobInfo;
import io.holdfast.application.port.out.store.BlobKey;
import io.holdfast.application.port.out.store.BlobVisitor;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.EncodingType;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * One walk over a prefix, a page at a time. S3 lists in the order of keys as UTF-8; a server that
 * orders them a little differently, as UTF-16 say, is put right within a page, and one that goes
 * back from page to page is refused rather than believed.
 */
final class Listing {

  private final S3Connection connection;
  private final String doing;

  Listing(S3Connection connection, String doing) {
    this.connection = connection;
    this.doing = doing;
  }

  /** Shows blobs, in key order. */
  void blobs(String prefix, BlobVisitor visitor) {
    S3Location location = connection.settings().location();
    Last last = new Last();
    pages(
        location.own(prefix),
        page -> {
          for (BlobInfo blob : sorted(page, prefix)) {
            if (last.isAfter(blob.key())) {
              throw connection
                  .failures()
                  .permanent(
                      doing,
                      "the server does not list in the order of keys",
                      "This server does not keep to S3's rules; use another one.");
            }
            last.key = blob.key();
            visitor.visit(blob);
          }
        });
  }

  /** Shows objects of any kind, a page at a time. */
  void pages(String objectPrefix, Consumer<List<S3Object>> visitor) {
    Optional<String> next = Optional.empty();
    do {
      Optional<String> from = next;
      ListObjectsV2Response page =
          connection.call(
              doing,
              s3 ->
                  s3.listObjectsV2(
                      list -> {
                        list.bucket(connection.bucket())
                            .prefix(objectPrefix)
                            .encodingType(EncodingType.URL);
                        from.ifPresent(list::continuationToken);
                      }));
      visitor.accept(page.contents());
      next =
          Boolean.TRUE.equals(page.isTruncated())
              ? Optional.ofNullable(page.nextContinuationToken())
              : Optional.empty();
      if (next.isPresent() && next.equals(from)) {
        throw connection
            .failures()
            .permanent(doing, "the server lists the same page again and again", "");
      }
    } while (next.isPresent());
  }

  private List<BlobInfo> sorted(List<S3Object> page, String prefix) {
    S3Location location = connection.settings().location();
    List<BlobInfo> blobs = new ArrayList<>();
    for (S3Object object : page) {
      location
          .keyOf(object.key())
          .filter(key -> key.value().startsWith(prefix))
          .ifPresent(key -> blobs.add(new BlobInfo(key, object.size(), modified(object))));
    }
    blobs.sort(Comparator.comparing(BlobInfo::key));
    return blobs;
  }

  /** In seconds: a header, which is all that HEAD answers, knows no less. */
  private static Instant modified(S3Object object) {
    return object.lastModified().truncatedTo(ChronoUnit.SECONDS);
  }

  /** What was shown last. */
  private static final class Last {
    private @Nullable BlobKey key;

    boolean isAfter(BlobKey next) {
      return key != null && key.compareTo(next) >= 0;
    }
  }
}
