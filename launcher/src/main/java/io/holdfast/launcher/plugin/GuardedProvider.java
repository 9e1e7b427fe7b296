package io.holdfast.launcher.plugin;

import io.holdfast.application.port.out.store.BlobStore;
import io.holdfast.application.port.out.store.BlobStoreProvider;
import io.holdfast.application.port.out.store.ServerKeyJudge;
import io.holdfast.application.port.out.store.Settings;

/** A plugin's provider, whose stores are {@link GuardedStore guarded}. */
final class GuardedProvider implements BlobStoreProvider {

  private final BlobStoreProvider provider;
  private final Guard guard;

  GuardedProvider(BlobStoreProvider provider, Guard guard) {
    this.provider = provider;
    this.guard = guard;
  }

  @Override
  public String scheme() {
    return guard.whileOpening(provider::scheme);
  }

  @Override
  public int spiVersion() {
    return guard.whileOpening(provider::spiVersion);
  }

  @Override
  public BlobStore open(Settings settings) {
    return new GuardedStore(guard.whileOpening(() -> provider.open(settings)), guard);
  }

  @Override
  public void trust(Settings settings, ServerKeyJudge judge) {
    guard.doing("the look at the server's key", () -> provider.trust(settings, judge));
  }
}
