package io.holdfast.example.webdav;

import io.holdfast.application.port.failure.StorageFailure;
import io.holdfast.application.port.out.store.BlobInfo;
import io.holdfast.application.port.out.store.BlobKey;
import io.holdfast.application.port.out.store.BlobStore;
import io.holdfast.application.port.out.store.BlobVisitor;
import io.holdfast.application.port.out.store.BlobWriter;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Keeps each blob as a file below a folder of a WebDAV server, a key's segments being its folders.
 * Works with servers that have no locks (class 1); reading makes nothing.
 */
final class WebDavStore implements BlobStore {

  private final Endpoint endpoint;
  private final Failures failures;
  private final DavClient client;
  private final Urls urls;
  private final Folders folders;
  private final Workshop workshop;
  private final Claims claims;
  private final Publisher publisher;

  /** Folders that may be empty, and could not be looked after while somebody published. */
  /** Others may sweep at that moment; what they leave is theirs to remove. */
  private static final int SWEEPS_AT_THE_END = 20;

  private final Set<String> perhapsEmpty = ConcurrentHashMap.newKeySet();

  WebDavStore(Endpoint endpoint) {
    this.endpoint = endpoint;
    this.failures = new Failures(endpoint.location());
    this.client = new DavClient(endpoint, failures);
    this.urls = new Urls(endpoint.root());
    this.folders = new Folders(client, urls, failures);
    this.workshop = new Workshop(client, urls, folders, failures);
    this.claims = new Claims(workshop);
    this.publisher = new Publisher(client, urls, folders, claims, failures);
  }

  @Override
  public BlobWriter create(BlobKey key) {
    if (Workshop.isReserved(key.value())) {
      throw failures.of("write " + key, "temporary files are kept there", "Choose another key.");
    }
    return new WebDavWriter(key, workshop, publisher);
  }

  @Override
  public InputStream open(BlobKey key) {
    return WebDavStream.open(client, failures, urls.of(key.value()), key, require(key));
  }

  @Override
  public BlobInfo stat(BlobKey key) {
    Entry found = require(key);
    return new BlobInfo(key, found.bytes(), found.modified());
  }

  @Override
  public void list(String prefix, BlobVisitor visitor) {
    new Listing(client, urls, visitor).of(prefix);
  }

  @Override
  public void delete(BlobKey key) {
    // Never without a look: to delete a folder deletes all that is in it.
    if (find(key).isEmpty()) {
      return;
    }
    String what = "delete " + key;
    int status = client.delete(what, urls.of(key.value()));
    if (status / 100 != 2 && status != 404) {
      throw failures.of(what, status);
    }
    sweep(Folders.parent(key.value()));
  }

  @Override
  public void clearAbandoned() {
    // Also where it seems to be empty: a server hides what it has received by half.
    if (workshop.isThere() || !perhapsEmpty.isEmpty()) {
      claims.toSweep().ifPresentOrElse(this::clear, this::clearUnclaimed);
    }
  }

  private void clear(Claims.Held claim) {
    try (claim) {
      sweepAll(claim);
      workshop.clear();
    }
  }

  private void removeEmpty(Claims.Held claim) {
    try (claim) {
      sweepAll(claim);
    }
  }

  private void sweepAll(Claims.Held claim) {
    for (String folder : Set.copyOf(perhapsEmpty)) {
      folders.removeEmpty(folder, claim);
      perhapsEmpty.remove(folder);
    }
  }

  /** Somebody publishes just now: what is theirs stays. */
  private void clearUnclaimed() {
    List<Entry> seen = workshop.look();
    for (Entry entry : seen) {
      if (!Claims.isAboutToBePublished(entry, seen)) {
        workshop.remove(entry.name());
      }
    }
  }

  @Override
  public Optional<Path> localFile(BlobKey key) {
    return Optional.empty();
  }

  @Override
  public OptionalLong freeBytes() {
    Optional<Entry> found = Optional.empty();
    URI folder = urls.ofFolder("");
    while (found.isEmpty()) {
      found = client.quota("look at the free space", folder);
      URI above = folder.resolve("..");
      if (above.equals(folder) || above.getRawPath().contains("..")) {
        break;
      }
      folder = above;
    }
    return found.map(Entry::free).orElse(OptionalLong.empty());
  }

  @Override
  public List<String> features() {
    List<String> features = new ArrayList<>();
    HttpResponse<Void> answer = client.options("ask for features", urls.ofFolder(""));
    answer
        .headers()
        .firstValue("DAV")
        .ifPresent(
            classes -> features.add("WebDAV class " + classes.replaceAll("[\\p{Cntrl}]", "")));
    features.add("no conditional create: claims by listing");
    features.add("durable when the server says so");
    if (endpoint.isOpen()) {
      features.add("not encrypted on the way: webdavs is");
    }
    return features;
  }

  @Override
  public String location() {
    return endpoint.location();
  }

  @Override
  public void close() {
    try (client) {
      for (int attempt = 0; !perhapsEmpty.isEmpty() && attempt < SWEEPS_AT_THE_END; attempt++) {
        claims.toSweep().ifPresent(this::removeEmpty);
      }
    } catch (StorageFailure unreachable) {
      // An empty folder is no loss, and whoever closes has nothing more to do here.
      perhapsEmpty.clear();
    }
  }

  @Override
  public String toString() {
    return "WebDavStore[" + location() + "]";
  }

  private void sweep(String folder) {
    if (folder.isEmpty() || !folders.isEmpty(folder)) {
      return;
    }
    Optional<Claims.Held> claim = claims.toSweep();
    if (claim.isEmpty()) {
      perhapsEmpty.add(folder);
      return;
    }
    try (Claims.Held held = claim.get()) {
      folders.removeEmpty(folder, held);
    }
  }

  private Entry require(BlobKey key) {
    return find(key).orElseThrow(() -> failures.notFound(key.value()));
  }

  private Optional<Entry> find(BlobKey key) {
    if (Workshop.isReserved(key.value())) {
      return Optional.empty();
    }
    return client.find("look at " + key, urls.of(key.value())).filter(entry -> !entry.folder());
  }
}
