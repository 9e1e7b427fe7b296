package io.holdfast.storage.s3;

import io.holdfast.application.port.out.store.BlobStore;
import io.holdfast.application.port.out.store.BlobStoreProvider;
import io.holdfast.application.port.out.store.Settings;

/**
 * Opens prefixes of buckets as blob stores: {@code s3://bucket/prefix}. All stores that one
 * provider has opened share one bound on the memory that waits to be sent.
 */
public final class S3BlobStoreProvider implements BlobStoreProvider {

  private final SlabPool slabs;

  /** For {@link java.util.ServiceLoader}. */
  public S3BlobStoreProvider() {
    this(SlabPool.ofHeap(Runtime.getRuntime().maxMemory()));
  }

  S3BlobStoreProvider(SlabPool slabs) {
    this.slabs = slabs;
  }

  @Override
  public String scheme() {
    return "s3";
  }

  @Override
  public int spiVersion() {
    return SPI_VERSION;
  }

  @Override
  public BlobStore open(Settings settings) {
    S3Settings checked = SettingsReader.read(settings);
    return new S3BlobStore(checked, slabs, PartPlan.of(slabs.partBytes(checked.partBytes())));
  }
}
