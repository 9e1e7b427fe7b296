package io.holdfast.postgres;

import io.holdfast.application.port.out.store.Secret;
import java.util.List;
import java.util.Optional;

/**
 * A statement of the globals about roles.
 *
 * @param kind what it does
 * @param roles the role that it is about; of a membership the group and the member
 * @param sql it as it was written; it may hold a password's hash
 * @param plainer what does the same on servers that do not take it as it is written
 */
record RoleStatement(Kind kind, List<String> roles, Secret sql, Optional<String> plainer) {
  RoleStatement {
    roles = List.copyOf(roles);
  }

  /** What a statement does. */
  enum Kind {
    CREATE,
    ATTRIBUTES,
    SETTING,
    MEMBERSHIP,
    REMARK
  }
}
