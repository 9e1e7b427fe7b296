package io.holdfast.example.webdav;

import io.holdfast.application.port.failure.StorageFailure;
import io.holdfast.application.port.out.store.BlobKey;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Reads a blob, and goes on from where it was when the line breaks. */
final class WebDavStream extends InputStream {

  private final DavClient client;
  private final Failures failures;
  private final URI url;
  private final BlobKey key;
  private final Entry blob;
  private @Nullable InputStream body;
  private long at;
  private int attempts;

  private WebDavStream(DavClient client, Failures failures, URI url, BlobKey key, Entry blob) {
    this.client = client;
    this.failures = failures;
    this.url = url;
    this.key = key;
    this.blob = blob;
  }

  /** Opens it; its absence is told at once. */
  static InputStream open(DavClient client, Failures failures, URI url, BlobKey key, Entry blob) {
    WebDavStream stream = new WebDavStream(client, failures, url, key, blob);
    while (stream.body == null && blob.bytes() > 0) {
      stream.connect();
    }
    return stream;
  }

  @Override
  public int read() {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] into, int offset, int length) {
    Objects.checkFromIndexSize(offset, length, into.length);
    if (length == 0) {
      return 0;
    }
    while (at < blob.bytes()) {
      InputStream open = body;
      if (open == null) {
        connect();
        continue;
      }
      try {
        int count = open.read(into, offset, (int) Math.min(length, blob.bytes() - at));
        if (count < 0) {
          throw new IOException("the server ended after " + at + " of " + blob.bytes() + " bytes");
        }
        at += count;
        attempts = 0;
        return count;
      } catch (IOException e) {
        breakOff(e);
      }
    }
    return -1;
  }

  @Override
  public void close() {
    at = blob.bytes();
    closeBody();
  }

  private void connect() {
    try {
      HttpResponse<InputStream> answer = client.get(url, at, at > 0 ? blob.tag() : "");
      int status = answer.statusCode();
      if (status == 206 && at > 0) {
        body = answer.body();
        return;
      }
      if (status == 200) {
        body = answer.body();
        body.skipNBytes(at);
        return;
      }
      answer.body().close();
      if (Failures.mayPass(status)) {
        throw new IOException("the server failed (HTTP " + status + ")");
      }
      throw refusal(status);
    } catch (IOException e) {
      breakOff(e);
    }
  }

  private StorageFailure refusal(int status) {
    // Gone, or another blob stands in its place: never a part of either.
    return status == 404 || status == 410 || status == 412 || status == 416
        ? failures.notFound(key.value())
        : failures.of("read " + key, status);
  }

  private void breakOff(IOException e) {
    closeBody();
    attempts++;
    if (attempts == DavClient.ATTEMPTS || !Patience.pause(100L << attempts)) {
      throw failures.of("read " + key, e);
    }
  }

  private void closeBody() {
    InputStream open = body;
    body = null;
    if (open != null) {
      try {
        open.close();
      } catch (IOException unwanted) {
        // Nothing that was read is spoilt by it.
        return;
      }
    }
  }
}
