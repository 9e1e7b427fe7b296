package io.holdfast.storage.sftp;

/** The contract on OpenSSH's server as it comes. */
class SftpBlobStoreIT extends SftpBlobStoreContract {

  @Override
  String[] serverOptions() {
    return new String[0];
  }
}
