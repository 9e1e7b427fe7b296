package io.holdfast.postgres;

import java.util.Locale;

/**
 * A piece of SQL.
 *
 * @param kind what it is
 * @param text as it was written
 */
record SqlToken(Kind kind, String text) {

  /** What a piece of SQL is. */
  enum Kind {
    /** A keyword or a bare name. */
    WORD,
    /** A name in double quotes. */
    QUOTED_NAME,
    /** A string, a number, a comment's end: nothing that names anything. */
    LITERAL,
    /** White space or a comment. */
    BLANK,
    /** A psql command to the end of its line. */
    PSQL,
    /** One other character. */
    SYMBOL
  }

  /** True for a bare word, whatever its case. */
  boolean isWord(String word) {
    return kind == Kind.WORD && text.equalsIgnoreCase(word);
  }

  boolean isSymbol(char symbol) {
    return kind == Kind.SYMBOL && text.charAt(0) == symbol;
  }

  boolean isName() {
    return kind == Kind.WORD || kind == Kind.QUOTED_NAME;
  }

  /** The name that it stands for: bare ones in lower case, quoted ones as they are. */
  String name() {
    return kind == Kind.QUOTED_NAME && text.length() > 1
        ? text.substring(1, text.length() - 1).replace("\"\"", "\"")
        : text.toLowerCase(Locale.ROOT);
  }
}
