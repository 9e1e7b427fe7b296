package io.holdfast.postgres;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Finds the roles that a statement of a dump speaks of: those of GRANT, REVOKE, ALTER DEFAULT
 * PRIVILEGES, CREATE POLICY, CREATE USER MAPPING, ALTER ROLE, SET SESSION AUTHORIZATION.
 */
final class RoleMentions {

  private RoleMentions() {}

  static Set<String> in(SqlStatement statement) {
    SqlStatement compact = statement.compact();
    Set<String> roles = new TreeSet<>();
    if (compact.startsWith("GRANT") || compact.startsWith("REVOKE")) {
      after(compact, "TO", roles);
      after(compact, "FROM", roles);
      grantor(compact, roles);
    } else if (compact.startsWith("ALTER", "DEFAULT", "PRIVILEGES")) {
      int at = compact.indexOf("ROLE", 0);
      if (at >= 0) {
        roles.addAll(namesFrom(compact, at + 1));
      }
      after(compact, "TO", roles);
      after(compact, "FROM", roles);
    } else if (compact.startsWith("CREATE", "POLICY")) {
      after(compact, "TO", roles);
    } else if (compact.startsWith("CREATE", "USER", "MAPPING")) {
      after(compact, "FOR", roles);
    } else if (compact.startsWith("ALTER", "ROLE")) {
      roles.addAll(namesFrom(compact, 2));
    } else if (compact.startsWith("SET", "SESSION", "AUTHORIZATION")) {
      roles.addAll(namesFrom(compact, 3));
    }
    return roles;
  }

  private static void after(SqlStatement statement, String word, Set<String> roles) {
    int at = statement.indexOf(word, 0);
    if (at >= 0) {
      roles.addAll(namesFrom(statement, at + 1));
    }
  }

  /** BY alone may be a table's name; after GRANTED it cannot. */
  private static void grantor(SqlStatement statement, Set<String> roles) {
    int at = statement.indexOf("GRANTED", 0);
    while (at >= 0 && at + 1 < statement.tokens().size()) {
      if (statement.tokens().get(at + 1).isWord("BY")) {
        roles.addAll(namesFrom(statement, at + 2));
      }
      at = statement.indexOf("GRANTED", at + 1);
    }
  }

  /** A list of names; PUBLIC, everybody, is no role. */
  static List<String> namesFrom(SqlStatement statement, int from) {
    List<String> names = new ArrayList<>();
    List<SqlToken> tokens = statement.tokens();
    int at = from;
    while (at < tokens.size() && tokens.get(at).isName()) {
      SqlToken token = tokens.get(at);
      if (!token.isWord("PUBLIC") && !token.isWord("CURRENT_USER")) {
        names.add(token.name());
      }
      if (at + 1 >= tokens.size() || !tokens.get(at + 1).isSymbol(',')) {
        break;
      }
      at += 2;
    }
    return names;
  }
}
