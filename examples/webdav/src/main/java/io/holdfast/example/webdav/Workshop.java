package io.holdfast.example.webdav;

import io.holdfast.application.port.failure.StorageFailure;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpResponse;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** The folder beside the sets in which blobs are made before anybody may see them. */
final class Workshop {

  /** Where it is; no blob's key begins so. */
  static final String KEY = ".holdfast/tmp";

  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int NONCE_BYTES = 8;

  private final DavClient client;
  private final Urls urls;
  private final Folders folders;
  private final Failures failures;

  Workshop(DavClient client, Urls urls, Folders folders, Failures failures) {
    this.client = client;
    this.urls = urls;
    this.folders = folders;
    this.failures = failures;
  }

  static boolean isReserved(String key) {
    return key.equals(KEY) || key.startsWith(KEY + "/");
  }

  static String nonce() {
    byte[] bytes = new byte[NONCE_BYTES];
    RANDOM.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  static String upload(String nonce) {
    return "upload-" + nonce;
  }

  Failures failures() {
    return failures;
  }

  Duration timeout() {
    return client.timeout();
  }

  URI url(String name) {
    return urls.of(KEY + "/" + name);
  }

  void make() {
    folders.forget(KEY);
    folders.make(KEY);
  }

  boolean isThere() {
    return client.find("look into " + KEY, urls.ofFolder(KEY)).isPresent();
  }

  /** Every file in it that the server shows. */
  List<Entry> look() {
    List<Entry> entries = new ArrayList<>();
    client.find("look into " + KEY, urls.ofFolder(KEY), 1, entries::add);
    entries.removeIf(Entry::folder);
    return entries;
  }

  /** Writes a few bytes under a name, in the place of what is there. */
  void putSmall(String what, String name, byte[] bytes) {
    folders.make(KEY);
    int status = client.put(what, url(name), bytes);
    if (status == 404 || status == 409 || status == 403) {
      make();
      status = client.put(what, url(name), bytes);
    }
    if (status / 100 != 2) {
      throw failures.of(what, status);
    }
  }

  CompletableFuture<HttpResponse<Void>> upload(String name, InputStream stream) {
    return client.upload(url(name), stream);
  }

  void remove(String name) {
    String what = "remove " + KEY + "/" + name;
    require(what, client.delete(what, url(name)));
  }

  /** Takes it away with all that is in it, also what the server itself left there. */
  void clear() {
    String what = "clear " + KEY;
    folders.forget(KEY);
    require(what, client.delete(what, urls.ofFolder(KEY)));
  }

  private void require(String what, int status) throws StorageFailure {
    if (status / 100 != 2 && status != 404 && status != 409) {
      throw failures.of(what, status);
    }
  }
}
