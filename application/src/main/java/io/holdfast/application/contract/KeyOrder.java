package io.holdfast.application.contract;

import io.holdfast.application.port.out.store.BlobKey;
import java.util.Collection;
import java.util.List;

/** Keys as a listing has to show them. */
final class KeyOrder {

  private static final int SHOWN = 12;

  private KeyOrder() {}

  /** The same keys in their order. */
  static List<String> of(Collection<String> keys) {
    return keys.stream().map(BlobKey::new).sorted().map(BlobKey::value).toList();
  }

  /** Those of the keys that begin with a prefix, in their order. */
  static List<String> of(Collection<String> keys, String prefix) {
    return of(keys.stream().filter(key -> key.startsWith(prefix)).toList());
  }

  /** Keys for a message: many are not shown all. */
  static String brief(List<String> keys) {
    return keys.size() <= SHOWN
        ? keys.toString()
        : keys.size() + " keys " + keys.subList(0, SHOWN) + " and so on";
  }
}
