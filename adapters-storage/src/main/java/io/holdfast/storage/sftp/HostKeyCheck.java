package io.holdfast.storage.sftp;

import io.holdfast.application.port.failure.FailureKind;
import io.holdfast.application.port.failure.StorageFailure;
import io.holdfast.application.port.out.store.ServerKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.PublicKey;
import java.util.List;
import java.util.Optional;
import net.schmizz.sshj.transport.verification.HostKeyVerifier;
import org.jspecify.annotations.Nullable;

/** Lets a connection go on only to the server whose key is pinned, and keeps what it was shown. */
final class HostKeyCheck implements HostKeyVerifier {

  private final SftpTarget target;
  private final Hop hop;
  private volatile @Nullable ServerPublicKey shown;
  private volatile @Nullable StorageFailure refusal;

  HostKeyCheck(SftpTarget target, Hop hop) {
    this.target = target;
    this.hop = hop;
  }

  @Override
  public boolean verify(String host, int port, PublicKey key) {
    ServerPublicKey shownKey = ServerPublicKey.of(key);
    shown = shownKey;
    try {
      KnownHosts.Knowledge known = target.knownHosts().of(hop, shownKey);
      if (!known.revoked() && known.state() == ServerKey.State.TRUSTED) {
        return true;
      }
      refusal = refused(shownKey, known);
    } catch (IOException | UncheckedIOException e) {
      refusal = unreadable(e);
    }
    return false;
  }

  /**
   * The algorithms that go first, so that a server with several keys shows the one that is known.
   */
  @Override
  public List<String> findExistingAlgorithms(String host, int port) {
    try {
      return target.knownHosts().typesOf(hop).stream()
          .flatMap(type -> algorithmsOf(type).stream())
          .toList();
    } catch (IOException | UncheckedIOException e) {
      // Told by verify, which reads the same files.
      return List.of();
    }
  }

  /** The key that the server has shown, if it came so far. */
  Optional<ServerPublicKey> shown() {
    return Optional.ofNullable(shown);
  }

  /** Why the key was not accepted. */
  Optional<StorageFailure> refusal() {
    return Optional.ofNullable(refusal);
  }

  /** An RSA key signs in three ways, of which the newer two have names of their own. */
  private static List<String> algorithmsOf(String type) {
    return type.equals("ssh-rsa") ? List.of("rsa-sha2-512", "rsa-sha2-256", type) : List.of(type);
  }

  private StorageFailure refused(ServerPublicKey key, KnownHosts.Knowledge known) {
    if (known.revoked()) {
      return new StorageFailure(
          FailureKind.STORAGE,
          "The key of " + hop.pinnedName() + " is revoked in " + target.knownHosts() + ": " + key,
          "Somebody else may hold it. Give the server a new key, then: " + trustCommand());
    }
    if (known.state() == ServerKey.State.UNKNOWN) {
      return new StorageFailure(
          FailureKind.STORAGE,
          "The key of " + hop.pinnedName() + " is not known: " + key,
          "Compare it with the server's own (ssh-keygen -lf), then: " + trustCommand());
    }
    String before =
        known
            .pinned()
            .map(pinned -> ", and it was " + pinned.fingerprint())
            .orElse(", and it was one of another type");
    return new StorageFailure(
        FailureKind.STORAGE,
        "The key of " + hop.pinnedName() + " has changed: it is " + key + before,
        "Somebody may stand in between. If the server was set up anew: " + trustCommand());
  }

  private StorageFailure unreadable(Exception e) {
    return new StorageFailure(
        FailureKind.STORAGE,
        "The known keys of servers cannot be read, " + target.knownHosts() + ": " + e.getMessage(),
        "Give user " + System.getProperty("user.name") + " the right to read it.",
        e);
  }

  /** A target that was named by its url, for one command, goes by it and is not configured. */
  private String trustCommand() {
    if (target.name().contains("://")) {
      return "ssh-keyscan -p "
          + hop.port()
          + " "
          + hop.host()
          + " >> FILE, and --storage-option known-hosts=FILE";
    }
    return "holdfast target trust " + target.name();
  }
}
