package io.holdfast.application.catalog;

import io.holdfast.application.port.out.store.BlobInfo;
import io.holdfast.application.port.out.store.BlobKey;
import io.holdfast.application.port.out.store.BlobStore;
import io.holdfast.application.port.out.store.ScopedBlobStore;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The folders of many hosts on one store, each what a target is to its host.
 *
 * @param store what all of them lie on; closed with this
 * @param before what a key has before the host's name
 * @param after what it has between the host's name and the slash before the host's own keys
 */
public record HostFolders(BlobStore store, String before, String after) implements AutoCloseable {

  /**
   * What is in the folder of each host, by its name. One listing, which is passed on blob by blob;
   * folders that nothing shows to be Holdfast's are left out.
   */
  public Map<String, SetShelf> shelves() {
    Map<String, SetShelf> shelves = new TreeMap<>();
    store.list(
        before,
        blob ->
            hostOf(blob.key().value())
                .ifPresent(
                    host ->
                        shelves
                            .computeIfAbsent(host, unused -> new SetShelf())
                            .visit(within(host, blob))));
    shelves.values().removeIf(shelf -> !shelf.isKnown());
    return shelves;
  }

  /** The folder of one host as a target; to be closed never, since it is a part of this. */
  public Target of(String host, Target configured) {
    return new Target(configured.name(), new HostStore(store, folder(host)), configured.required());
  }

  private Optional<String> hostOf(String key) {
    int end = key.indexOf('/', before.length());
    if (end < 0) {
      return Optional.empty();
    }
    int cut = after.indexOf('/');
    String suffix = cut < 0 ? after : after.substring(0, cut);
    String segment = key.substring(before.length(), end);
    if (!segment.endsWith(suffix) || segment.length() == suffix.length()) {
      return Optional.empty();
    }
    String host = segment.substring(0, segment.length() - suffix.length());
    return key.startsWith(folder(host) + "/") ? Optional.of(host) : Optional.empty();
  }

  private BlobInfo within(String host, BlobInfo blob) {
    String key = blob.key().value().substring(folder(host).length() + 1);
    return new BlobInfo(new BlobKey(key), blob.bytes(), blob.modified());
  }

  private String folder(String host) {
    return before + host + after;
  }

  @Override
  public void close() {
    store.close();
  }

  /** One host's part of the store, under its own name. */
  private static final class HostStore extends ScopedBlobStore {
    private final String folder;

    private HostStore(BlobStore inner, String folder) {
      super(inner, folder + "/", true);
      this.folder = folder;
    }

    @Override
    public String location() {
      return folder + " in " + super.location();
    }
  }
}
