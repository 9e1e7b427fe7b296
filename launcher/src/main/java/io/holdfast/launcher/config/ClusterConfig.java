package io.holdfast.launcher.config;

import java.util.Optional;

/**
 * A PostgreSQL cluster.
 *
 * @param name what the operator calls it
 * @param host a name, an address, or the folder of a unix socket
 * @param port its TCP port
 * @param user the role that dumps and restores
 * @param password the role's password; without one libpq's own rules
 * @param tools where pg_dump and pg_restore run
 * @param databases which databases
 * @param globals whether roles and tablespaces go with them
 * @param compression of the dumps
 */
public record ClusterConfig(
    String name,
    String host,
    int port,
    String user,
    Optional<SecretReference> password,
    Tools tools,
    NamePatterns databases,
    boolean globals,
    DumpCompression compression) {

  private static final int HIGHEST_PORT = 65_535;

  static ClusterConfig read(String name, Section section) {
    ClusterConfig cluster =
        new ClusterConfig(
            name,
            section.text("host").orElse("127.0.0.1"),
            section.number("port", 1, HIGHEST_PORT).orElse(5432),
            section.text("user").orElse("postgres"),
            section.secret("password"),
            section.parsed("tools", Tools.EXPECTED, Tools::parse).orElse(new Tools.OnHost()),
            databasesOf(section),
            section.flag("globals").orElse(true),
            section
                .parsed("compression", DumpCompression.EXPECTED, DumpCompression::parse)
                .orElse(new DumpCompression.Auto()));
    section.end();
    return cluster;
  }

  private static NamePatterns databasesOf(Section section) {
    Optional<Section> databases = section.section("databases", section.reading().needed());
    Optional<NamePatterns> patterns = databases.map(NamePatterns::read);
    databases.ifPresent(Section::end);
    return patterns.orElse(NamePatterns.everything());
  }
}
