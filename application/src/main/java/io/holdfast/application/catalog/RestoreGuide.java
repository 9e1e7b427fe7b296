package io.holdfast.application.catalog;

import io.holdfast.domain.backup.ArtifactKind;
import io.holdfast.domain.backup.ArtifactOrigin;
import io.holdfast.domain.backup.ArtifactOrigin.FromPostgres;
import io.holdfast.domain.backup.ArtifactOrigin.FromVolume;
import io.holdfast.domain.backup.Encoding;
import io.holdfast.domain.backup.FailedArtifact;
import io.holdfast.domain.backup.Manifest;
import io.holdfast.domain.backup.SetLayout;
import io.holdfast.domain.backup.StoredArtifact;
import io.holdfast.domain.backup.VolumeLabel;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A set's {@code RESTORE.md}: the commands that restore it by hand, with real names in them, for
 * {@code sha256sum}, {@code psql}, {@code pg_restore}, {@code podman} and {@code tar} alone.
 */
final class RestoreGuide {

  private static final String NO_CLUSTER = "";
  private static final String ALWAYS_THERE = "postgres";

  private final Manifest manifest;
  private final Map<String, ClusterAddress> clusters;
  private final StringBuilder text = new StringBuilder();

  RestoreGuide(Manifest manifest, Map<String, ClusterAddress> clusters) {
    this.manifest = manifest;
    this.clusters = clusters;
  }

  String render() {
    line("# Restore " + manifest.id() + " of " + manifest.host() + " by hand");
    line("");
    line(
        "Every command is for a shell in this folder, as a user who may read it. None needs Holdfast.");
    failures();
    section("1. Is the set whole?");
    commands(List.of("sha256sum --check --quiet " + SetLayout.CHECKSUMS));
    databases();
    volumes();
    containers();
    return text.toString();
  }

  private void failures() {
    List<FailedArtifact> failed = manifest.failed().toList();
    if (failed.isEmpty()) {
      return;
    }
    line("");
    line("**This set is PARTIAL.** Not in it:");
    line("");
    failed.forEach(f -> line("- " + f.id().describe() + ": " + f.reason().replace("\n", " ")));
  }

  private void databases() {
    TreeMap<String, List<StoredArtifact>> byCluster = new TreeMap<>();
    manifest
        .stored()
        .filter(a -> a.id().cluster().isPresent())
        .forEach(
            a ->
                byCluster
                    .computeIfAbsent(
                        a.id().cluster().orElse(NO_CLUSTER), unused -> new ArrayList<>())
                    .add(a));
    byCluster.forEach(this::cluster);
  }

  private void cluster(String name, List<StoredArtifact> artifacts) {
    section("2. Databases of cluster " + name);
    Optional<ClusterAddress> address = Optional.ofNullable(clusters.get(name));
    line(
        "The password comes from `~/.pgpass` or `PGPASSWORD`. Set the variables below otherwise for");
    line(
        "another server. A database that exists stays untouched and its command fails: drop or rename");
    line("it first. Roles that exist make `psql` say so, which is harmless.");
    line("");
    String prefix = address.flatMap(ClusterAddress::container).map(RestoreGuide::exec).orElse("");
    address.ifPresent(a -> commands(exports(a, prefix.isEmpty())));
    artifacts.stream()
        .filter(a -> a.id().kind() == ArtifactKind.GLOBALS)
        .forEach(
            a ->
                commands(
                    List.of(prefix + "psql --quiet --dbname=" + ALWAYS_THERE + " < " + file(a))));
    artifacts.stream()
        .filter(a -> a.id().kind() == ArtifactKind.DATABASE)
        .forEach(a -> commands(database(a, prefix)));
  }

  /** No dump tells that its database has no schema public, and a new one has. */
  private static List<String> database(StoredArtifact artifact, String prefix) {
    List<String> commands = new ArrayList<>(restore(artifact, prefix));
    boolean dropped =
        artifact.origin() instanceof FromPostgres postgres && !postgres.publicSchema();
    if (dropped) {
      commands.add(
          prefix
              + "psql --quiet --dbname="
              + ShellWord.quote(connectionTo(artifact.id().name()))
              + " --command='DROP SCHEMA IF EXISTS public'");
    }
    return commands;
  }

  /** A bare name with an equals sign in it would be taken for such a string. */
  private static String connectionTo(String database) {
    return "dbname='" + database.replace("\\", "\\\\").replace("'", "\\'") + "'";
  }

  /**
   * Every server has a database postgres, which is filled and not created. pg_restore refuses to
   * create one with a line break in its name.
   */
  private static List<String> restore(StoredArtifact artifact, String prefix) {
    String name = artifact.id().name();
    String restore = prefix + "pg_restore --exit-on-error --dbname=";
    if (name.equals(ALWAYS_THERE)) {
      return List.of(restore + ALWAYS_THERE + " < " + file(artifact));
    }
    if (name.indexOf('\n') < 0 && name.indexOf('\r') < 0) {
      return List.of(
          prefix
              + "pg_restore --exit-on-error --create --dbname="
              + ALWAYS_THERE
              + " < "
              + file(artifact));
    }
    String word = ShellWord.quote(name);
    return List.of(
        prefix + "createdb --template=template0 -- " + word,
        restore + word + " < " + file(artifact));
  }

  private static String exec(String container) {
    return "podman exec --interactive --env PGUSER --env PGPASSWORD "
        + ShellWord.quote(container)
        + " ";
  }

  private static List<String> exports(ClusterAddress address, boolean onHost) {
    List<String> lines = new ArrayList<>();
    if (onHost) {
      lines.add(export("PGHOST", address.host()));
      lines.add(export("PGPORT", Integer.toString(address.port())));
    }
    address.user().ifPresent(user -> lines.add(export("PGUSER", user)));
    return lines;
  }

  /** Assigned first and exported after: an export of its own splits words in some shells. */
  private static String export(String variable, String value) {
    return variable + "=${" + variable + ":-" + ShellWord.quote(value) + "}; export " + variable;
  }

  private void volumes() {
    List<StoredArtifact> volumes =
        manifest.stored().filter(a -> a.id().kind() == ArtifactKind.VOLUME).toList();
    if (volumes.isEmpty()) {
      return;
    }
    section("3. Volumes");
    line(
        "As root; for the volumes of a user without root rights enter `podman unshare` first. Stop the");
    line("containers that use a volume (`podman ps --filter volume=NAME`) and empty it before.");
    volumes.forEach(this::volume);
  }

  private void volume(StoredArtifact artifact) {
    String name = ShellWord.quote(artifact.id().name());
    line("");
    commands(
        List.of(
            "podman volume exists "
                + name
                + " || podman volume create"
                + settings(artifact.origin())
                + " "
                + name,
            "tar --extract"
                + decompress(artifact.encoding())
                + " --file="
                + file(artifact)
                + " --directory=\"$(podman volume inspect --format '{{.Mountpoint}}' "
                + name
                + ")\""
                + " --numeric-owner --same-owner --preserve-permissions --xattrs"
                + " --xattrs-include='*' --delay-directory-restore"));
  }

  private static String settings(ArtifactOrigin origin) {
    if (!(origin instanceof FromVolume volume)) {
      return "";
    }
    StringBuilder options = new StringBuilder();
    if (!volume.driver().equals("local")) {
      options.append(" --driver ").append(ShellWord.quote(volume.driver()));
    }
    new TreeMap<>(volume.labels())
        .forEach(
            (k, v) ->
                options.append(" --label ").append(ShellWord.quote(VolumeLabel.argument(k, v))));
    new TreeMap<>(volume.options())
        .forEach((k, v) -> options.append(" --opt ").append(ShellWord.quote(k + "=" + v)));
    return options.toString();
  }

  private static String decompress(Encoding encoding) {
    return switch (encoding) {
      case NONE -> "";
      case GZIP -> " --gzip";
      case ZSTD -> " --zstd";
    };
  }

  private void containers() {
    List<StoredArtifact> containers =
        manifest.stored().filter(a -> a.id().kind() == ArtifactKind.CONTAINER).toList();
    if (containers.isEmpty()) {
      return;
    }
    section("4. Containers");
    line("How each container was made (`podman inspect`; secret values are left out):");
    line("");
    containers.forEach(a -> line("- " + a.id().name() + ": `" + a.path() + "`"));
  }

  private static String file(StoredArtifact artifact) {
    return ShellWord.quote(artifact.path());
  }

  private void section(String title) {
    line("");
    line("## " + title);
    line("");
  }

  private void commands(List<String> commands) {
    line("```sh");
    commands.forEach(this::line);
    line("```");
  }

  private void line(String line) {
    text.append(line).append('\n');
  }
}
