package io.holdfast.postgres;

import io.holdfast.postgres.SqlToken.Kind;
import java.io.IOException;
import java.io.PushbackReader;
import java.io.Reader;
import java.util.Optional;

/**
 * Takes SQL apart as PostgreSQL's scanner does, as far as finding statements and names needs it:
 * {@code '..'}, {@code E'..'}, {@code ".."}, {@code $tag$..$tag$}, comments that nest, psql
 * commands. The tokens' texts, one after the other, are the input. What is not closed reaches to
 * the end.
 */
final class SqlLexer {

  private static final int LOOK_AHEAD = 128;
  private static final int END = -1;

  private final PushbackReader in;
  private final StringBuilder text = new StringBuilder();

  SqlLexer(Reader in) {
    this.in = new PushbackReader(in, LOOK_AHEAD);
  }

  /** The next token, or empty at the end. */
  Optional<SqlToken> next() throws IOException {
    text.setLength(0);
    int c = take();
    if (c == END) {
      return Optional.empty();
    }
    return Optional.of(new SqlToken(read((char) c), text.toString()));
  }

  private Kind read(char first) throws IOException {
    if (isSpace(first)) {
      takeWhile(SqlLexer::isSpace);
      return Kind.BLANK;
    }
    if (first == '-' && peek() == '-') {
      takeLine();
      return Kind.BLANK;
    }
    if (first == '/' && peek() == '*') {
      takeComment();
      return Kind.BLANK;
    }
    if (first == '\\') {
      takeLine();
      return Kind.PSQL;
    }
    if (first == '\'') {
      takeQuoted('\'', false);
      return Kind.LITERAL;
    }
    if (first == '"') {
      takeQuoted('"', false);
      return Kind.QUOTED_NAME;
    }
    if (first == '$') {
      return readDollar();
    }
    if (isDigit(first)) {
      takeWhile(c -> isDigit(c) || c == '.');
      return Kind.LITERAL;
    }
    if (!startsWord(first)) {
      return Kind.SYMBOL;
    }
    takeWhile(SqlLexer::continuesWord);
    boolean escapes = text.length() == 1 && (first == 'E' || first == 'e');
    if (escapes && peek() == '\'') {
      take();
      takeQuoted('\'', true);
      return Kind.LITERAL;
    }
    return Kind.WORD;
  }

  /** A doubled quote is two strings side by side to us, which comes to the same. */
  private void takeQuoted(char quote, boolean backslashEscapes) throws IOException {
    while (true) {
      int c = take();
      if (c == END) {
        return;
      }
      if (c == '\\' && backslashEscapes) {
        take();
      } else if (c == quote) {
        if (peek() != quote) {
          return;
        }
        take();
      }
    }
  }

  private Kind readDollar() throws IOException {
    StringBuilder ahead = new StringBuilder();
    int c = in.read();
    while (c != END && ahead.length() < LOOK_AHEAD - 1 && isTagCharacter(c, ahead.length())) {
      ahead.append((char) c);
      c = in.read();
    }
    boolean opens = c == '$';
    if (c != END) {
      in.unread(c);
    }
    in.unread(ahead.toString().toCharArray());
    if (!opens) {
      return Kind.SYMBOL;
    }
    for (int i = 0; i <= ahead.length(); i++) {
      take();
    }
    String closing = "$" + ahead + "$";
    int from = text.length();
    while (text.length() - from < closing.length() || !endsWith(closing)) {
      if (take() == END) {
        break;
      }
    }
    return Kind.LITERAL;
  }

  private boolean endsWith(String closing) {
    int start = text.length() - closing.length();
    return text.indexOf(closing, start) == start;
  }

  private static boolean isTagCharacter(int c, int position) {
    return c != '$' && (position == 0 ? startsWord((char) c) : continuesWord((char) c));
  }

  private void takeComment() throws IOException {
    take();
    int depth = 1;
    while (depth > 0) {
      int c = take();
      if (c == END) {
        return;
      }
      if (c == '/' && peek() == '*') {
        take();
        depth++;
      } else if (c == '*' && peek() == '/') {
        take();
        depth--;
      }
    }
  }

  private void takeLine() throws IOException {
    int c = take();
    while (c != END && c != '\n') {
      c = take();
    }
  }

  /** Tells which characters go on. */
  @FunctionalInterface
  private interface CharacterTest {
    boolean test(char c);
  }

  private void takeWhile(CharacterTest test) throws IOException {
    int c = peek();
    while (c != END && test.test((char) c)) {
      take();
      c = peek();
    }
  }

  private static boolean isSpace(char c) {
    return c == ' ' || (c >= '\t' && c <= '\r');
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private static boolean startsWord(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c >= 0x80;
  }

  private static boolean continuesWord(char c) {
    return startsWord(c) || isDigit(c) || c == '$';
  }

  private int take() throws IOException {
    int c = in.read();
    if (c != END) {
      text.append((char) c);
    }
    return c;
  }

  private int peek() throws IOException {
    int c = in.read();
    if (c != END) {
      in.unread(c);
    }
    return c;
  }
}
