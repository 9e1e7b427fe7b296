package io.holdfast.launcher.cli;

import io.holdfast.application.port.out.source.HostScout.Cluster;
import io.holdfast.application.port.out.source.HostScout.Sighting;
import io.holdfast.application.port.out.source.HostScout.Volume;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A first {@code holdfast.yaml} for what was seen on a host, with comments that say what each line
 * is for. It names where secrets are to be put and never holds one.
 */
final class ConfigDraft {

  private final StringBuilder text = new StringBuilder();

  private ConfigDraft() {}

  /**
   * Writes it.
   *
   * @param backupFolder where sets go at first, an absolute path
   */
  static String of(Sighting sighting, String hostName, String backupFolder) {
    ConfigDraft draft = new ConfigDraft();
    draft.head(sighting, hostName);
    draft.clusters(sighting.clusters());
    boolean volumes = !sighting.volumes().isEmpty() || sighting.clusters().isEmpty();
    draft.volumes(sighting.volumes(), volumes);
    draft.storage(backupFolder);
    draft.tail();
    return draft.text.toString();
  }

  private void head(Sighting sighting, String hostName) {
    line("# Holdfast's configuration, begun by `holdfast init` from what this host showed.");
    line("# Check it with `holdfast check`; docs/configuration.md has every key.");
    for (String remark : sighting.remarks()) {
      line("# Not seen: " + SafeText.line(remark));
    }
    line("");
    line("# host: " + quoted(hostName) + "   # the name in sets; default: the host's own");
    line("");
  }

  private void clusters(List<Cluster> clusters) {
    if (clusters.isEmpty()) {
      line("# No PostgreSQL server was seen. One looks like this:");
      line("# postgres:");
      line("#   main:");
      line("#     host: 127.0.0.1");
      line("#     port: 5432");
      line("#     user: postgres");
      line("#     password: \"${file:/etc/holdfast/main.password}\"");
      line("");
      return;
    }
    line("postgres:");
    Set<String> names = new LinkedHashSet<>();
    for (Cluster cluster : clusters) {
      cluster(cluster, freeName(cluster.name(), names), clusters.size() > 1);
    }
    line("");
  }

  private void cluster(Cluster cluster, String name, boolean several) {
    String variable = several ? "PG_PASSWORD_" + variableName(name) : "PG_PASSWORD";
    line("  " + quoted(name) + ":");
    line("    host: " + quoted(cluster.host()));
    line("    port: " + cluster.port());
    if (cluster.user().isPresent()) {
      line("    user: " + quoted(cluster.user().get()));
    } else {
      line("    user: postgres   # a superuser's name was not to be seen; this is the usual one");
    }
    line("    # A reference, never the password itself: an environment variable, or a file that");
    line(
        "    # only Holdfast's user can read, \"${file:/etc/holdfast/NAME.password}\". Without this");
    line("    # line libpq's own rules hold (~/.pgpass).");
    line("    password: \"${env:" + variable + "}\"");
    if (cluster.container().isPresent()) {
      line("    # pg_dump and pg_restore of the container, which match its server");
      line("    tools: " + quoted("container:" + cluster.container().get()));
    } else {
      line("    tools: host   # pg_dump and pg_restore of this host");
    }
    line("    databases: {include: [\"*\"], exclude: []}   # globs; templates are never included");
    line("    globals: true         # roles, memberships, tablespaces");
    line("    compression: auto     # auto | none | gzip:1-9 | zstd:1-19");
  }

  private void volumes(List<Volume> volumes, boolean active) {
    if (!active) {
      line("# No Podman volume was seen. To back volumes up:");
      line("# volumes: {include: [\"*\"]}");
      line("");
      return;
    }
    List<Volume> servers = volumes.stream().filter(Volume::runningServer).toList();
    List<Volume> others = volumes.stream().filter(volume -> !volume.runningServer()).toList();
    line("volumes:");
    if (!others.isEmpty()) {
      line("  # Seen: " + names(others.stream().map(Volume::name).toList()));
    }
    line("  include: [\"*\"]");
    if (!servers.isEmpty()) {
      line("  # Each of these holds the data of a running PostgreSQL server: a copy of it is no");
      line("  # backup, so its databases are dumped instead.");
    }
    line("  exclude: [" + names(servers.stream().map(Volume::name).toList()) + "]");
    line("  compression: gzip     # none | gzip | zstd");
    line("  # Containers to hold still while their volumes are read, so that the files agree:");
    line("  pause: []" + candidates(others));
    line("");
  }

  private void storage(String backupFolder) {
    line("# Every target gets every set.");
    line("storage:");
    line("  local:");
    line("    url: " + quoted("file://" + backupFolder));
    line("");
  }

  private void tail() {
    line("# When what is run by itself, once `holdfast schedule install` or `run` sees to it:");
    line("# schedule:");
    line("#   backup: \"0 2 * * *\"   # five cron fields, by this host's clock");
    line("#   verify: \"0 5 * * *\"");
    line("");
    line("# jobs: 2   # artifacts at a time; default: the number of processors");
  }

  private void line(String line) {
    text.append(line).append('\n');
  }

  private static String candidates(List<Volume> volumes) {
    List<String> containers =
        volumes.stream().flatMap(volume -> volume.containers().stream()).distinct().toList();
    return containers.isEmpty() ? "" : "   # candidates: " + names(containers);
  }

  private static String names(List<String> names) {
    return names.stream().map(ConfigDraft::quoted).collect(Collectors.joining(", "));
  }

  private static String freeName(String wanted, Set<String> taken) {
    String base = wanted.replaceAll("[/\\p{Cntrl}]", "_").strip();
    String name = base.isEmpty() ? "main" : base;
    for (int number = 2; !taken.add(name); number++) {
      name = base + "_" + number;
    }
    return name;
  }

  private static String variableName(String name) {
    return name.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_");
  }

  /** A YAML double-quoted text; plain where nothing in it could mean anything else. */
  private static String quoted(String name) {
    if (name.matches("[A-Za-z_][A-Za-z0-9_-]*") && !name.matches("(?i)true|false|null")) {
      return name;
    }
    StringBuilder quoted = new StringBuilder("\"");
    name.codePoints()
        .forEach(
            c -> {
              if (c == '"' || c == '\\') {
                quoted.append('\\').appendCodePoint(c);
              } else if (c < ' ' || c == 0x7f) {
                quoted.append(String.format("\\x%02x", c));
              } else {
                quoted.appendCodePoint(c);
              }
            });
    return quoted.append('"').toString();
  }
}
