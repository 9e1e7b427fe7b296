package io.holdfast.application.catalog;

import io.holdfast.application.port.failure.IntegrityFailure;
import io.holdfast.application.port.out.store.BlobKey;
import io.holdfast.application.port.out.store.BlobStore;
import io.holdfast.application.port.out.store.MetadataCodec;
import io.holdfast.application.port.out.store.Verdict;
import io.holdfast.domain.backup.SetId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;

/**
 * The verdicts on a target: one blob a verification, named by its moment. Those that newer ones
 * supersede are removed as a newer one is written. One that cannot be read says nothing.
 */
final class VerdictFolder {

  /** A set's id with what it leaves out of the second: names order as verdicts do. */
  private static final DateTimeFormatter MOMENT =
      DateTimeFormatter.ofPattern("uuuuMMdd_HHmmss-SSSSSSSSS", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private final BlobStore store;
  private final MetadataCodec codec;

  VerdictFolder(BlobStore store, MetadataCodec codec) {
    this.store = store;
    this.codec = codec;
  }

  /** What stands of every set, newest first. */
  Map<SetId, List<Verdict>> all() {
    Map<SetId, List<BlobKey>> keys = new TreeMap<>();
    store.list(
        MarkKeys.VERDICTS.folder(),
        blob ->
            MarkKeys.VERDICTS
                .setOf(blob.key())
                .ifPresent(
                    set ->
                        keys.computeIfAbsent(set, unused -> new ArrayList<>()).add(0, blob.key())));
    Map<SetId, List<Verdict>> verdicts = new TreeMap<>();
    keys.forEach(
        (set, ofSet) -> {
          List<Verdict> standing = standing(ofSet, new ArrayList<>());
          if (!standing.isEmpty()) {
            verdicts.put(set, standing);
          }
        });
    return verdicts;
  }

  /** What stands of one set, newest first. */
  List<Verdict> of(SetId set) {
    return standing(keys(set), new ArrayList<>());
  }

  void add(SetId set, Verdict verdict) {
    String name = MOMENT.format(verdict.at()) + "-" + UUID.randomUUID();
    BlobKey key = new BlobKey(MarkKeys.VERDICTS.prefixOf(set) + name);
    SmallBlob.write(store, key, codec.write(verdict));
    List<BlobKey> superseded = new ArrayList<>();
    standing(keys(set), superseded);
    superseded.forEach(store::delete);
  }

  void removeAll(SetId set) {
    keys(set).forEach(store::delete);
  }

  private List<BlobKey> keys(SetId set) {
    List<BlobKey> keys = new ArrayList<>();
    store.list(MarkKeys.VERDICTS.prefixOf(set), blob -> keys.add(0, blob.key()));
    return keys;
  }

  /** Reads no further than to the newest that nothing older could outlast. */
  private List<Verdict> standing(List<BlobKey> newestFirst, List<BlobKey> superseded) {
    List<Verdict> standing = new ArrayList<>();
    for (BlobKey key : newestFirst) {
      if (endsAll(standing)) {
        superseded.add(key);
        continue;
      }
      Optional<Verdict> verdict = read(key);
      if (verdict.isEmpty() || verdict.get().isSupersededBy(standing)) {
        superseded.add(key);
      } else {
        standing.add(verdict.get());
      }
    }
    return standing;
  }

  private static boolean endsAll(List<Verdict> standing) {
    return standing.stream().anyMatch(verdict -> verdict.everything() && verdict.deep());
  }

  private Optional<Verdict> read(BlobKey key) {
    try {
      return SmallBlob.read(store, key).map(codec::readVerdict);
    } catch (IntegrityFailure unreadable) {
      return Optional.empty();
    }
  }
}
