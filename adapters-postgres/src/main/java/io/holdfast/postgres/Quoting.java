package io.holdfast.postgres;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** Writes names and values so that PostgreSQL reads them as they are. */
final class Quoting {

  private Quoting() {}

  /** A name as an SQL identifier. */
  static String identifier(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }

  /**
   * A libpq connection string. Names are given to the tools in this form alone: a bare database
   * name with an {@code =} in it would itself be read as a connection string.
   */
  static String connectionString(String host, int port, String user, String database) {
    Map<String, String> parameters = new LinkedHashMap<>();
    parameters.put("host", host);
    parameters.put("port", Integer.toString(port));
    parameters.put("user", user);
    parameters.put("dbname", database);
    return parameters.entrySet().stream()
        .map(parameter -> parameter.getKey() + "=" + connectionValue(parameter.getValue()))
        .collect(Collectors.joining(" "));
  }

  private static String connectionValue(String value) {
    return "'" + value.replace("\\", "\\\\").replace("'", "\\'") + "'";
  }
}
