package io.holdfast.storage.sftp;

import java.io.IOException;
import java.util.List;
import net.schmizz.sshj.common.Buffer;
import net.schmizz.sshj.common.Message;
import net.schmizz.sshj.common.SSHPacket;
import net.schmizz.sshj.transport.TransportException;
import net.schmizz.sshj.userauth.UserAuthException;
import net.schmizz.sshj.userauth.method.AbstractAuthMethod;

/** Logs in with a key of an ssh-agent (RFC 4252, section 7; RFC 8332 for RSA). */
final class AgentAuthentication extends AbstractAuthMethod {

  /** A way to sign: its name on the wire, and the agent's flag for it. */
  private record Algorithm(String name, int flag) {}

  private final SshAgent agent;
  private final SshAgent.Key key;
  private final List<Algorithm> algorithms;
  private int tried;

  AgentAuthentication(SshAgent agent, SshAgent.Key key) {
    super("publickey");
    this.agent = agent;
    this.key = key;
    this.algorithms =
        key.type().equals("ssh-rsa")
            ? List.of(new Algorithm("rsa-sha2-512", 4), new Algorithm("rsa-sha2-256", 2))
            : List.of(new Algorithm(key.type(), 0));
  }

  @Override
  public boolean shouldRetry() {
    tried++;
    return tried < algorithms.size();
  }

  @Override
  public void handle(Message message, SSHPacket packet)
      throws UserAuthException, TransportException {
    if (message != Message.USERAUTH_60) {
      super.handle(message, packet);
      return;
    }
    SSHPacket request = request(true);
    byte[] signed =
        new Buffer.PlainBuffer()
            .putString(params.getTransport().getSessionID())
            .putBuffer(request)
            .getCompactData();
    try {
      byte[] signature = agent.sign(key, signed, algorithms.get(tried).flag());
      params.getTransport().write(request.putString(signature));
    } catch (TransportException e) {
      throw e;
    } catch (IOException e) {
      throw new UserAuthException(e.getMessage(), e);
    }
  }

  /** Asks whether the server would take the key. */
  @Override
  protected SSHPacket buildReq() throws UserAuthException {
    return request(false);
  }

  private SSHPacket request(boolean signed) throws UserAuthException {
    return super.buildReq()
        .putBoolean(signed)
        .putString(algorithms.get(tried).name())
        .putString(new RemotePath(key.blob()).bytes());
  }
}
