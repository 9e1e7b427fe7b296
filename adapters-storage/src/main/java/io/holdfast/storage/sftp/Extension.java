package io.holdfast.storage.sftp;

import java.util.Locale;

/** The requests beyond version 3 that OpenSSH's server knows, and some others. */
enum Extension {
  FSYNC,
  HARDLINK,
  STATVFS;

  static final String DOMAIN = "openssh.com";

  String shortName() {
    return name().toLowerCase(Locale.ROOT);
  }

  String fullName() {
    return shortName() + "@" + DOMAIN;
  }
}
