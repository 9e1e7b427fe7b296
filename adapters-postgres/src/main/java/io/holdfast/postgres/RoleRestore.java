package io.holdfast.postgres;

import io.holdfast.application.port.failure.Failure;
import io.holdfast.application.port.out.store.Secret;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Creates the roles that a server lacks, and leaves those that it has alone. */
final class RoleRestore {

  /** Any number will do that nobody else's advisory lock has. */
  private static final long LOCK = 0x486f6c6466617374L;

  private final Session session;
  private final List<String> warnings = new ArrayList<>();
  private String own = "";

  RoleRestore(Session session) {
    this.session = session;
  }

  /** All missing roles of the globals or none; several restores may do so at a time. */
  List<String> createMissing(GlobalsScript globals) {
    session.inTransaction("create roles", () -> create(globals));
    return warnings;
  }

  /**
   * All roles of the globals, on a server that is there for them alone: one that is there already
   * gets the attributes, settings and memberships that it has in the globals.
   */
  List<String> createAll(GlobalsScript globals) {
    session.inTransaction("create roles", () -> replace(globals, () -> {}));
    return warnings;
  }

  /**
   * Every role of the globals as they tell it, on a server of our own.
   *
   * @param login the role that we log in as, which keeps its password for now
   * @param password that one
   */
  List<String> replaceAll(GlobalsScript globals, String login, Secret password) {
    own = login;
    session.inTransaction("create roles", () -> replace(globals, () -> keepOwn(password)));
    return warnings;
  }

  /** True for the statement that gives the role that we log in as its attributes. */
  boolean isOwnAttributes(RoleStatement statement) {
    return statement.kind() == RoleStatement.Kind.ATTRIBUTES
        && statement.roles().get(0).equals(own);
  }

  /**
   * @param afterOwn what follows the statement that gives the role that we log in as its attributes
   */
  private void replace(GlobalsScript globals, Runnable afterOwn) {
    Set<String> present = present();
    Set<String> missing = new TreeSet<>(globals.roles());
    missing.removeAll(present);
    present.addAll(missing);
    for (RoleStatement statement : globals.statements()) {
      boolean exists =
          statement.kind() == RoleStatement.Kind.CREATE
              && !missing.contains(statement.roles().get(0));
      if (!exists) {
        run(statement, present);
      }
      if (isOwnAttributes(statement)) {
        afterOwn.run();
      }
    }
  }

  /** The password of the globals is a hash, with which nobody can log in. */
  private void keepOwn(Secret password) {
    Secret sql =
        password.reveal(
            characters ->
                Secret.of(
                    ("ALTER ROLE "
                            + Quoting.identifier(own)
                            + " PASSWORD '"
                            + String.valueOf(characters).replace("'", "''")
                            + "'")
                        .toCharArray()));
    session.execute("keep the superuser's password for now", sql);
  }

  private Set<String> present() {
    return new HashSet<>(
        session.names("list the roles", "SELECT rolname FROM pg_catalog.pg_roles"));
  }

  private void create(GlobalsScript globals) {
    session.query("wait for another restore", "SELECT pg_advisory_xact_lock(?)", row -> true, LOCK);
    Set<String> present = present();
    Set<String> missing = new TreeSet<>(globals.roles());
    missing.removeAll(present);
    present.addAll(missing);
    for (RoleStatement statement : globals.statements()) {
      if (statement.roles().stream().anyMatch(missing::contains)) {
        run(statement, present);
      }
    }
  }

  private void run(RoleStatement statement, Set<String> present) {
    String role = statement.roles().get(0);
    switch (statement.kind()) {
      case CREATE -> session.execute("create role '" + role + "'", statement.sql());
      case ATTRIBUTES ->
          session.execute("give role '" + role + "' its attributes", statement.sql());
      case SETTING -> tolerate(statement, "a setting of role '" + role + "'");
      case REMARK -> tolerate(statement, "a comment or label of role '" + role + "'");
      case MEMBERSHIP -> {
        String what = "the membership of '" + statement.roles().get(1) + "' in '" + role + "'";
        if (present.containsAll(statement.roles())) {
          tolerate(statement, what);
        } else {
          warnings.add(what + " was not restored: one of the two roles is not there");
        }
      }
    }
  }

  private void tolerate(RoleStatement statement, String what) {
    Optional<Failure> failure =
        session.attempt(
            "restore " + what, () -> session.execute("restore " + what, statement.sql()));
    if (failure.isPresent() && statement.plainer().isPresent()) {
      String sql = statement.plainer().get();
      failure = session.attempt("restore " + what, () -> session.execute("restore " + what, sql));
    }
    failure.ifPresent(why -> warnings.add(what + " was not restored: " + why.getMessage()));
  }
}
