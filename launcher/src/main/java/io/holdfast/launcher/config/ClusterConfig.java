package io.holdfast.launcher.config;

import io.holdfast.application.port.failure.ConfigurationFailure;
import io.holdfast.postgres.Compression;
import io.holdfast.postgres.FingerprintDepth;
import io.holdfast.postgres.FingerprintSettings;
import java.util.Optional;

/**
 * A PostgreSQL cluster.
 *
 * @param name what the operator calls it
 * @param host a name, an address, or the folder of a unix socket
 * @param port its TCP port
 * @param user the role that dumps and restores; without one the name of the system's user
 * @param password the role's password; without one libpq's own rules
 * @param tools where pg_dump and pg_restore run
 * @param databases which databases
 * @param globals whether roles and tablespaces go with them
 * @param compression of the dumps
 * @param fingerprint how the fingerprints of its databases are taken
 * @param whole false when a reference in it could not be fetched and the command does not use it:
 *     then it must not be connected to
 */
public record ClusterConfig(
    String name,
    String host,
    int port,
    Optional<String> user,
    Optional<SecretReference> password,
    Tools tools,
    NamePatterns databases,
    boolean globals,
    Compression compression,
    FingerprintSettings fingerprint,
    boolean whole) {

  private static final int HIGHEST_PORT = 65_535;

  static ClusterConfig read(String name, Section section) {
    ClusterConfig cluster =
        new ClusterConfig(
            name,
            section.text("host").orElse("127.0.0.1"),
            section.number("port", 1, HIGHEST_PORT).orElse(5432),
            section.text("user"),
            section.secret("password"),
            section.parsed("tools", Tools.EXPECTED, Tools::parse).orElse(new Tools.OnHost()),
            databasesOf(section),
            section.flag("globals").orElse(true),
            section
                .parsed("compression", Compression.EXPECTED, ClusterConfig::compressionOf)
                .orElse(new Compression.Auto()),
            fingerprintOf(section),
            section.reading().gaps().all().isEmpty());
    section.end();
    return cluster;
  }

  private static FingerprintSettings fingerprintOf(Section section) {
    FingerprintSettings usual = FingerprintSettings.DEFAULT;
    return new FingerprintSettings(
        section
            .parsed("fingerprint", FingerprintDepth.EXPECTED, FingerprintDepth::parse)
            .orElse(usual.depth()),
        section
            .parsed("fingerprint-sample-above", SizeText.EXPECTED, SizeText::parse)
            .orElse(usual.sampleAbove()));
  }

  private static Optional<Compression> compressionOf(String text) {
    try {
      return Optional.of(Compression.parse(text));
    } catch (ConfigurationFailure notACompression) {
      return Optional.empty();
    }
  }

  private static NamePatterns databasesOf(Section section) {
    Optional<Section> databases = section.section("databases", section.reading().needed());
    Optional<NamePatterns> patterns = databases.map(NamePatterns::read);
    databases.ifPresent(Section::end);
    return patterns.orElse(NamePatterns.everything());
  }
}
