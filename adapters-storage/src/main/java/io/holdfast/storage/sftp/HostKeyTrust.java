package io.holdfast.storage.sftp;

import io.holdfast.application.port.failure.FailureKind;
import io.holdfast.application.port.failure.StorageFailure;
import io.holdfast.application.port.out.store.ServerKey;
import io.holdfast.application.port.out.store.ServerKeyJudge;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * Shows the key of each server on the way to a target, and pins those that are accepted. A server
 * is asked for its key over a connection that ends there: a person may take long to compare, and
 * nothing is sent to a server that is not trusted yet.
 */
final class HostKeyTrust {

  private final SftpTarget target;
  private final ServerKeyJudge judge;

  HostKeyTrust(SftpTarget target, ServerKeyJudge judge) {
    this.target = target;
    this.judge = judge;
  }

  void establish() {
    for (int i = 0; i < target.hops().size(); i++) {
      if (!isTrusted(i)) {
        return;
      }
    }
  }

  private boolean isTrusted(int index) {
    Hop hop = target.hops().get(index);
    ServerPublicKey key = keyOf(index);
    KnownHosts.Knowledge known;
    try {
      known = target.knownHosts().of(hop, key);
    } catch (IOException | UncheckedIOException e) {
      throw failed("read", e);
    }
    if (known.revoked()) {
      throw new StorageFailure(
          FailureKind.STORAGE,
          "The key of " + hop.pinnedName() + " is revoked in " + target.knownHosts() + ": " + key,
          "Somebody else may hold it. Give the server a new key.");
    }
    boolean accepted =
        judge.accepts(
            new ServerKey(
                hop.pinnedName(),
                key.type(),
                key.fingerprint(),
                known.state(),
                known.pinned().map(ServerPublicKey::fingerprint),
                target.knownHosts().pinnedIn().toString()));
    if (accepted && known.state() != ServerKey.State.TRUSTED) {
      try {
        target.knownHosts().pin(hop, key);
      } catch (IOException | UncheckedIOException e) {
        throw failed("write", e);
      }
    }
    return accepted;
  }

  private ServerPublicKey keyOf(int index) {
    try {
      return new SshConnector(target, target.hops().subList(0, index + 1)).shownKey();
    } catch (LostException e) {
      throw new StorageFailure(
          FailureKind.STORAGE_UNREACHABLE,
          "Cannot reach " + target.hops().get(index).pinnedName() + ": " + e.getMessage(),
          "Is the server up, and does a firewall let this host in?",
          e);
    }
  }

  private StorageFailure failed(String doing, Exception e) {
    return new StorageFailure(
        FailureKind.STORAGE,
        "Cannot " + doing + " " + target.knownHosts().pinnedIn() + ": " + e.getMessage(),
        "Give user " + System.getProperty("user.name") + " the right to it.",
        e);
  }
}
