package io.holdfast.postgres;

import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * One statement of a script.
 *
 * @param tokens its tokens without blanks at its ends, without the semicolon
 */
record SqlStatement(List<SqlToken> tokens) {

  SqlStatement {
    tokens = List.copyOf(tokens);
  }

  /** Takes the statements of a script, one at a time. */
  @FunctionalInterface
  interface Visitor {
    void visit(SqlStatement statement);
  }

  /** Reads a script; blanks between statements and psql commands are passed over. */
  static void each(Reader script, Visitor visitor) throws IOException {
    SqlLexer lexer = new SqlLexer(script);
    List<SqlToken> pending = new ArrayList<>();
    Optional<SqlToken> token = lexer.next();
    while (token.isPresent()) {
      SqlToken next = token.get();
      if (next.isSymbol(';')) {
        emit(pending, visitor);
      } else if (!pending.isEmpty() || !isBetween(next)) {
        pending.add(next);
      }
      token = lexer.next();
    }
    emit(pending, visitor);
  }

  /** The statements of a text. */
  static List<SqlStatement> all(String script) {
    List<SqlStatement> statements = new ArrayList<>();
    try {
      each(new StringReader(script), statements::add);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return statements;
  }

  private static boolean isBetween(SqlToken token) {
    return token.kind() == SqlToken.Kind.BLANK || token.kind() == SqlToken.Kind.PSQL;
  }

  private static void emit(List<SqlToken> pending, Visitor visitor) {
    int end = pending.size();
    while (end > 0 && isBetween(pending.get(end - 1))) {
      end--;
    }
    if (end > 0) {
      visitor.visit(new SqlStatement(pending.subList(0, end)));
    }
    pending.clear();
  }

  /** Its text as it was written. */
  String sql() {
    return tokens.stream().map(SqlToken::text).collect(Collectors.joining());
  }

  /** Its tokens without blanks. */
  SqlStatement compact() {
    return new SqlStatement(
        tokens.stream().filter(token -> token.kind() != SqlToken.Kind.BLANK).toList());
  }

  /** True when it begins with these bare words; for compact ones. */
  boolean startsWith(String... words) {
    if (tokens.size() < words.length) {
      return false;
    }
    for (int i = 0; i < words.length; i++) {
      if (!tokens.get(i).isWord(words[i])) {
        return false;
      }
    }
    return true;
  }

  /** Where a bare word stands outside of parentheses from an index on, or -1. */
  int indexOf(String word, int from) {
    int depth = 0;
    for (int i = from; i < tokens.size(); i++) {
      SqlToken token = tokens.get(i);
      if (token.isSymbol('(')) {
        depth++;
      } else if (token.isSymbol(')')) {
        depth--;
      } else if (depth == 0 && token.isWord(word)) {
        return i;
      }
    }
    return -1;
  }
}
