package io.holdfast.application.catalog;

import io.holdfast.application.port.out.store.BlobInfo;
import io.holdfast.domain.backup.SetId;
import io.holdfast.domain.backup.SetLayout;

/** What a listing tells of one set's folder. */
public final class SetFolder {

  private final SetId id;
  private long bytes;
  private boolean hasChecksums;
  private boolean hasManifest;

  SetFolder(SetId id) {
    this.id = id;
  }

  void add(BlobInfo blob) {
    bytes += blob.bytes();
    String key = blob.key().value();
    String path = key.substring(key.indexOf('/') + 1);
    hasChecksums |= path.equals(SetLayout.CHECKSUMS);
    hasManifest |= path.equals(SetLayout.MANIFEST);
  }

  /** The set's id. */
  public SetId id() {
    return id;
  }

  /** The bytes of all its files. */
  public long bytes() {
    return bytes;
  }

  /** True once the set is published. */
  public boolean isPublished() {
    return hasChecksums;
  }

  boolean hasManifest() {
    return hasManifest;
  }
}
