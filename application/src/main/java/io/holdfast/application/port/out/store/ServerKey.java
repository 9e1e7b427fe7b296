package io.holdfast.application.port.out.store;

import java.util.Optional;

/**
 * The public key by which a server proves who it is.
 *
 * @param server the server, as it is pinned: {@code nas} or {@code [nas]:2222}
 * @param type the key's algorithm: {@code ssh-ed25519}
 * @param fingerprint of the key, as the field writes it: {@code SHA256:...}
 * @param state whether it is known
 * @param pinned the fingerprint that is pinned for the server and this algorithm, if any
 * @param pinnedIn where keys are pinned, for people
 */
public record ServerKey(
    String server,
    String type,
    String fingerprint,
    State state,
    Optional<String> pinned,
    String pinnedIn) {

  /** What is known of a server's key. */
  public enum State {
    /** No key of the server is pinned. */
    UNKNOWN,
    /** It is the pinned one. */
    TRUSTED,
    /** Another one is pinned: the server was set up anew, or somebody stands in between. */
    CHANGED
  }
}
