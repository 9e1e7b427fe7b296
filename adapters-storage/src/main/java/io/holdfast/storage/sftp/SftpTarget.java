package io.holdfast.storage.sftp;

import java.time.Duration;
import java.util.List;

/**
 * A target, as its settings describe it.
 *
 * @param name in the configuration
 * @param location its url, for people
 * @param hops the servers to it, the target's own last
 * @param root where the blobs are
 * @param knownHosts the pinned keys of servers
 * @param identity how it logs in
 * @param timeout how long a server may be silent
 * @param keepAlive how often a silent server is asked whether it is there; zero for never
 */
record SftpTarget(
    String name,
    String location,
    List<Hop> hops,
    RemotePath root,
    KnownHosts knownHosts,
    Identity identity,
    Duration timeout,
    Duration keepAlive) {

  /** The target's own server. */
  Hop server() {
    return hops.get(hops.size() - 1);
  }

  @Override
  public String toString() {
    return location;
  }
}
