package io.holdfast.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.postgres.RoleStatement.Kind;
import java.io.IOException;
import java.io.StringReader;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The roles in a set's globals. */
class GlobalsScriptTest {

  private static final String SCRIPT =
      """
      --
      -- PostgreSQL database cluster dump
      --

      \\restrict abc

      SET default_transaction_read_only = off;
      SET client_encoding = 'UTF8';

      CREATE ROLE app;
      ALTER ROLE app WITH NOSUPERUSER LOGIN PASSWORD 'SCRAM-SHA-256$4096:a;b$c:d';
      COMMENT ON ROLE app IS 'CREATE ROLE fake;';
      CREATE ROLE "Odd ""one"" ü";
      ALTER ROLE "Odd ""one"" ü" WITH NOLOGIN VALID UNTIL 'infinity';

      ALTER ROLE app SET search_path TO 'a', 'b';
      ALTER ROLE app IN DATABASE shop SET work_mem TO '1MB';

      GRANT app TO "Odd ""one"" ü" WITH ADMIN OPTION GRANTED BY postgres;
      GRANT pg_monitor TO app WITH INHERIT TRUE, SET FALSE GRANTED BY boss;
      GRANT app TO other WITH ADMIN FALSE, INHERIT TRUE GRANTED BY boss;

      CREATE TABLESPACE fast OWNER app LOCATION '/fast';
      GRANT ALL ON TABLESPACE fast TO app;
      SECURITY LABEL FOR selinux ON ROLE app IS 'x';
      """;

  @Test
  void namesTheRolesThatItCanCreate() throws IOException {
    assertThat(read().roles()).containsExactly("Odd \"one\" ü", "app");
  }

  @Test
  void knowsWhatEachStatementIsAbout() throws IOException {
    assertThat(read().statements())
        .extracting(RoleStatement::kind)
        .containsExactly(
            Kind.CREATE,
            Kind.ATTRIBUTES,
            Kind.REMARK,
            Kind.CREATE,
            Kind.ATTRIBUTES,
            Kind.SETTING,
            Kind.MEMBERSHIP,
            Kind.MEMBERSHIP,
            Kind.MEMBERSHIP,
            Kind.REMARK);
    assertThat(read().statements().get(6).roles()).isEqualTo(List.of("app", "Odd \"one\" ü"));
  }

  @Test
  void hasAPlainerMembershipForServersThatDoNotTakeItAsWritten() throws IOException {
    assertThat(read().statements().subList(6, 9))
        .extracting(RoleStatement::plainer)
        .containsExactly(
            Optional.of("GRANT \"app\" TO \"Odd \"\"one\"\" ü\" WITH ADMIN OPTION"),
            Optional.of("GRANT \"pg_monitor\" TO \"app\""),
            Optional.of("GRANT \"app\" TO \"other\""));
  }

  @Test
  void showsNoHash() throws IOException {
    assertThat(read().toString()).doesNotContain("SCRAM");
    String attributes = read().statements().get(1).sql().reveal(String::valueOf);
    assertThat(attributes).endsWith("PASSWORD 'SCRAM-SHA-256$4096:a;b$c:d'");
  }

  private static GlobalsScript read() throws IOException {
    return GlobalsScript.read(new StringReader(SCRIPT));
  }
}
