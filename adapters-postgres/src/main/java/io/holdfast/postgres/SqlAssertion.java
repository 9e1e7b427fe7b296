package io.holdfast.postgres;

import io.holdfast.application.port.failure.FailureKind;
import io.holdfast.application.port.failure.SourceFailure;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.postgresql.core.Parser;

/**
 * Statements of an operator's that hold when the first column of every row that any of them returns
 * is true. However many rows there are, few of them are in memory.
 */
final class SqlAssertion {

  private static final String DOING = "run the SQL";
  private static final int FETCHED_AT_A_TIME = 200;
  private static final int LONGEST_SHOWN = 200;

  /** What returns many rows begins so, or with a parenthesis. */
  private static final Set<String> QUERIES =
      Set.of("SELECT", "WITH", "VALUES", "TABLE", "INSERT", "UPDATE", "DELETE", "MERGE");

  private SqlAssertion() {}

  /** Returns the first row that is not true; empty when there is none. */
  static Optional<String> refutation(Session session, String sql) {
    List<String> statements = statementsOf(sql);
    if (statements.size() == 1 && standsAlone(statements.get(0))) {
      return firstUntrue(session, statements);
    }
    List<String> untrue = new ArrayList<>();
    // Only within a transaction are rows fetched by parts.
    session.inTransaction(DOING, () -> firstUntrue(session, statements).ifPresent(untrue::add));
    return untrue.stream().findFirst();
  }

  /** One after the other: what a statement reads is closed before the next one changes it. */
  private static List<String> statementsOf(String sql) {
    try {
      return Parser.parseJdbcSql(sql, true, false, true, false, true).stream()
          .map(statement -> statement.nativeSql)
          .filter(statement -> !SqlStatement.all(statement).isEmpty())
          .toList();
    } catch (SQLException malformed) {
      throw new SourceFailure(
          FailureKind.SOURCE,
          "Could not " + DOING + ": " + malformed.getMessage(),
          "Try it with psql.",
          malformed);
    }
  }

  /** VACUUM, CALL and their like may refuse to be part of a transaction. */
  private static boolean standsAlone(String sql) {
    return SqlStatement.all(sql).stream()
        .map(statement -> statement.compact().tokens().get(0))
        .noneMatch(first -> first.isSymbol('(') || QUERIES.stream().anyMatch(first::isWord));
  }

  private static Optional<String> firstUntrue(Session session, List<String> statements) {
    for (int i = 0; i < statements.size(); i++) {
      int number = i + 1;
      String sql = statements.get(i);
      Optional<String> untrue =
          session.statement(
              "run statement " + number, statement -> firstUntrue(statement, sql, number));
      if (untrue.isPresent()) {
        return untrue;
      }
    }
    return Optional.empty();
  }

  private static Optional<String> firstUntrue(Statement statement, String sql, int number)
      throws SQLException {
    statement.setFetchSize(FETCHED_AT_A_TIME);
    return statement.execute(sql)
        ? firstUntrue(statement.getResultSet(), number)
        : Optional.empty();
  }

  private static Optional<String> firstUntrue(ResultSet rows, int number) throws SQLException {
    for (long row = 1; rows.next(); row++) {
      if (!Boolean.TRUE.equals(rows.getObject(1))) {
        String value = String.valueOf(rows.getString(1));
        String shown = value.length() > LONGEST_SHOWN ? value.substring(0, LONGEST_SHOWN) : value;
        return Optional.of(
            "statement " + number + " returned '" + shown + "' in row " + row + ", not true");
      }
    }
    return Optional.empty();
  }
}
