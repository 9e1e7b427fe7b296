package io.holdfast.storage.s3;

import io.holdfast.application.port.failure.StorageFailure;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;

/** Builds one large blob out of parts and, where a {@link PartPlan} says so, out of segments. */
final class Assembly {

  private final S3Connection connection;
  private final Executor threads;
  private final PartPlan plan;
  private final String doing;
  private final MultipartUpload blob;
  private int parts;

  private @Nullable MultipartUpload segment;
  private String segmentObject = "";
  private String segmentMark = "";
  private int pieces;
  private long segmentBytes;

  private Assembly(
      S3Connection connection,
      Executor threads,
      PartPlan plan,
      String doing,
      MultipartUpload blob) {
    this.connection = connection;
    this.threads = threads;
    this.plan = plan;
    this.doing = doing;
    this.blob = blob;
  }

  static Assembly begin(
      S3Connection connection,
      Executor threads,
      PartPlan plan,
      String doing,
      String object,
      String mark) {
    return new Assembly(
        connection,
        threads,
        plan,
        doing,
        MultipartUpload.begin(connection, threads, doing, object, mark));
  }

  /** Sends bytes, and releases them once they are there. */
  void add(Payload payload) throws InterruptedException {
    if (!plan.isSegment(parts + 1)) {
      parts++;
      blob.send(payload);
      return;
    }
    if (parts == PartPlan.MOST_PARTS) {
      payload.release();
      throw connection
          .failures()
          .permanent(doing, "it is larger than S3 takes", "Raise the target's part-size.");
    }
    addPiece(payload);
  }

  /** Waits until all is there; only putting it together is left. */
  MultipartUpload finish() throws InterruptedException {
    closeSegment();
    blob.await();
    return blob;
  }

  /** Drops everything. */
  void abort() {
    try {
      abortSegment();
    } finally {
      blob.abort();
    }
  }

  private void addPiece(Payload payload) throws InterruptedException {
    MultipartUpload open = segment;
    if (open == null) {
      segmentMark = Marks.next();
      segmentObject =
          connection.settings().location().own(S3Location.TEMPORARY + "segment-" + segmentMark);
      try {
        open = MultipartUpload.begin(connection, threads, doing, segmentObject, segmentMark);
      } catch (RuntimeException e) {
        payload.release();
        throw e;
      }
      segment = open;
    }
    segmentBytes += payload.size();
    pieces++;
    open.send(payload);
    if (segmentBytes >= plan.segmentBytes() || pieces == PartPlan.MOST_PARTS) {
      closeSegment();
    }
  }

  private void closeSegment() throws InterruptedException {
    MultipartUpload open = segment;
    if (open == null) {
      return;
    }
    open.await();
    complete(open);
    parts++;
    blob.copy(segmentObject);
    new Writes(connection).delete(segmentObject);
    segment = null;
    segmentBytes = 0;
    pieces = 0;
  }

  private void complete(MultipartUpload open) {
    try {
      open.complete(false);
    } catch (SdkException e) {
      boolean done =
          Stored.find(connection, doing, segmentObject)
              .filter(there -> there.mark().equals(segmentMark))
              .isPresent();
      if (!done) {
        throw connection.failed(doing, e);
      }
    }
  }

  private void abortSegment() {
    MultipartUpload open = segment;
    if (open == null) {
      return;
    }
    try {
      open.abort();
    } catch (RuntimeException e) {
      removeSegment(Optional.of(e));
      throw e;
    }
    removeSegment(Optional.empty());
  }

  /** The segment's object is there where it had been put together already. */
  private void removeSegment(Optional<RuntimeException> after) {
    try {
      new Writes(connection).delete(segmentObject);
    } catch (SdkException e) {
      StorageFailure failure = connection.failed("clean up after a write to", e);
      after.ifPresent(failure::addSuppressed);
      throw failure;
    }
  }
}
