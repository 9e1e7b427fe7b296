package io.holdfast.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.postgres.SqlToken.Kind;
import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Taking SQL apart. */
class SqlLexerTest {

  private static List<SqlToken> lex(String sql) throws IOException {
    SqlLexer lexer = new SqlLexer(new StringReader(sql));
    List<SqlToken> tokens = new ArrayList<>();
    Optional<SqlToken> token = lexer.next();
    while (token.isPresent()) {
      tokens.add(token.get());
      token = lexer.next();
    }
    return tokens;
  }

  @Provide
  Arbitrary<String> sql() {
    Arbitrary<String> pieces =
        Arbitraries.of(
            "'",
            "''",
            "\"",
            "\\",
            "\n",
            "$",
            "$$",
            "$a$",
            "$1",
            "--",
            "/*",
            "*/",
            "E'",
            "e",
            ";",
            " ",
            "DATABASE",
            "é",
            "(",
            ")",
            "'x'",
            "\"y\"",
            "1.5",
            "U&");
    return pieces.list().ofMaxSize(30).map(parts -> String.join("", parts));
  }

  @Property
  void losesNothing(@ForAll("sql") String sql) throws IOException {
    assertThat(String.join("", lex(sql).stream().map(SqlToken::text).toList())).isEqualTo(sql);
  }

  @Property
  void seesALiteralAsOneTokenWhateverIsInIt(@ForAll String content) throws IOException {
    String doubled = content.replace("'", "''");
    String escaped = content.replace("\\", "\\\\").replace("'", "\\'");
    String dollars = content.replace("$", "").replace("\0", "");

    assertThat(lex("'" + doubled + "'")).hasSize(1);
    assertThat(lex("E'" + escaped + "'")).hasSize(1);
    assertThat(lex("$t$" + dollars + "$t$"))
        .singleElement()
        .extracting(SqlToken::kind)
        .isEqualTo(Kind.LITERAL);
  }

  @Property
  void readsAQuotedNameAsItWas(@ForAll String name) throws IOException {
    assertThat(lex(Quoting.identifier(name)))
        .singleElement()
        .satisfies(token -> assertThat(token.name()).isEqualTo(name));
  }

  @Property
  void splitsAtTheSemicolonsBetweenStatementsAlone(@ForAll String content) {
    String literal = "'" + content.replace("'", "''") + "'";
    String name = Quoting.identifier(content);
    String body = "$b1$" + content.replace("$", "") + "$b1$";

    assertThat(
            SqlStatement.all(
                "SELECT "
                    + literal
                    + ";\n SELECT "
                    + name
                    + " /* ; /* ; */ */ ; DO "
                    + body
                    + "; "))
        .extracting(SqlStatement::sql)
        .containsExactly("SELECT " + literal, "SELECT " + name, "DO " + body);
  }

  @Example
  void passesOverPsqlCommandsAndComments() {
    assertThat(
            SqlStatement.all(
                "--\n-- x; y\n--\n\\restrict a;b\n\\connect \"we;ird\"\nSET a = 1;\n\\unrestrict\n"))
        .extracting(SqlStatement::sql)
        .containsExactly("SET a = 1");
  }

  @Example
  void tellsADollarInANameFromAQuote() throws IOException {
    assertThat(lex("a$b$c")).extracting(SqlToken::kind).containsExactly(Kind.WORD);
    assertThat(lex("$1")).extracting(SqlToken::kind).containsExactly(Kind.SYMBOL, Kind.LITERAL);
  }

  @Example
  void findsWordsOutsideOfParenthesesAlone() {
    SqlStatement statement = SqlStatement.all("GRANT SELECT (a, to) ON t TO x").get(0).compact();
    assertThat(statement.tokens().get(statement.indexOf("TO", 0) + 1).text()).isEqualTo("x");
    assertThat(statement.indexOf("NOWHERE", 0)).isEqualTo(-1);
  }
}
