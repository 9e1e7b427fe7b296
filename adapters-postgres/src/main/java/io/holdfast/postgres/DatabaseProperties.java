package io.holdfast.postgres;

import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a database itself has, in plain words. Its settings are told by a digest among the
 * definitions, since there are secrets among them.
 */
final class DatabaseProperties {

  private static final int LOCALE_PROVIDERS_SINCE = 15;
  private static final int LOCALE_RULES_SINCE = 16;
  private static final int LOCALES_OF_ALL_PROVIDERS_SINCE = 17;

  private DatabaseProperties() {}

  /** Each by its name; one that this major does not know is left out. */
  static SortedMap<String, String> read(Session session, int major) {
    return session
        .first(
            "read the properties of '" + session.database() + "'",
            query(major),
            DatabaseProperties::properties)
        .orElseThrow();
  }

  private static String query(int major) {
    String locale =
        major >= LOCALES_OF_ALL_PROVIDERS_SINCE
            ? ", d.datlocale AS locale"
            : ", d.daticulocale AS locale";
    return """
        SELECT pg_get_userbyid(d.datdba) AS owner,
               pg_encoding_to_char(d.encoding) AS encoding,
               d.datcollate AS collation, d.datctype AS "character type",
               d.datconnlimit AS "connection limit",
               GRANTS AS grants,
               to_json(left(shobj_description(d.oid, 'pg_database'), 200))::text AS comment
               PROVIDER
          FROM pg_database d WHERE d.datname = current_database()
        """
        .replace("GRANTS", DefinitionSql.acl("d.datacl", "'d'", "d.datdba"))
        .replace(
            "PROVIDER",
            (major >= LOCALE_PROVIDERS_SINCE
                    ? ", d.datlocprovider AS \"locale provider\"" + locale
                    : "")
                + (major >= LOCALE_RULES_SINCE ? ", d.daticurules AS \"locale rules\"" : ""));
  }

  private static SortedMap<String, String> properties(ResultSet row) throws SQLException {
    SortedMap<String, String> properties = new TreeMap<>();
    ResultSetMetaData columns = row.getMetaData();
    for (int i = 1; i <= columns.getColumnCount(); i++) {
      properties.put(columns.getColumnLabel(i), Optional.ofNullable(row.getString(i)).orElse(""));
    }
    return properties;
  }
}
