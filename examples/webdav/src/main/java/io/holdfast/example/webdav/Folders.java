package io.holdfast.example.webdav;

import java.net.URI;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Makes the folders of keys, and knows those that were there a moment ago. */
final class Folders {

  private static final int MOST_REMEMBERED = 10_000;

  private final DavClient client;
  private final Urls urls;
  private final Failures failures;
  private final Set<String> known = ConcurrentHashMap.newKeySet();

  Folders(DavClient client, Urls urls, Failures failures) {
    this.client = client;
    this.urls = urls;
    this.failures = failures;
  }

  static String parent(String key) {
    return key.substring(0, Math.max(0, key.lastIndexOf('/')));
  }

  /** Sees to it that a folder is there, with all above it; the root is that of the empty key. */
  void make(String key) {
    if (known.contains(key)) {
      return;
    }
    String what = "make the folder " + (key.isEmpty() ? "of the target" : key);
    int status = client.makeFolder(what, urls.ofFolder(key));
    if (status == 409 || status == 404) {
      if (key.isEmpty()) {
        makeAbove(what, urls.ofFolder(""));
      } else {
        forget(parent(key));
        make(parent(key));
      }
      status = client.makeFolder(what, urls.ofFolder(key));
    }
    // Of two that make it at the same time one is refused, with whatever status.
    if (status != 201 && status != 405 && !isFolder(what, urls.ofFolder(key))) {
      throw failures.of(what, status);
    }
    if (known.size() >= MOST_REMEMBERED) {
      known.clear();
    }
    known.add(key);
  }

  /** It may have been removed since. */
  void forget(String key) {
    known.removeIf(each -> each.equals(key) || each.startsWith(key + "/"));
    if (!key.isEmpty()) {
      for (String above = parent(key); ; above = parent(above)) {
        known.remove(above);
        if (above.isEmpty()) {
          return;
        }
      }
    }
  }

  /** Removes a folder that is empty, and those above it that become so; the root stays. */
  void removeEmpty(String folder, Claims.Held claim) {
    for (String key = folder; !key.isEmpty(); key = parent(key)) {
      int count = count(key);
      if (count > 1 || !claim.isFresh()) {
        return;
      }
      forget(key);
      if (count == 1) {
        String what = "remove the empty folder " + key;
        int status = client.delete(what, urls.ofFolder(key));
        if (status / 100 != 2 && status != 404) {
          throw failures.of(what, status);
        }
      }
    }
  }

  /** True for a folder that is there, with nothing in it. */
  boolean isEmpty(String key) {
    return count(key) == 1;
  }

  /** How much a folder holds, itself included; 0 when it is not there. */
  private int count(String key) {
    int[] count = new int[1];
    client.find("look into " + key, urls.ofFolder(key), 1, entry -> count[0]++);
    return count[0];
  }

  private void makeAbove(String what, URI folder) {
    URI above = folder.resolve("..");
    if (above.equals(folder) || above.getRawPath().contains("..")) {
      return;
    }
    int status = client.makeFolder(what, above);
    if (status == 409) {
      makeAbove(what, above);
      client.makeFolder(what, above);
    }
  }

  private boolean isFolder(String what, URI url) {
    return client.find(what, url).filter(Entry::folder).isPresent();
  }
}
