package io.holdfast.example.webdav;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Consumer;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** Reads the answer to a PROPFIND (RFC 4918, section 14.16) as it comes, an entry at a time. */
final class MultiStatus {

  private static final String DAV = "DAV:";
  private static final String COLLECTION = "collection";

  private final XMLStreamReader xml;
  private String href = "";
  private final Map<String, String> found = new HashMap<>();
  private final Map<String, String> group = new HashMap<>();

  private MultiStatus(XMLStreamReader xml) {
    this.xml = xml;
  }

  static void read(InputStream in, Consumer<Entry> visitor) throws IOException {
    // The JDK's own, whatever else lies about; and no document may name another one.
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    factory.setProperty(XMLInputFactory.IS_COALESCING, true);
    try {
      XMLStreamReader xml = factory.createXMLStreamReader(in);
      try {
        new MultiStatus(xml).readAll(visitor);
      } finally {
        xml.close();
      }
    } catch (XMLStreamException e) {
      if (e.getNestedException() instanceof IOException broken) {
        throw broken;
      }
      throw new IOException("the answer is no WebDAV: " + e.getMessage(), e);
    }
  }

  private void readAll(Consumer<Entry> visitor) throws XMLStreamException, IOException {
    while (xml.hasNext()) {
      int event = xml.next();
      if (event == XMLStreamConstants.START_ELEMENT && DAV.equals(xml.getNamespaceURI())) {
        begin(xml.getLocalName());
      } else if (event == XMLStreamConstants.END_ELEMENT
          && DAV.equals(xml.getNamespaceURI())
          && xml.getLocalName().equals("response")) {
        visitor.accept(entry());
      }
    }
  }

  private void begin(String name) throws XMLStreamException {
    switch (name) {
      case "response" -> {
        href = "";
        found.clear();
      }
      case "propstat" -> group.clear();
      case "href" -> href = href.isEmpty() ? xml.getElementText().strip() : href;
      case COLLECTION -> group.put(COLLECTION, "");
      case "getcontentlength", "getlastmodified", "getetag", "quota-available-bytes" ->
          group.put(name, xml.getElementText().strip());
      case "status" -> {
        if (xml.getElementText().contains(" 200")) {
          found.putAll(group);
        }
      }
      default -> {
        // Nothing that was asked for.
      }
    }
  }

  private Entry entry() throws IOException {
    String tag = found.getOrDefault("getetag", "");
    OptionalLong free = number("quota-available-bytes");
    return new Entry(
        pathOf(href),
        found.containsKey(COLLECTION),
        number("getcontentlength").orElse(0),
        modified(found.getOrDefault("getlastmodified", "")),
        tag.startsWith("\"") ? tag : "",
        free.isPresent() && free.getAsLong() < 0 ? OptionalLong.empty() : free);
  }

  private OptionalLong number(String name) {
    try {
      String text = found.getOrDefault(name, "");
      return text.isEmpty() ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(text));
    } catch (NumberFormatException unknown) {
      return OptionalLong.empty();
    }
  }

  private static Instant modified(String text) {
    try {
      return ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
    } catch (DateTimeException unknown) {
      return Instant.EPOCH;
    }
  }

  /** The decoded path of a whole url or of a path alone. */
  private static String pathOf(String href) throws IOException {
    String path = href;
    if (path.regionMatches(true, 0, "http", 0, 4)) {
      try {
        path = URI.create(path).getRawPath();
      } catch (IllegalArgumentException e) {
        throw new IOException("the answer is no WebDAV: it names " + href, e);
      }
    }
    String decoded = decoded(path);
    return decoded.endsWith("/") ? decoded.substring(0, decoded.length() - 1) : decoded;
  }

  /** Percent signs alone are decoded: a plus is a plus. */
  static String decoded(String text) throws IOException {
    byte[] raw = text.getBytes(StandardCharsets.UTF_8);
    ByteBuffer bytes = ByteBuffer.allocate(raw.length);
    for (int i = 0; i < raw.length; i++) {
      if (raw[i] == '%' && i + 2 < raw.length && isHex(raw[i + 1]) && isHex(raw[i + 2])) {
        bytes.put(
            (byte) ((Character.digit(raw[i + 1], 16) << 4) + Character.digit(raw[i + 2], 16)));
        i += 2;
      } else {
        bytes.put(raw[i]);
      }
    }
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(bytes.flip()).toString();
    } catch (CharacterCodingException e) {
      throw new IOException("the server has a name that is not UTF-8: " + text, e);
    }
  }

  private static boolean isHex(byte b) {
    return Character.digit(b, 16) >= 0;
  }
}
