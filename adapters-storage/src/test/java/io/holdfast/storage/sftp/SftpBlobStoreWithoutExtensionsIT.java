package io.holdfast.storage.sftp;

/** The contract on a server that knows no more than version 3 of the protocol. */
class SftpBlobStoreWithoutExtensionsIT extends SftpBlobStoreContract {

  @Override
  String[] serverOptions() {
    return new String[] {"Subsystem sftp internal-sftp -P hardlink,fsync,statvfs,posix-rename"};
  }

  @Override
  protected int raceRounds() {
    return 60;
  }
}
