package io.holdfast.storage.sftp;

import java.nio.file.Path;
import java.util.Optional;

/**
 * The account that Holdfast runs under, where ssh would look for what is not configured.
 *
 * @param user its name
 * @param home its folder
 * @param agent the socket that {@code SSH_AUTH_SOCK} names
 */
record Account(String user, Path home, Optional<Path> agent) {

  static Account current() {
    return new Account(
        System.getProperty("user.name"),
        Path.of(System.getProperty("user.home")),
        Optional.ofNullable(System.getenv("SSH_AUTH_SOCK"))
            .filter(socket -> !socket.isBlank())
            .map(Path::of));
  }
}
