package io.holdfast.podman.archive;

import java.nio.charset.StandardCharsets;

/**
 * A member of a tar archive. Names are bytes, of no known encoding: each character of a name here
 * stands for one byte.
 *
 * @param path as the archive spells it
 * @param type what it is
 * @param linkTarget where a hard or symbolic link leads; empty for others
 */
public record TarMember(String path, Type type, String linkTarget) {

  public enum Type {
    FILE,
    HARD_LINK,
    SYMBOLIC_LINK,
    FOLDER,
    FIFO,
    CHARACTER_DEVICE,
    BLOCK_DEVICE
  }

  /** True when it has a place that it leads to. */
  public boolean isLink() {
    return type == Type.HARD_LINK || type == Type.SYMBOLIC_LINK;
  }

  /** A name for people. */
  public static String readable(String name) {
    String text = new String(name.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    StringBuilder out = new StringBuilder(text.length());
    text.chars().forEach(c -> out.append(Character.isISOControl(c) ? '?' : (char) c));
    return out.toString();
  }
}
