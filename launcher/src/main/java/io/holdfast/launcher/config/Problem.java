package io.holdfast.launcher.config;

/**
 * Something in the configuration that cannot stay as it is.
 *
 * @param position where
 * @param key the path of the key; empty for the file as a whole
 * @param text what is wrong and what was expected; never carries a secret
 */
public record Problem(Position position, String key, String text) {

  @Override
  public String toString() {
    return key.isEmpty() ? position + ": " + text : position + ": " + key + ": " + text;
  }
}
