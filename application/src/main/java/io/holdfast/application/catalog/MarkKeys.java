package io.holdfast.application.catalog;

import io.holdfast.application.port.out.store.BlobKey;
import io.holdfast.domain.backup.SetId;
import io.holdfast.domain.backup.SetLayout;
import java.util.Optional;

/**
 * Where one kind of mark lies: {@code .holdfast/<kind>/<set's id>}, or below a folder of that name.
 */
record MarkKeys(String folder) {

  static final MarkKeys PINS = of("pins");
  static final MarkKeys READERS = of("readers");
  static final MarkKeys VERDICTS = of("verdicts");
  static final MarkKeys DRILLS = of("drills");

  private static MarkKeys of(String kind) {
    return new MarkKeys(SetLayout.CONTROL_FOLDER + "/" + kind + "/");
  }

  /** The one mark of a set. */
  BlobKey of(SetId set) {
    return new BlobKey(folder + set);
  }

  /** What the keys of all marks of a set begin with, where it may have several. */
  String prefixOf(SetId set) {
    return folder + set + "/";
  }

  /** Whose mark it is; empty for what is no mark. */
  Optional<SetId> setOf(BlobKey key) {
    String rest = key.value().substring(folder.length());
    int slash = rest.indexOf('/');
    return SetId.parse(slash < 0 ? rest : rest.substring(0, slash));
  }
}
