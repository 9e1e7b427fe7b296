package io.holdfast.postgres;

import io.holdfast.application.port.out.source.ArtifactContent;
import io.holdfast.application.port.out.store.Secret;
import io.holdfast.postgres.RoleStatement.Kind;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What the globals of a set, as pg_dumpall writes them, say of roles. Tablespaces are left out:
 * they need folders that only the server's administrator can make.
 *
 * @param statements in their order
 */
record GlobalsScript(List<RoleStatement> statements) {

  GlobalsScript {
    statements = List.copyOf(statements);
  }

  static GlobalsScript read(ArtifactContent globals) throws IOException {
    try (Reader reader =
        new BufferedReader(new InputStreamReader(globals.open(), StandardCharsets.UTF_8))) {
      return read(reader);
    }
  }

  static GlobalsScript read(Reader script) throws IOException {
    List<RoleStatement> statements = new ArrayList<>();
    SqlStatement.each(script, statement -> take(statement).ifPresent(statements::add));
    return new GlobalsScript(statements);
  }

  /** The roles that it can create. */
  Set<String> roles() {
    Set<String> roles = new TreeSet<>();
    for (RoleStatement statement : statements) {
      if (statement.kind() == Kind.CREATE) {
        roles.addAll(statement.roles());
      }
    }
    return roles;
  }

  /** The roles that may do everything and log in. */
  Set<String> superusers() {
    Set<String> superusers = new TreeSet<>();
    for (RoleStatement statement : statements) {
      boolean is =
          statement.kind() == Kind.ATTRIBUTES
              && statement
                  .sql()
                  .<Boolean>reveal(
                      text -> {
                        SqlStatement compact = SqlStatement.all(new String(text)).get(0).compact();
                        return compact.indexOf("SUPERUSER", 0) >= 0
                            && compact.indexOf("LOGIN", 0) >= 0;
                      });
      if (is) {
        superusers.addAll(statement.roles());
      }
    }
    return superusers;
  }

  private static Optional<RoleStatement> take(SqlStatement statement) {
    SqlStatement compact = statement.compact();
    if (compact.startsWith("CREATE", "ROLE")) {
      return about(Kind.CREATE, statement, compact, 2);
    }
    if (compact.startsWith("ALTER", "ROLE")) {
      boolean inDatabase = compact.tokens().size() > 3 && compact.tokens().get(3).isWord("IN");
      if (inDatabase) {
        // A dump brings these itself, for the database that it is restored to.
        return Optional.empty();
      }
      boolean sets = compact.tokens().size() > 3 && compact.tokens().get(3).isWord("SET");
      return about(sets ? Kind.SETTING : Kind.ATTRIBUTES, statement, compact, 2);
    }
    if (compact.startsWith("COMMENT", "ON", "ROLE")) {
      return about(Kind.REMARK, statement, compact, 3);
    }
    if (compact.startsWith("SECURITY", "LABEL")) {
      int at = compact.indexOf("ROLE", 0);
      return at < 0 ? Optional.empty() : about(Kind.REMARK, statement, compact, at + 1);
    }
    return compact.startsWith("GRANT") ? membership(statement, compact) : Optional.empty();
  }

  private static Optional<RoleStatement> about(
      Kind kind, SqlStatement statement, SqlStatement compact, int nameAt) {
    List<SqlToken> tokens = compact.tokens();
    if (nameAt >= tokens.size() || !tokens.get(nameAt).isName()) {
      return Optional.empty();
    }
    return Optional.of(
        new RoleStatement(
            kind, List.of(tokens.get(nameAt).name()), secret(statement), Optional.empty()));
  }

  /** {@code GRANT group TO member ..}; with ON it grants a right on a tablespace. */
  private static Optional<RoleStatement> membership(SqlStatement statement, SqlStatement compact) {
    List<SqlToken> tokens = compact.tokens();
    boolean is =
        tokens.size() >= 4
            && tokens.get(1).isName()
            && tokens.get(2).isWord("TO")
            && tokens.get(3).isName();
    if (!is) {
      return Optional.empty();
    }
    String group = tokens.get(1).name();
    String member = tokens.get(3).name();
    return Optional.of(
        new RoleStatement(
            Kind.MEMBERSHIP,
            List.of(group, member),
            secret(statement),
            Optional.of(plainer(compact, group, member))));
  }

  /**
   * Without the grantor, who may not be there, and without what came with PostgreSQL 16: {@code
   * WITH INHERIT TRUE, SET TRUE}.
   */
  private static String plainer(SqlStatement compact, String group, String member) {
    String grant = "GRANT " + Quoting.identifier(group) + " TO " + Quoting.identifier(member);
    int admin = compact.indexOf("ADMIN", 4);
    boolean withAdmin = admin >= 0 && !compact.tokens().get(admin + 1).isWord("FALSE");
    return withAdmin ? grant + " WITH ADMIN OPTION" : grant;
  }

  private static Secret secret(SqlStatement statement) {
    return Secret.of(statement.sql().toCharArray());
  }
}
