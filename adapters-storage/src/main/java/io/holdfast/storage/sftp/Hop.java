package io.holdfast.storage.sftp;

import java.util.Locale;

/**
 * A server on the way to a target, or the target's own.
 *
 * @param user who logs in
 * @param host name or address, without brackets
 */
record Hop(String user, String host, int port) {

  static final int DEFAULT_PORT = 22;

  /** As {@code known_hosts} names it: {@code nas} or {@code [nas]:2222}. */
  String pinnedName() {
    String name = host.toLowerCase(Locale.ROOT);
    return port == DEFAULT_PORT ? name : "[" + name + "]:" + port;
  }

  /** {@code backup@nas:2222}. */
  @Override
  public String toString() {
    String shown = host.contains(":") ? "[" + host + "]" : host;
    return user + "@" + shown + (port == DEFAULT_PORT ? "" : ":" + port);
  }
}
