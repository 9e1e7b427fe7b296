package io.holdfast.storage.sftp;

import io.holdfast.application.port.out.store.BlobStore;
import io.holdfast.application.port.out.store.BlobStoreProvider;
import io.holdfast.application.port.out.store.ServerKeyJudge;
import io.holdfast.application.port.out.store.Settings;

/**
 * Opens folders of SSH servers as blob stores: {@code sftp://backup@nas:22/srv/backups}. A path
 * that begins with {@code /~/} is below the user's home there.
 */
public final class SftpBlobStoreProvider implements BlobStoreProvider {

  private final Account account;

  /** For {@link java.util.ServiceLoader}. */
  public SftpBlobStoreProvider() {
    this(Account.current());
  }

  SftpBlobStoreProvider(Account account) {
    this.account = account;
  }

  @Override
  public String scheme() {
    return "sftp";
  }

  @Override
  public int spiVersion() {
    return SPI_VERSION;
  }

  @Override
  public BlobStore open(Settings settings) {
    return new SftpBlobStore(new SftpSettings(settings, account).read());
  }

  @Override
  public void trust(Settings settings, ServerKeyJudge judge) {
    new HostKeyTrust(new SftpSettings(settings, account).read(), judge).establish();
  }
}
