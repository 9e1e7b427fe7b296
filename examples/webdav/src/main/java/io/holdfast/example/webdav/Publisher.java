package io.holdfast.example.webdav;

import io.holdfast.application.port.failure.StorageFailure;
import io.holdfast.application.port.out.store.BlobKey;
import java.io.IOException;
import java.net.URI;

/** Gives an upload its blob's name: the one moment at which a blob comes to be seen. */
final class Publisher {

  private final DavClient client;
  private final Urls urls;
  private final Folders folders;
  private final Claims claims;
  private final Failures failures;

  Publisher(DavClient client, Urls urls, Folders folders, Claims claims, Failures failures) {
    this.client = client;
    this.urls = urls;
    this.folders = folders;
    this.claims = claims;
    this.failures = failures;
  }

  void publish(BlobKey key, String nonce, Upload upload) {
    String what = "write " + key;
    upload.finish();
    boolean published = false;
    for (int attempt = 1; !published; attempt++) {
      try (Claims.Held claim = claims.toPublish(key.value(), nonce)) {
        if (arrived(what, nonce, upload, claim, attempt)) {
          published = move(key, what, nonce, upload, claim);
        }
      } catch (StorageFailure failure) {
        if (published) {
          // It is there: a claim that is left is taken for a dead one soon.
          return;
        }
        throw failure;
      }
      if (attempt == DavClient.ATTEMPTS && !published) {
        throw failures.temporary(what, "the server is too slow", "Try again later.");
      }
    }
  }

  /** Some servers keep nothing of an upload whose length they were not told, and say nothing. */
  private boolean arrived(
      String what, String nonce, Upload upload, Claims.Held claim, int attempt) {
    long there = claim.find(Workshop.upload(nonce)).map(Entry::bytes).orElse(-1L);
    if (there == upload.bytes()) {
      return true;
    }
    if (upload.isHeld() && attempt < DavClient.ATTEMPTS) {
      upload.finish();
      return false;
    }
    if (there < 0) {
      throw failures.of(
          what,
          "the upload is gone; another run has cleared it",
          "Let one run at a time write to a target.");
    }
    throw failures.of(
        what,
        "the server kept " + there + " of " + upload.bytes() + " bytes",
        "A proxy or PHP in front of it may drop uploads of unknown length (chunked): let it pass"
            + " them on.");
  }

  private boolean move(BlobKey key, String what, String nonce, Upload upload, Claims.Held claim) {
    URI from = urls.of(Workshop.KEY + "/" + Workshop.upload(nonce));
    URI to = urls.of(key.value());
    for (int attempt = 1; ; attempt++) {
      folders.make(Folders.parent(key.value()));
      if (!claim.isFresh()) {
        return false;
      }
      try {
        int status = client.move(from, to);
        if (status / 100 == 2) {
          return true;
        }
        if (status == 412) {
          throw failures.taken(key.value());
        }
        boolean folderMayBeGone = status == 409 || status == 404 || status == 403;
        if (attempt == DavClient.ATTEMPTS || !(folderMayBeGone || Failures.mayPass(status))) {
          throw refusal(key, what, status);
        }
        folders.forget(Folders.parent(key.value()));
      } catch (IOException e) {
        if (attempt == DavClient.ATTEMPTS) {
          throw failures.of(what, e);
        }
      }
      if (wasMoved(what, from, to, upload)) {
        return true;
      }
      if (!Patience.pause(100L << attempt)) {
        throw failures.temporary(what, "the thread was interrupted", "");
      }
    }
  }

  private StorageFailure refusal(BlobKey key, String what, int status) {
    return client.find(what, urls.of(key.value())).isPresent()
        ? failures.taken(key.value())
        : failures.of(what, status);
  }

  /** What came of a request whose answer was lost: nobody else moves an upload of ours. */
  private boolean wasMoved(String what, URI from, URI to, Upload upload) {
    return client.find(what, from).isEmpty()
        && client.find(what, to).filter(entry -> entry.bytes() == upload.bytes()).isPresent();
  }
}
