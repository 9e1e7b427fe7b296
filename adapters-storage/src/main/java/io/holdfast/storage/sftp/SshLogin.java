package io.holdfast.storage.sftp;

import io.holdfast.application.port.failure.FailureKind;
import io.holdfast.application.port.failure.StorageFailure;
import java.io.IOException;
import java.net.Socket;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import net.schmizz.keepalive.KeepAliveRunner;
import net.schmizz.sshj.SSHClient;
import net.schmizz.sshj.common.DisconnectReason;
import net.schmizz.sshj.common.SSHException;
import net.schmizz.sshj.connection.channel.OpenFailException;
import net.schmizz.sshj.userauth.method.AuthMethod;

/** Goes from server to server: reaches it, checks its key, logs in. */
final class SshLogin {

  private final SftpTarget target;
  private final Socket socket;
  private final List<SSHClient> clients = new ArrayList<>();
  private final AtomicReference<String> cipher = new AtomicReference<>("");

  /** Over a socket that is not connected yet. */
  SshLogin(SftpTarget target, Socket socket) {
    this.target = target;
    this.socket = socket;
  }

  /** Logs in at each, and ends at the last. */
  SshConnection atEach(List<Hop> hops) throws IOException {
    for (Hop hop : hops) {
      reachAndLogIn(hop);
    }
    return new SshConnection(
        clients, socket, Objects.requireNonNull(cipher.get()), target.timeout().toNanos());
  }

  /** Logs in at each but the last, of which only the key is wanted. */
  ServerPublicKey keyOfLast(List<Hop> hops) throws IOException {
    for (Hop hop : hops.subList(0, hops.size() - 1)) {
      reachAndLogIn(hop);
    }
    Hop last = hops.get(hops.size() - 1);
    HostKeyCheck check = new HostKeyCheck(target, last);
    try {
      reach(prepared(check), last, check);
    } catch (IOException | StorageFailure e) {
      if (check.shown().isEmpty()) {
        throw e;
      }
    }
    return check.shown().orElseThrow(() -> new IOException("the server shows no key"));
  }

  private void reachAndLogIn(Hop hop) throws IOException {
    HostKeyCheck check = new HostKeyCheck(target, hop);
    SSHClient client = prepared(check);
    reach(client, hop, check);
    logIn(client, hop);
    clients.add(client);
  }

  private SSHClient prepared(HostKeyCheck check) {
    SSHClient client = new SSHClient(new SshConfiguration());
    int millis = (int) target.timeout().toMillis();
    client.setConnectTimeout(millis);
    client.setTimeout(millis);
    client.getTransport().setTimeoutMs(millis);
    client.getConnection().setTimeoutMs(millis);
    client.addHostKeyVerifier(check);
    client.addAlgorithmsVerifier(
        agreed -> {
          cipher.set(agreed.getClient2ServerCipherAlgorithm());
          return true;
        });
    int every = (int) target.keepAlive().toSeconds();
    if (every > 0) {
      KeepAliveRunner keepAlive = (KeepAliveRunner) client.getConnection().getKeepAlive();
      keepAlive.setKeepAliveInterval(every);
      keepAlive.setMaxAliveCount((int) (target.timeout().toSeconds() / every) + 1);
    }
    return client;
  }

  private void reach(SSHClient client, Hop hop, HostKeyCheck check) throws IOException {
    try {
      if (clients.isEmpty()) {
        client.setSocketFactory(new NoDelaySockets(socket));
        client.connect(hop.host(), hop.port());
      } else {
        SSHClient last = clients.get(clients.size() - 1);
        client.connectVia(last.newDirectConnection(hop.host(), hop.port()));
      }
    } catch (UnknownHostException e) {
      throw new IOException("nobody knows the name " + hop.host(), e);
    } catch (OpenFailException e) {
      throw forwardingRefused(hop, e);
    } catch (SSHException e) {
      if (check.refusal().isPresent()) {
        throw check.refusal().get();
      }
      if (hasNothingInCommon(e)) {
        throw new StorageFailure(
            FailureKind.STORAGE,
            "Holdfast and " + hop.pinnedName() + " have no algorithm in common: " + e.getMessage(),
            "Let the server offer an algorithm of today.",
            e);
      }
      throw e;
    }
  }

  private static StorageFailure forwardingRefused(Hop hop, OpenFailException e) {
    boolean forbidden = e.getReason() == OpenFailException.Reason.ADMINISTRATIVELY_PROHIBITED;
    return new StorageFailure(
        forbidden ? FailureKind.STORAGE : FailureKind.STORAGE_UNREACHABLE,
        "The server before " + hop.pinnedName() + " does not connect to it: " + e.getMessage(),
        forbidden
            ? "Allow TCP forwarding there (AllowTcpForwarding, PermitOpen)."
            : "Is it up, and can the server before reach it?",
        e);
  }

  private static boolean hasNothingInCommon(SSHException e) {
    return e.getDisconnectReason() == DisconnectReason.KEY_EXCHANGE_FAILED
        || e.getDisconnectReason() == DisconnectReason.PROTOCOL_VERSION_NOT_SUPPORTED
        || String.valueOf(e.getMessage()).contains("Unable to reach a settlement");
  }

  private void logIn(SSHClient client, Hop hop) throws IOException {
    List<AuthMethod> methods;
    try {
      methods = target.identity().methods();
    } catch (IOException e) {
      throw new StorageFailure(
          FailureKind.STORAGE,
          "Cannot log in at " + hop.pinnedName() + ": " + e.getMessage(),
          "Start ssh-agent and add a key (ssh-add), or set private-key.",
          e);
    }
    try {
      client.auth(hop.user(), methods);
    } catch (SSHException e) {
      if (!client.isConnected() && !isTooManyTries(e)) {
        throw e;
      }
      throw refused(client, hop, e);
    }
  }

  /** OpenSSH hangs up after six keys, whichever they were. */
  private static boolean isTooManyTries(SSHException e) {
    return (e + " " + e.getCause()).contains("Too many authentication failures");
  }

  private StorageFailure refused(SSHClient client, Hop hop, SSHException e) {
    String taken = String.join(", ", client.getUserAuth().getAllowedMethods());
    return new StorageFailure(
        FailureKind.STORAGE,
        hop.pinnedName()
            + " does not let user "
            + hop.user()
            + " in with "
            + target.identity().described()
            + (taken.isEmpty() ? "" : "; it takes: " + taken),
        "Is the public key in the user's authorized_keys there? Try: sftp -P "
            + hop.port()
            + " "
            + hop.user()
            + "@"
            + hop.host(),
        e);
  }
}
