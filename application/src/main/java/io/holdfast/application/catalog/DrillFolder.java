package io.holdfast.application.catalog;

import io.holdfast.application.port.failure.IntegrityFailure;
import io.holdfast.application.port.out.store.BlobKey;
import io.holdfast.application.port.out.store.BlobStore;
import io.holdfast.application.port.out.store.MetadataCodec;
import io.holdfast.domain.backup.SetId;
import io.holdfast.domain.recovery.DrillRecord;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The results of drills on a target: {@code .holdfast/drills/<set's id>/<begun>.json}. One that
 * cannot be read says nothing.
 */
final class DrillFolder {

  /** Of a set that is drilled every night for months the last ones tell enough. */
  private static final int KEPT = 20;

  /** Names order as drills do. */
  private static final DateTimeFormatter MOMENT =
      DateTimeFormatter.ofPattern("uuuuMMdd_HHmmss-SSSSSSSSS'.json'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private final BlobStore store;
  private final MetadataCodec codec;

  DrillFolder(BlobStore store, MetadataCodec codec) {
    this.store = store;
    this.codec = codec;
  }

  /** Those of every set, newest first. */
  Map<SetId, List<DrillRecord>> all() {
    Map<SetId, List<BlobKey>> keys = new TreeMap<>();
    store.list(
        MarkKeys.DRILLS.folder(),
        blob ->
            MarkKeys.DRILLS
                .setOf(blob.key())
                .ifPresent(
                    set ->
                        keys.computeIfAbsent(set, unused -> new ArrayList<>()).add(0, blob.key())));
    Map<SetId, List<DrillRecord>> drills = new TreeMap<>();
    keys.forEach(
        (set, newestFirst) -> {
          List<DrillRecord> readable =
              newestFirst.stream().flatMap(key -> read(key).stream()).toList();
          if (!readable.isEmpty()) {
            drills.put(set, readable);
          }
        });
    return drills;
  }

  void add(DrillRecord drill) {
    String name = MOMENT.format(drill.started());
    SmallBlob.write(
        store,
        new BlobKey(MarkKeys.DRILLS.prefixOf(drill.set()) + name),
        codec.write(drill.abridged()));
    keys(drill.set()).stream().skip(KEPT).forEach(store::delete);
  }

  void removeAll(SetId set) {
    keys(set).forEach(store::delete);
  }

  private List<BlobKey> keys(SetId set) {
    List<BlobKey> newestFirst = new ArrayList<>();
    store.list(MarkKeys.DRILLS.prefixOf(set), blob -> newestFirst.add(0, blob.key()));
    return newestFirst;
  }

  private Optional<DrillRecord> read(BlobKey key) {
    try {
      return SmallBlob.read(store, key).map(codec::readDrill);
    } catch (IntegrityFailure unreadable) {
      return Optional.empty();
    }
  }
}
