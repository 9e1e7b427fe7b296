package io.holdfast.example.webdav;

import io.holdfast.application.port.out.store.Secret;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.function.Supplier;

/** How requests prove who sends them. The header is made anew each time and kept nowhere. */
final class Login {

  private final Supplier<Optional<String>> header;

  private Login(Supplier<Optional<String>> header) {
    this.header = header;
  }

  static Login none() {
    return new Login(Optional::empty);
  }

  static Login byToken(Secret token) {
    return new Login(() -> Optional.of(token.reveal(chars -> "Bearer " + new String(chars))));
  }

  static Login byPassword(String user, Secret password) {
    return new Login(
        () -> Optional.of("Basic " + password.<String>reveal(chars -> basic(user, chars))));
  }

  /** The value of the header {@code Authorization}. */
  Optional<String> header() {
    return header.get();
  }

  @Override
  public String toString() {
    return "(secret)";
  }

  private static String basic(String user, char[] password) {
    CharBuffer both = CharBuffer.allocate(user.length() + 1 + password.length);
    both.put(user).put(':').put(password).flip();
    ByteBuffer encoded = StandardCharsets.UTF_8.encode(both);
    byte[] bytes = new byte[encoded.remaining()];
    encoded.get(bytes);
    try {
      return Base64.getEncoder().encodeToString(bytes);
    } finally {
      Arrays.fill(bytes, (byte) 0);
      Arrays.fill(both.array(), '\0');
      encoded.clear().put(new byte[encoded.capacity()]);
    }
  }
}
