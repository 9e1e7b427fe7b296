package io.holdfast.storage.sftp;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Decrypts PEM files of OpenSSL's old way (RFC 1421's {@code DEK-Info}), as {@code ssh-keygen -m
 * PEM} writes them. The JDK and sshj know the newer ways; a library for this one weighs 10 MB.
 */
final class TraditionalPem {

  private static final Pattern ENCRYPTED =
      Pattern.compile(
          "\\s*(-----BEGIN [A-Z ]+-----)\\s+Proc-Type: 4,ENCRYPTED\\s+"
              + "DEK-Info: ([A-Z0-9-]+),([0-9A-Fa-f]+)\\s+([A-Za-z0-9+/=\\s]+)"
              + "(-----END [A-Z ]+-----)\\s*");

  private static final Map<String, Integer> KEY_BYTES =
      Map.of("AES-128-CBC", 16, "AES-192-CBC", 24, "AES-256-CBC", 32, "DES-EDE3-CBC", 24);

  private static final int SALT_BYTES = 8;

  private TraditionalPem() {}

  static boolean isEncrypted(char[] text) {
    return ENCRYPTED.matcher(CharBuffer.wrap(text)).matches();
  }

  /** The same key in the open; nothing when the passphrase is wrong or the cipher not known. */
  static Optional<char[]> decrypt(char[] text, char[] passphrase) {
    Matcher parts = ENCRYPTED.matcher(CharBuffer.wrap(text));
    Integer keyBytes = parts.matches() ? KEY_BYTES.get(parts.group(2)) : null;
    if (keyBytes == null) {
      return Optional.empty();
    }
    byte[] iv = HexFormat.of().parseHex(parts.group(3));
    byte[] encrypted = Base64.getMimeDecoder().decode(parts.group(4));
    String algorithm = parts.group(2).startsWith("AES") ? "AES" : "DESede";
    try {
      byte[] key = keyFrom(passphrase, Arrays.copyOf(iv, SALT_BYTES), keyBytes);
      Cipher cipher = Cipher.getInstance(algorithm + "/CBC/PKCS5Padding");
      cipher.init(Cipher.DECRYPT_MODE, new SecretKeySpec(key, algorithm), new IvParameterSpec(iv));
      byte[] plain = cipher.doFinal(encrypted);
      byte[] encoded = Base64.getMimeEncoder(64, new byte[] {'\n'}).encode(plain);
      CharBuffer open = StandardCharsets.US_ASCII.decode(ByteBuffer.wrap(encoded));
      CharBuffer whole = CharBuffer.allocate(open.length() + 200);
      whole.put(parts.group(1)).put('\n').put(open).put('\n').put(parts.group(5)).put('\n');
      Arrays.fill(plain, (byte) 0);
      Arrays.fill(encoded, (byte) 0);
      return Optional.of(Arrays.copyOf(whole.array(), whole.position()));
    } catch (GeneralSecurityException wrongPassphrase) {
      return Optional.empty();
    }
  }

  /** OpenSSL's {@code EVP_BytesToKey} with MD5 and one round. */
  private static byte[] keyFrom(char[] passphrase, byte[] salt, int length)
      throws GeneralSecurityException {
    ByteBuffer word = ByteBuffer.allocate(passphrase.length * 4);
    StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(passphrase), word, true);
    word.flip();
    byte[] key = new byte[0];
    byte[] last = new byte[0];
    while (key.length < length) {
      MessageDigest md5 = MessageDigest.getInstance("MD5");
      md5.update(last);
      md5.update(word.duplicate());
      md5.update(salt);
      last = md5.digest();
      int at = key.length;
      key = Arrays.copyOf(key, at + last.length);
      System.arraycopy(last, 0, key, at, last.length);
    }
    Arrays.fill(word.array(), (byte) 0);
    return Arrays.copyOf(key, length);
  }
}
