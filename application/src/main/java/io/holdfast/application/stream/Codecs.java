package io.holdfast.application.stream;

import io.holdfast.application.port.out.source.Codec;
import io.holdfast.domain.backup.Encoding;
import java.util.Collection;
import java.util.EnumMap;
import java.util.Map;

/** The codec of every encoding. */
public final class Codecs {

  private final Map<Encoding, Codec> byEncoding = new EnumMap<>(Encoding.class);

  /**
   * @throws IllegalArgumentException when an encoding has none or two
   */
  public Codecs(Collection<? extends Codec> codecs) {
    for (Codec codec : codecs) {
      if (byEncoding.put(codec.encoding(), codec) != null) {
        throw new IllegalArgumentException("two codecs for " + codec.encoding());
      }
    }
    for (Encoding encoding : Encoding.values()) {
      of(encoding);
    }
  }

  /** The codec of an encoding. */
  public Codec of(Encoding encoding) {
    Codec codec = byEncoding.get(encoding);
    if (codec == null) {
      throw new IllegalArgumentException("no codec for " + encoding);
    }
    return codec;
  }
}
