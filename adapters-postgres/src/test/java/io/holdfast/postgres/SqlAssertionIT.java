package io.holdfast.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.application.port.failure.SourceFailure;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** An operator's statements on a restored database, as the server and the driver run them. */
class SqlAssertionIT {

  private static @Nullable PrivateCluster server;

  @BeforeAll
  static void start() {
    server = PrivateCluster.start();
  }

  @AfterAll
  static void stop() {
    if (server != null) {
      server.close();
    }
  }

  @Test
  void aRowFarBehindTheFirstTenThousandIsReadToo() {
    assertThat(refutation("SELECT i <> 30001 FROM generate_series(1, 40000) AS i"))
        .contains("statement 1 returned 'f' in row 30001, not true");
    assertThat(
            refutation(
                "SELECT true FROM generate_series(1, 30000);"
                    + " SELECT CASE WHEN i < 20000 THEN true END FROM generate_series(1, 40000) AS i"))
        .contains("statement 2 returned 'null' in row 20000, not true");
    assertThat(refutation("(SELECT true FROM generate_series(1, 30000))")).isEmpty();
  }

  @Test
  void whatOneWritesTheNextOneFinds() {
    assertThat(refutation("CREATE TABLE seen (ok boolean); INSERT INTO seen VALUES (true)"))
        .isEmpty();
    assertThat(refutation("BEGIN; SELECT ok FROM seen; COMMIT; UPDATE seen SET ok = false"))
        .isEmpty();
    assertThat(refutation("TABLE seen")).contains("statement 1 returned 'f' in row 1, not true");
  }

  @Test
  void whatWasReadMayBeDroppedAndATransactionEndedBeforeTheNextIsRead() {
    assertThat(
            refutation(
                "CREATE TABLE many AS SELECT generate_series(1, 1000) AS i;"
                    + " SELECT i > 0 FROM many; DROP TABLE many; COMMIT; SELECT true"))
        .isEmpty();
  }

  @Test
  void aStatementThatMayBeInNoTransactionRunsByItself() {
    assertThat(refutation("VACUUM pg_class; -- all of it")).isEmpty();
    assertThatThrownBy(() -> refutation("VACUUM pg_class; SELECT true"))
        .isInstanceOf(SourceFailure.class)
        .hasMessageContaining("could not run statement 1: VACUUM cannot run inside a transaction");
  }

  @Test
  void theStatementThatFailsIsNamedAndSemicolonsWithinBodiesEndNone() {
    assertThatThrownBy(
            () ->
                refutation(
                    "CREATE FUNCTION two() RETURNS integer LANGUAGE sql"
                        + " AS $body$ SELECT 1; SELECT 2; $body$;"
                        + " DO $$ BEGIN PERFORM 1; END $$; SELECT two() = 2;"
                        + " SELECT 1 / i >= 0 FROM generate_series(1000, 0, -1) AS i"))
        .isInstanceOf(SourceFailure.class)
        .hasMessageContaining("could not run statement 4: division by zero");
  }

  private static Optional<String> refutation(String sql) {
    if (server == null) {
      throw new IllegalStateException("not started");
    }
    try (Session session = server.open("postgres")) {
      return SqlAssertion.refutation(session, sql);
    }
  }
}
