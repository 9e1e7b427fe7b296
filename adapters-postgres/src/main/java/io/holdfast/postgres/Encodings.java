package io.holdfast.postgres;

import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The Java charsets of PostgreSQL's encodings (its documentation, "Character Set Support"). */
final class Encodings {

  private static final Pattern SETTING = Pattern.compile("client_encoding\\s*=\\s*'([^']+)'");

  private static final Map<String, String> NAMES =
      Map.ofEntries(
          Map.entry("UTF8", "UTF-8"),
          Map.entry("LATIN1", "ISO-8859-1"),
          Map.entry("LATIN2", "ISO-8859-2"),
          Map.entry("LATIN3", "ISO-8859-3"),
          Map.entry("LATIN4", "ISO-8859-4"),
          Map.entry("LATIN5", "ISO-8859-9"),
          Map.entry("LATIN7", "ISO-8859-13"),
          Map.entry("LATIN9", "ISO-8859-15"),
          Map.entry("ISO_8859_5", "ISO-8859-5"),
          Map.entry("ISO_8859_6", "ISO-8859-6"),
          Map.entry("ISO_8859_7", "ISO-8859-7"),
          Map.entry("ISO_8859_8", "ISO-8859-8"),
          Map.entry("WIN1250", "windows-1250"),
          Map.entry("WIN1251", "windows-1251"),
          Map.entry("WIN1252", "windows-1252"),
          Map.entry("WIN1253", "windows-1253"),
          Map.entry("WIN1254", "windows-1254"),
          Map.entry("WIN1255", "windows-1255"),
          Map.entry("WIN1256", "windows-1256"),
          Map.entry("WIN1257", "windows-1257"),
          Map.entry("WIN1258", "windows-1258"),
          Map.entry("WIN866", "IBM866"),
          Map.entry("WIN874", "x-windows-874"),
          Map.entry("KOI8R", "KOI8-R"),
          Map.entry("KOI8U", "KOI8-U"),
          Map.entry("EUC_JP", "EUC-JP"),
          Map.entry("EUC_KR", "EUC-KR"),
          Map.entry("EUC_CN", "GB2312"),
          Map.entry("EUC_TW", "x-EUC-TW"));

  private Encodings() {}

  /**
   * The charset that {@code SET client_encoding = '..'} sets. Of one that Java does not have, and
   * of SQL_ASCII, which is none, the text is taken as UTF-8.
   */
  static Charset charsetOf(String statement) {
    Matcher matcher = SETTING.matcher(statement);
    if (!matcher.find()) {
      return StandardCharsets.UTF_8;
    }
    String name = NAMES.getOrDefault(matcher.group(1), "UTF-8");
    return Charset.isSupported(name) ? Charset.forName(name) : StandardCharsets.UTF_8;
  }

  /**
   * A role's or tablespace's name as the cluster spells it. The server keeps the bytes of such
   * names as they came, in UTF-8 from most sessions, and shows them in each database as if they
   * were in that database's encoding; from within one in LATIN1 {@code ü} reads as two characters.
   *
   * @param name as it was read in a database's encoding
   * @param charset that encoding's
   */
  static String clusterWide(String name, Charset charset) {
    if (charset.equals(StandardCharsets.UTF_8)) {
      return name;
    }
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(charset.encode(name)).toString();
    } catch (CharacterCodingException e) {
      return name;
    }
  }
}
