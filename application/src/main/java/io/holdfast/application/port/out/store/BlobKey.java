package io.holdfast.application.port.out.store;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The name of a blob in a {@link BlobStore}: segments with {@code /} between them. Any character is
 * allowed in a segment but {@code /} and NUL; no segment is empty, {@code .} or {@code ..}, so that
 * no key climbs out of its store. Keys order as their UTF-8 bytes do.
 *
 * @param value the key's text
 */
public record BlobKey(String value) implements Comparable<BlobKey> {

  /**
   * @throws IllegalArgumentException when the text is no key
   */
  public BlobKey {
    for (String segment : value.split("/", -1)) {
      if (segment.isEmpty() || segment.equals(".") || segment.equals("..")) {
        throw new IllegalArgumentException("not a blob's key: " + value);
      }
    }
    if (value.indexOf(0) >= 0 || !StandardCharsets.UTF_8.newEncoder().canEncode(value)) {
      throw new IllegalArgumentException("not a blob's key: it cannot be written as UTF-8");
    }
  }

  @Override
  public int compareTo(BlobKey other) {
    return Arrays.compareUnsigned(
        value.getBytes(StandardCharsets.UTF_8), other.value.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public String toString() {
    return value;
  }
}
