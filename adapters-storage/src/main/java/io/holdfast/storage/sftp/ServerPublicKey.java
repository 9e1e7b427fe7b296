package io.holdfast.storage.sftp;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.util.Base64;
import net.schmizz.sshj.common.Buffer;
import net.schmizz.sshj.common.KeyType;

/**
 * A server's public key, in SSH's own encoding.
 *
 * @param type {@code ssh-ed25519}
 * @param base64 the whole key
 */
record ServerPublicKey(String type, String base64) {

  static ServerPublicKey of(PublicKey key) {
    byte[] encoded = new Buffer.PlainBuffer().putPublicKey(key).getCompactData();
    return new ServerPublicKey(
        KeyType.fromKey(key).toString(), Base64.getEncoder().encodeToString(encoded));
  }

  /** As {@code ssh-keygen -l} shows it: {@code SHA256:...}. */
  String fingerprint() {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(Base64.getDecoder().decode(base64));
      return "SHA256:" + Base64.getEncoder().withoutPadding().encodeToString(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    } catch (IllegalArgumentException e) {
      return "(not a key)";
    }
  }

  @Override
  public String toString() {
    return type + " " + fingerprint();
  }
}
