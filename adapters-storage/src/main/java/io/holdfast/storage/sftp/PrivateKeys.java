package io.holdfast.storage.sftp;

import com.hierynomus.sshj.common.KeyDecryptionFailedException;
import com.hierynomus.sshj.userauth.keyprovider.OpenSSHKeyV1KeyFile;
import io.holdfast.application.port.out.store.Secret;
import java.io.CharArrayReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPair;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import net.schmizz.sshj.common.SSHRuntimeException;
import net.schmizz.sshj.userauth.keyprovider.FileKeyProvider;
import net.schmizz.sshj.userauth.keyprovider.KeyPairWrapper;
import net.schmizz.sshj.userauth.keyprovider.KeyProvider;
import net.schmizz.sshj.userauth.keyprovider.PKCS8KeyFile;
import net.schmizz.sshj.userauth.password.PasswordFinder;
import net.schmizz.sshj.userauth.password.Resource;

/** Reads private keys in the formats of OpenSSH and OpenSSL, encrypted or not. */
final class PrivateKeys {

  private static final int LARGEST_FILE = 64 * 1024;
  private static final Set<PosixFilePermission> OTHERS =
      PosixFilePermissions.fromString("---rwxrwx");

  static {
    SshCryptography.prepare();
  }

  private PrivateKeys() {}

  /** A key cannot be used; the message says why and holds nothing of it. */
  static final class UnusableKeyException extends Exception {
    private static final long serialVersionUID = 1L;

    UnusableKeyException(String message) {
      super(message);
    }
  }

  /** The key in a file, which nobody but its owner may read. */
  static KeyProvider read(Path file, Optional<Secret> passphrase) throws UnusableKeyException {
    byte[] bytes = new byte[0];
    try {
      if (!Files.exists(file)) {
        throw new UnusableKeyException("there is no such file");
      }
      requirePrivate(file);
      try (InputStream in = Files.newInputStream(file)) {
        bytes = in.readNBytes(LARGEST_FILE);
      }
      CharBuffer text = StandardCharsets.ISO_8859_1.decode(ByteBuffer.wrap(bytes));
      try {
        return parse(text.array(), passphrase);
      } finally {
        Arrays.fill(text.array(), '\0');
      }
    } catch (IOException e) {
      throw new UnusableKeyException("it cannot be read: " + e.getMessage());
    } finally {
      Arrays.fill(bytes, (byte) 0);
    }
  }

  /** The key that a text is. */
  static KeyProvider parse(char[] text, Optional<Secret> passphrase) throws UnusableKeyException {
    String header = firstLine(text);
    if (header.contains("OPENSSH PRIVATE KEY")) {
      return load(new OpenSSHKeyV1KeyFile(), text, passphrase);
    }
    if (!header.startsWith("-----BEGIN ") || !header.contains("PRIVATE KEY")) {
      throw new UnusableKeyException("it is no private key in the format of OpenSSH or PEM");
    }
    if (!TraditionalPem.isEncrypted(text)) {
      return load(new PKCS8KeyFile(), text, passphrase);
    }
    if (passphrase.isEmpty()) {
      throw needsPassphrase();
    }
    Optional<char[]> plain = passphrase.get().reveal(word -> TraditionalPem.decrypt(text, word));
    try {
      return load(
          new PKCS8KeyFile(), plain.orElseThrow(PrivateKeys::wrongPassphrase), Optional.empty());
    } catch (UnusableKeyException garbled) {
      throw wrongPassphrase();
    } finally {
      plain.ifPresent(open -> Arrays.fill(open, '\0'));
    }
  }

  private static KeyProvider load(FileKeyProvider format, char[] text, Optional<Secret> passphrase)
      throws UnusableKeyException {
    Asked asked = new Asked(passphrase);
    format.init(new CharArrayReader(text), null, asked);
    try {
      return new KeyPairWrapper(new KeyPair(format.getPublic(), format.getPrivate()));
    } catch (KeyDecryptionFailedException e) {
      throw passphrase.isPresent() ? wrongPassphrase() : needsPassphrase();
    } catch (IOException | SSHRuntimeException | IllegalStateException e) {
      if (asked.wasAsked()) {
        throw passphrase.isPresent() ? wrongPassphrase() : needsPassphrase();
      }
      throw new UnusableKeyException("it is damaged, or of a kind that is not known");
    }
  }

  /** As ssh does: what others may read is no secret, and a mistake that has to be noticed. */
  private static void requirePrivate(Path file) throws IOException, UnusableKeyException {
    boolean isOwn = Files.getOwner(file).getName().equals(System.getProperty("user.name"));
    Set<PosixFilePermission> given = Files.getPosixFilePermissions(file);
    if (isOwn && given.stream().anyMatch(OTHERS::contains)) {
      throw new UnusableKeyException(
          "others than its owner may read it ("
              + PosixFilePermissions.toString(given)
              + "): chmod 600 "
              + file);
    }
  }

  private static String firstLine(char[] text) {
    int from = 0;
    while (from < text.length && Character.isWhitespace(text[from])) {
      from++;
    }
    int to = from;
    while (to < text.length && text[to] != '\n') {
      to++;
    }
    return new String(text, from, Math.min(to - from, 80)).strip();
  }

  private static UnusableKeyException needsPassphrase() {
    return new UnusableKeyException("it is encrypted, and there is no setting passphrase");
  }

  private static UnusableKeyException wrongPassphrase() {
    return new UnusableKeyException("its passphrase is another one");
  }

  /** Knows whether the passphrase was wanted. */
  private static final class Asked implements PasswordFinder {
    private final Optional<Secret> passphrase;
    private boolean asked;

    private Asked(Optional<Secret> passphrase) {
      this.passphrase = passphrase;
    }

    boolean wasAsked() {
      return asked;
    }

    @Override
    public char[] reqPassword(Resource<?> resource) {
      asked = true;
      return passphrase.map(secret -> secret.reveal(char[]::clone)).orElseGet(() -> new char[0]);
    }

    @Override
    public boolean shouldRetry(Resource<?> resource) {
      return false;
    }
  }
}
