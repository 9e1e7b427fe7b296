package io.holdfast.application.catalog;

import io.holdfast.application.port.failure.FailureKind;
import io.holdfast.application.port.failure.IntegrityFailure;
import io.holdfast.application.port.failure.StorageFailure;
import io.holdfast.application.port.out.store.BlobInfo;
import io.holdfast.application.port.out.store.BlobStore;
import io.holdfast.application.port.out.store.MetadataCodec;
import io.holdfast.application.port.out.store.Pin;
import io.holdfast.domain.backup.SetId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The pins on a target. One that cannot be read still pins: an empty file by hand will do. */
final class PinFolder {

  private static final String BY_HAND = "(its pin is not one of Holdfast's)";

  private final BlobStore store;
  private final MetadataCodec codec;

  PinFolder(BlobStore store, MetadataCodec codec) {
    this.store = store;
    this.codec = codec;
  }

  Map<SetId, Pin> all() {
    List<BlobInfo> listed = new ArrayList<>();
    store.list(MarkKeys.PINS.folder(), listed::add);
    Map<SetId, Pin> pins = new TreeMap<>();
    for (BlobInfo blob : listed) {
      MarkKeys.PINS
          .setOf(blob.key())
          .ifPresent(set -> read(blob).ifPresent(pin -> pins.put(set, pin)));
    }
    return pins;
  }

  Optional<Pin> of(SetId set) {
    try {
      return read(store.stat(MarkKeys.PINS.of(set)));
    } catch (StorageFailure failure) {
      if (failure.kind() == FailureKind.NOT_FOUND) {
        return Optional.empty();
      }
      throw failure;
    }
  }

  /** False when there is one already, which stays. */
  boolean add(SetId set, Pin pin) {
    try {
      SmallBlob.write(store, MarkKeys.PINS.of(set), codec.write(pin));
      return true;
    } catch (StorageFailure failure) {
      if (failure.kind() == FailureKind.ALREADY_EXISTS) {
        return false;
      }
      throw failure;
    }
  }

  void remove(SetId set) {
    store.delete(MarkKeys.PINS.of(set));
  }

  private Optional<Pin> read(BlobInfo blob) {
    try {
      return SmallBlob.read(store, blob.key()).map(codec::readPin);
    } catch (IntegrityFailure unreadable) {
      return Optional.of(new Pin(Optional.of(BY_HAND), blob.modified(), ""));
    }
  }
}
