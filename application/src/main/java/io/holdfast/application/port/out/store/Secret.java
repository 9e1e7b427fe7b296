package io.holdfast.application.port.out.store;

import java.util.Arrays;
import java.util.function.Function;

/**
 * A password, key or token. Shows itself to nobody but the one that {@link #reveal uses} it: its
 * text is no {@link String}, is not serialised, and {@link #toString()} hides it.
 */
public final class Secret {

  private final char[] characters;

  private Secret(char[] characters) {
    this.characters = characters;
  }

  /** A secret of these characters, which are copied. */
  public static Secret of(char[] characters) {
    return new Secret(characters.clone());
  }

  /** Hands the characters to a function, which must not keep them; they are wiped afterwards. */
  public <T> T reveal(Function<char[], T> use) {
    char[] copy = characters.clone();
    try {
      return use.apply(copy);
    } finally {
      Arrays.fill(copy, '\0');
    }
  }

  /** True when there is not one character. */
  public boolean isEmpty() {
    return characters.length == 0;
  }

  @Override
  public String toString() {
    return "(secret)";
  }
}
