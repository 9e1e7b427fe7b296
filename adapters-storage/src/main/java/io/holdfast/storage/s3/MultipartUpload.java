package io.holdfast.storage.s3;

import java.util.HashSet;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.CompletedMultipartUpload;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.CopyPartResult;
import software.amazon.awssdk.services.s3.model.UploadPartResponse;

/**
 * One upload in parts, several of them on their way at a time. Used by one thread. Once a part has
 * failed for good, everything fails with it.
 */
final class MultipartUpload {

  private static final int ABORTS = 3;

  private final S3Connection connection;
  private final Writes writes;
  private final Executor threads;
  private final String doing;
  private final String object;
  private final String upload;
  private final int most;
  private final Semaphore slots;

  private final Object state = new Object();
  private final TreeMap<Integer, CompletedPart> done = new TreeMap<>();
  private final Set<Thread> atWork = new HashSet<>();
  private @Nullable RuntimeException failure;
  private boolean given;
  private int sent;

  private MultipartUpload(
      S3Connection connection,
      Writes writes,
      Executor threads,
      String doing,
      String object,
      String upload) {
    this.connection = connection;
    this.writes = writes;
    this.threads = threads;
    this.doing = doing;
    this.object = object;
    this.upload = upload;
    this.most = connection.settings().uploads();
    this.slots = new Semaphore(most);
  }

  /** Begins an upload. */
  static MultipartUpload begin(
      S3Connection connection, Executor threads, String doing, String object, String mark) {
    Writes writes = new Writes(connection);
    String upload = writes.beginUpload(doing, object, mark);
    return new MultipartUpload(connection, writes, threads, doing, object, upload);
  }

  /**
   * Sends the next part; returns when it is on its way. The payload is released once it is there.
   */
  void send(Payload payload) throws InterruptedException {
    try {
      slots.acquire();
    } catch (InterruptedException e) {
      payload.release();
      throw e;
    }
    int number = ++sent;
    payload.seal();
    boolean started = false;
    try {
      throwFailure();
      threads.execute(() -> work(number, () -> sendPart(number, payload), payload));
      started = true;
    } finally {
      if (!started) {
        payload.release();
        slots.release();
      }
    }
  }

  /** Lets the server copy another object to be the next part. */
  void copy(String source) {
    throwFailure();
    int number = ++sent;
    CompletedPart part = copyPart(number, source);
    synchronized (state) {
      done.put(number, part);
    }
  }

  /** Waits until every part is there. */
  void await() throws InterruptedException {
    slots.acquire(most);
    slots.release(most);
    throwFailure();
    synchronized (state) {
      if (done.size() != sent) {
        throw new IllegalStateException(done.size() + " of " + sent + " parts are there");
      }
    }
  }

  /** Puts the parts together; what the SDK throws comes through. */
  void complete(boolean ifNoneMatch) {
    CompleteMultipartUploadRequest.Builder complete =
        CompleteMultipartUploadRequest.builder()
            .bucket(connection.bucket())
            .key(object)
            .uploadId(upload)
            .overrideConfiguration(limit -> limit.apiCallTimeout(Claims.LONGEST_PUBLICATION));
    synchronized (state) {
      complete.multipartUpload(CompletedMultipartUpload.builder().parts(done.values()).build());
    }
    if (ifNoneMatch) {
      complete.ifNoneMatch("*");
    }
    connection.send(s3 -> s3.completeMultipartUpload(complete.build()));
  }

  /** Ends what is under way and drops all that was sent. */
  void abort() {
    synchronized (state) {
      given = true;
      for (Thread thread : atWork) {
        thread.interrupt();
        connection.abortRequestsOf(thread);
      }
    }
    slots.acquireUninterruptibly(most);
    slots.release(most);
    try {
      // A part that was on its way may come in after the first one.
      for (int attempt = 1; attempt <= ABORTS; attempt++) {
        writes.abortUpload(object, upload);
        if (isGone()) {
          return;
        }
      }
    } catch (SdkException e) {
      throw connection.failed("clean up after a write to", e);
    }
  }

  private boolean isGone() {
    try {
      return connection
          .sendToTheEnd(
              s3 ->
                  s3.listParts(
                      list -> list.bucket(connection.bucket()).key(object).uploadId(upload)))
          .parts()
          .isEmpty();
    } catch (SdkException gone) {
      return true;
    }
  }

  private void work(int number, Supplier<CompletedPart> act, Payload payload) {
    try {
      synchronized (state) {
        if (given || failure != null) {
          return;
        }
        atWork.add(Thread.currentThread());
      }
      CompletedPart part = act.get();
      synchronized (state) {
        done.put(number, part);
      }
    } catch (SdkException e) {
      fail(connection.failed(doing, e));
    } catch (RuntimeException e) {
      fail(e);
    } catch (Error e) {
      fail(new IllegalStateException("a part could not be sent", e));
      throw e;
    } finally {
      synchronized (state) {
        atWork.remove(Thread.currentThread());
      }
      payload.release();
      slots.release();
    }
  }

  private CompletedPart sendPart(int number, Payload payload) {
    try {
      return sendPartOnce(number, payload);
    } catch (SdkException e) {
      if (!ServerAnswer.isStatus(e, 400)) {
        throw e;
      }
      // What a server says of a part that it got half of, when the connection broke in the middle.
      return sendPartOnce(number, payload);
    }
  }

  private CompletedPart sendPartOnce(int number, Payload payload) {
    UploadPartResponse answer =
        connection.send(
            s3 ->
                s3.uploadPart(
                    part ->
                        part.bucket(connection.bucket())
                            .key(object)
                            .uploadId(upload)
                            .partNumber(number)
                            .contentLength(payload.size()),
                    payload.toBody()));
    return CompletedPart.builder()
        .partNumber(number)
        .eTag(answer.eTag())
        .checksumCRC32(answer.checksumCRC32())
        .build();
  }

  private CompletedPart copyPart(int number, String source) {
    CopyPartResult copied =
        connection
            .call(
                doing,
                s3 ->
                    s3.uploadPartCopy(
                        copy ->
                            copy.sourceBucket(connection.bucket())
                                .sourceKey(source)
                                .destinationBucket(connection.bucket())
                                .destinationKey(object)
                                .uploadId(upload)
                                .partNumber(number)))
            .copyPartResult();
    return CompletedPart.builder()
        .partNumber(number)
        .eTag(copied.eTag())
        .checksumCRC32(copied.checksumCRC32())
        .build();
  }

  private void fail(RuntimeException e) {
    synchronized (state) {
      if (failure == null) {
        failure = e;
      }
    }
  }

  private void throwFailure() {
    synchronized (state) {
      if (failure != null) {
        throw failure;
      }
    }
  }
}
