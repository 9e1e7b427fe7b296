package io.holdfast.storage.s3;

import io.holdfast.application.port.out.store.BlobKey;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

/**
 * Reads one blob. When the connection breaks it goes on where it was, in the same object: what is
 * found on the way back is compared by ETag, without quotes, which some servers leave out.
 */
final class S3BlobStream extends InputStream {

  /** So many breaks without a byte in between. */
  private static final int MOST_BREAKS = 8;

  /** Reading so little to the end is cheaper than a new connection. */
  private static final long WORTH_DRAINING = 64 * 1024;

  private final S3Connection connection;
  private final BlobKey key;
  private final String doing;
  private ResponseInputStream<GetObjectResponse> answer;
  private final String etag;
  private final long size;
  private long at;
  private int breaks;
  private boolean closed;

  private S3BlobStream(
      S3Connection connection,
      BlobKey key,
      String doing,
      ResponseInputStream<GetObjectResponse> answer) {
    this.connection = connection;
    this.key = key;
    this.doing = doing;
    this.answer = answer;
    this.etag = unquoted(answer.response().eTag());
    this.size = Optional.ofNullable(answer.response().contentLength()).orElse(0L);
  }

  static S3BlobStream open(S3Connection connection, BlobKey key) {
    String doing = "read " + key + " from";
    return new S3BlobStream(connection, key, doing, get(connection, key, doing, 0));
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    Objects.checkFromIndexSize(offset, length, into.length);
    if (closed) {
      throw new IOException("The stream of " + key + " is closed");
    }
    if (length == 0) {
      return 0;
    }
    while (true) {
      try {
        int got = answer.read(into, offset, length);
        if (got > 0) {
          at += got;
          breaks = 0;
          return got;
        }
        if (at >= size) {
          return -1;
        }
        goOn(new IOException("the connection ended early"));
      } catch (SdkException e) {
        throw connection.failed(doing, e);
      } catch (IOException e) {
        goOn(e);
      }
    }
  }

  @Override
  public int available() throws IOException {
    return closed ? 0 : answer.available();
  }

  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    if (size - at > WORTH_DRAINING) {
      answer.abort();
      return;
    }
    try {
      answer.close();
    } catch (IOException | SdkException e) {
      // Everything that was asked for has been read.
      answer.abort();
    }
  }

  private void goOn(IOException broken) {
    answer.abort();
    if (++breaks > MOST_BREAKS) {
      throw connection.failures().of(doing, broken);
    }
    pause(broken);
    ResponseInputStream<GetObjectResponse> next = get(connection, key, doing, at);
    boolean same = unquoted(next.response().eTag()).equals(etag);
    if (!same) {
      next.abort();
      throw connection
          .failures()
          .permanent(doing, "it was replaced while it was read", "Start again.");
    }
    answer = next;
    if (next.response().contentRange() == null && at > 0) {
      skip(next);
    }
  }

  /** A server that knows no ranges has begun anew. */
  private void skip(ResponseInputStream<GetObjectResponse> next) {
    try {
      next.skipNBytes(at);
    } catch (IOException e) {
      goOn(e);
    }
  }

  private void pause(IOException broken) {
    try {
      Thread.sleep(ThreadLocalRandom.current().nextInt(50, 100 << breaks));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      e.addSuppressed(broken);
      throw connection.failures().interrupted(doing, e);
    }
  }

  private static ResponseInputStream<GetObjectResponse> get(
      S3Connection connection, BlobKey key, String doing, long from) {
    GetObjectRequest.Builder get =
        GetObjectRequest.builder()
            .bucket(connection.bucket())
            .key(connection.settings().location().objectOf(key));
    if (from > 0) {
      get.range("bytes=" + from + "-");
    }
    try {
      return connection.send(s3 -> s3.getObject(get.build()));
    } catch (SdkException e) {
      if (connection.meansNotFound(doing, e)) {
        throw connection.failures().notFound(key.value());
      }
      throw connection.failed(doing, e);
    }
  }

  private static String unquoted(@Nullable String etag) {
    return etag == null ? "" : etag.replace("\"", "");
  }
}
