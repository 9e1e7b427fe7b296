package io.holdfast.example.webdav;

import io.holdfast.application.port.out.store.BlobInfo;
import io.holdfast.application.port.out.store.BlobKey;
import io.holdfast.application.port.out.store.BlobVisitor;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** One walk over the blobs below a prefix, in key order; holds the names of one folder a level. */
final class Listing {

  private final DavClient client;
  private final Urls urls;
  private final BlobVisitor visitor;

  Listing(DavClient client, Urls urls, BlobVisitor visitor) {
    this.client = client;
    this.urls = urls;
    this.visitor = visitor;
  }

  void of(String prefix) {
    int slash = prefix.lastIndexOf('/');
    if (slash < 0) {
      walk("", prefix);
      return;
    }
    String folder = prefix.substring(0, slash);
    try {
      walk(new BlobKey(folder).value(), prefix.substring(slash + 1));
    } catch (IllegalArgumentException noKeyBeginsSo) {
      return;
    }
  }

  private void walk(String folder, String beginning) {
    for (Child child : childrenOf(folder, beginning)) {
      if (child.entry().folder()) {
        walk(child.key().value(), "");
      } else {
        Entry file = child.entry();
        visitor.visit(new BlobInfo(child.key(), file.bytes(), file.modified()));
      }
    }
  }

  private List<Child> childrenOf(String folder, String beginning) {
    List<Entry> entries = new ArrayList<>();
    client.find("list " + folder, urls.ofFolder(folder), 1, entries::add);
    // The folder itself is among them, under whatever path a proxy gives it.
    int shortest = entries.stream().mapToInt(entry -> entry.path().length()).min().orElse(0);
    List<Child> children = new ArrayList<>();
    for (Entry entry : entries) {
      String key = folder.isEmpty() ? entry.name() : folder + "/" + entry.name();
      boolean isBelow = entry.path().length() > shortest;
      if (isBelow && entry.name().startsWith(beginning) && !Workshop.isReserved(key)) {
        children.add(new Child(new BlobKey(key), entry));
      }
    }
    children.sort(Comparator.naturalOrder());
    return children;
  }

  /** An entry of a folder, ordered as the keys that begin with it. */
  private record Child(BlobKey key, Entry entry) implements Comparable<Child> {
    @Override
    public int compareTo(Child other) {
      return order().compareTo(other.order());
    }

    /** A folder stands where its blobs do: all of their keys go on with a slash. */
    private BlobKey order() {
      return entry.folder() ? new BlobKey(key + "/ ") : key;
    }
  }
}
