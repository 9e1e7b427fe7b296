package io.holdfast.storage.sftp;

import io.holdfast.application.port.out.store.Secret;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.schmizz.sshj.userauth.keyprovider.KeyProvider;
import net.schmizz.sshj.userauth.method.AuthKeyboardInteractive;
import net.schmizz.sshj.userauth.method.AuthMethod;
import net.schmizz.sshj.userauth.method.AuthPassword;
import net.schmizz.sshj.userauth.method.AuthPublickey;
import net.schmizz.sshj.userauth.method.PasswordResponseProvider;
import net.schmizz.sshj.userauth.password.PasswordFinder;
import net.schmizz.sshj.userauth.password.Resource;

/**
 * How Holdfast proves to servers who it is.
 *
 * @param keys private keys
 * @param agent the socket of an ssh-agent
 * @param password of the user
 */
record Identity(List<KeyProvider> keys, Optional<Path> agent, Optional<Secret> password) {

  /** The ways, the safest first; new ones for each connection, since they keep its state. */
  List<AuthMethod> methods() throws IOException {
    List<AuthMethod> methods = new ArrayList<>();
    for (KeyProvider key : keys) {
      methods.add(new AuthPublickey(key));
    }
    if (agent.isPresent()) {
      SshAgent running = new SshAgent(agent.get());
      for (SshAgent.Key key : running.keys()) {
        methods.add(new AgentAuthentication(running, key));
      }
    }
    if (password.isPresent()) {
      PasswordFinder finder = new Revealed(password.get());
      methods.add(new AuthPassword(finder));
      methods.add(new AuthKeyboardInteractive(new PasswordResponseProvider(finder)));
    }
    return methods;
  }

  /** For people. */
  String described() {
    List<String> ways = new ArrayList<>();
    if (!keys.isEmpty()) {
      ways.add("the private key");
    }
    if (agent.isPresent()) {
      ways.add("the keys of ssh-agent");
    }
    if (password.isPresent()) {
      ways.add("the password");
    }
    return String.join(", ", ways);
  }

  @Override
  public String toString() {
    return "Identity[" + described() + "]";
  }

  /** Hands out copies, which sshj wipes. */
  private record Revealed(Secret secret) implements PasswordFinder {

    @Override
    public char[] reqPassword(Resource<?> resource) {
      return secret.reveal(char[]::clone);
    }

    @Override
    public boolean shouldRetry(Resource<?> resource) {
      return false;
    }
  }
}
