package io.holdfast.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The roles that a statement speaks of. */
class RoleMentionsTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "GRANT SELECT ON TABLE s.t TO a, b WITH GRANT OPTION GRANTED BY c | a b c",
        "GRANT SELECT(x) ON TABLE \"to\".\"from\" TO a | a",
        "GRANT ALL ON FUNCTION f(\"to\" integer) TO a | a",
        "GRANT SELECT ON TABLE public.by TO a | a",
        "REVOKE ALL ON SCHEMA public FROM PUBLIC | ''",
        "REVOKE ALL ON TABLE t FROM a | a",
        "ALTER DEFAULT PRIVILEGES FOR ROLE a IN SCHEMA s GRANT SELECT ON TABLES TO b | a b",
        "ALTER DEFAULT PRIVILEGES FOR ROLE a REVOKE ALL ON TYPES FROM PUBLIC | a",
        "CREATE POLICY p ON s.t AS RESTRICTIVE FOR SELECT TO a, b USING ((x = 'TO z')) | a b",
        "CREATE POLICY \"all\" ON s.t USING (true) | ''",
        "CREATE USER MAPPING FOR a SERVER s OPTIONS (x 'y') | a",
        "ALTER ROLE a IN DATABASE d SET x TO 'y' | a",
        "SET SESSION AUTHORIZATION a | a",
        "COMMENT ON DATABASE d IS 'TO a' | ''",
      })
  void areFound(String sql, String roles) {
    assertThat(String.join(" ", RoleMentions.in(SqlStatement.all(sql).get(0)))).isEqualTo(roles);
  }

  @Test
  void areNamedAsTheyAreQuoted() {
    assertThat(RoleMentions.in(SqlStatement.all("GRANT ALL ON TABLE t TO \"A \"\"b\"\"\"").get(0)))
        .containsExactly("A \"b\"");
  }
}
