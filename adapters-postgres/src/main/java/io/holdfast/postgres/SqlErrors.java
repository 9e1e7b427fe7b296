package io.holdfast.postgres;

import io.holdfast.application.port.failure.FailureKind;
import io.holdfast.application.port.failure.SourceFailure;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.sql.SQLException;
import java.util.Optional;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/**
 * Tells what the server or the driver refused, by SQLSTATE (PostgreSQL's documentation, appendix
 * A), as a failure with a remedy.
 */
final class SqlErrors {

  static final String NO_SUCH_DATABASE = "3D000";

  private static final String DUPLICATE_DATABASE = "42P04";
  private static final String SYNTAX_ERROR = "42601";
  private static final String INVALID_VALUE = "22023";
  private static final String OBJECT_IN_USE = "55006";

  private SqlErrors() {}

  /** A connection that was not made. */
  static SourceFailure connecting(ClusterSettings settings, String database, SQLException error) {
    String prefix = "Cluster " + settings.name() + " (" + settings.describe() + "): ";
    String state = stateOf(error);
    String said = messageOf(error);
    return switch (state) {
      case "28P01" ->
          refused(prefix + "the password was refused.", "Check the cluster's password.", error);
      case "28000" ->
          refused(
              prefix + "the login was refused: " + said + ".",
              "Check the cluster's user, and that pg_hba.conf lets it in from this host.",
              error);
      case NO_SUCH_DATABASE ->
          refused(
              prefix + "there is no database '" + database + "'.",
              "Set the cluster's maintenance database to one that exists.",
              error);
      case "08004" ->
          refused(
              prefix + said,
              "Give the cluster a password, or this user a line in ~/.pgpass.",
              error);
      case "42501" ->
          refused(
              prefix + "the role may not connect to database '" + database + "'.",
              "GRANT CONNECT on it, or configure another user.",
              error);
      case "53300" ->
          unreachable(
              prefix + "the server has no free connection: " + said + ".",
              "Raise max_connections, or try when it is less busy.",
              error);
      case "57P03" -> unreachable(prefix + said + ".", "Wait until the server has started.", error);
      default -> notReached(prefix, said, error);
    };
  }

  /** A statement that failed; {@code doing} completes "could not". */
  static SourceFailure executing(ClusterSettings settings, String doing, SQLException error) {
    String said = messageOf(error);
    String message = "Cluster " + settings.name() + ": could not " + doing + ": " + said + ".";
    return switch (stateOf(error)) {
      case "42501" -> refused(message, "Use a superuser, or grant the right that is named.", error);
      case OBJECT_IN_USE ->
          new SourceFailure(
              FailureKind.SOURCE_UNREACHABLE,
              message,
              "Stop what keeps connecting to the database, then try again.",
              error);
      case DUPLICATE_DATABASE ->
          refused(message, "Drop or rename that database, then try again.", error);
      case "53100" -> refused(message, "Free space on the server's disk.", error);
      case "08006", "08003", "57P01", "57P02" ->
          unreachable(message, "Look into the server's log for why it ended the session.", error);
      default -> refused(message, "", error);
    };
  }

  /** True when a failure stems from this SQLSTATE. */
  static boolean isState(Throwable failure, String state) {
    return failure.getCause() instanceof SQLException error && stateOf(error).equals(state);
  }

  /** True when a database of that name was there already. */
  static boolean isDuplicateDatabase(Throwable failure) {
    return isState(failure, DUPLICATE_DATABASE);
  }

  /** True when the server does not take a parameter's value. */
  static boolean isInvalidValue(Throwable failure) {
    return isState(failure, INVALID_VALUE);
  }

  /** True when the server quotes a part of the statement in its error. */
  static boolean isSyntaxError(Throwable failure) {
    return isState(failure, SYNTAX_ERROR);
  }

  /** True when other sessions were in the way. */
  static boolean isInUse(Throwable failure) {
    return isState(failure, OBJECT_IN_USE);
  }

  static String stateOf(SQLException error) {
    return Optional.ofNullable(error.getSQLState()).orElse("");
  }

  /** The server's sentence without the statement's text, which may hold a password's hash. */
  static String messageOf(SQLException error) {
    if (error instanceof PSQLException fromServer) {
      ServerErrorMessage message = fromServer.getServerErrorMessage();
      if (message != null && message.getMessage() != null) {
        String detail = message.getDetail();
        return detail == null ? message.getMessage() : message.getMessage() + " (" + detail + ")";
      }
    }
    return String.valueOf(error.getMessage());
  }

  private static SourceFailure notReached(String prefix, String said, SQLException error) {
    Throwable cause = error.getCause();
    if (cause instanceof UnknownHostException) {
      return unreachable(prefix + "there is no such host.", "Check the cluster's host.", error);
    }
    if (cause instanceof ConnectException) {
      return unreachable(
          prefix + "nothing answers there: " + cause.getMessage() + ".",
          "Start the server, or check the cluster's host and port.",
          error);
    }
    String because =
        cause == null || cause.getMessage() == null ? said : said + ": " + cause.getMessage();
    return unreachable(
        prefix + because, "Check the cluster's host and port, and the server's log.", error);
  }

  private static SourceFailure refused(String message, String hint, SQLException error) {
    return new SourceFailure(FailureKind.SOURCE, message, hint, error);
  }

  private static SourceFailure unreachable(String message, String hint, SQLException error) {
    return new SourceFailure(FailureKind.SOURCE_UNREACHABLE, message, hint, error);
  }
}
