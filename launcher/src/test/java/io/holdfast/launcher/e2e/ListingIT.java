package io.holdfast.launcher.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * The listing beside a volume's tar says of everything that a volume can hold what {@code stat} and
 * {@code sha256sum} say of it; {@code ls} shows it, and single files come back from it.
 */
class ListingIT {

  /** Prints every line of the listing $1 that does not fit the folder $2. */
  private static final String COMPARE =
      """
      cd "$2"; set -f
      bytes() { printf '%b.' "$1"; }
      zcat "$1" | grep -v '^#' | while read -r name rest; do
        path=$(bytes "$name"); path=${path%.}
        type= mode= uid= gid= size= sha256digest= link= hardlink=
        for word in $rest; do declare "$word"; done
        is=$(stat -c '%04a %u %g' -- "$path")
        [ "$is" = "$mode $uid $gid" ] || echo "$name: $is and not $mode $uid $gid"
        case $type in
          file)
            if [ -n "$hardlink" ]; then
              target=$(bytes "$hardlink"); [ "$path" -ef "${target%.}" ] || echo "$name: no link"
            else
              is="$(stat -c %s -- "$path") $(sha256sum < "$path" | cut -c1-64)"
              [ "$is" = "$size $sha256digest" ] || echo "$name: $is"
            fi ;;
          dir) [ -d "$path" ] || echo "$name: no folder" ;;
          link) [ "$(readlink -n -- "$path").." = "$(bytes "$link")." ] || echo "$name: elsewhere" ;;
          fifo) [ -p "$path" ] || echo "$name: no fifo" ;;
          char) [ -c "$path" ] || echo "$name: no device" ;;
          block) [ -b "$path" ] || echo "$name: no device" ;;
          *) echo "$name: $type?" ;;
        esac
      done
      there=$(find . -printf x | wc -c); told=$(zcat "$1" | grep -cv '^#')
      [ "$there" = "$told" ] || echo "$there files, $told lines"
      """;

  @TempDir(deletionStrategy = ByShell.class)
  Path folder;

  private Podman podman;
  private Operator operator;
  private String volume = "";
  private Path data = Path.of("");

  @BeforeEach
  void begin() {
    podman = new Podman();
    operator = new Operator(folder).volumes(podman.prefix() + "*");
    volume = podman.volume("listed");
    data = Podman.folder(volume);
    Path filling = Resources.copyTo("everything.sh", folder.resolve("everything.sh"));
    Shell.call("bash", filling.toString(), data.toString());
  }

  @AfterEach
  void end() {
    podman.close();
  }

  @Test
  void a_listing_agrees_with_the_volume_and_single_files_come_back_by_it() {
    operator.holdfast("backup", "volumes").ok();
    String set = operator.repository().onlySet();
    operator.repository().assertWhole(set);
    Path stored = operator.repository().set(set);
    String listing = stored + "/volumes/" + volume + ".mtree.gz";
    JsonNode artifact = operator.repository().artifact(set, "VOLUME", volume);
    assertThat(artifact.get("listing").get("path").asString())
        .isEqualTo("volumes/" + volume + ".mtree.gz");

    // The fingerprint is that of the lines without their times, by other people's programs.
    assertThat(
            Shell.bash(
                "zcat "
                    + Shell.quote(listing)
                    + " | grep -v '^#' | sed 's/ time=[-0-9.]*$//' | sha256sum | cut -c1-64"))
        .isEqualToIgnoringNewLines(artifact.get("fingerprint").get("digest").asString());
    Path script = folder.resolve("compare.sh");
    Operator.write(script, COMPARE);
    assertThat(Shell.call("bash", script.toString(), listing, data.toString())).isEmpty();

    operator.holdfast("verify", set, "--deep").ok();
    List<String> names = operator.holdfast("ls", set, volume).ok().stdout().lines().toList();
    assertThat(names).hasSize(artifact.get("fingerprint").get("files").asInt());
    assertThat(operator.holdfast("ls", set, volume, "acl-default").ok().stdout())
        .contains("acl-default/inherits");
    assertThat(operator.holdfast("ls", "latest", volume, "--json").ok().json().get("entries"))
        .hasSize(names.size());
    assertThat(operator.holdfast("ls", set).ok().stdout()).contains("volume " + volume);
    operator.holdfast("ls", set, "nix").exits(11).tells(volume);

    Path to = folder.resolve("single");
    operator
        .holdfast(
            "restore",
            "volumes",
            set,
            "--only",
            volume,
            "--path",
            "plain.txt",
            "--path",
            "acl-default/",
            "--path",
            "latin1-\\344\\366",
            "--path",
            "sparse",
            "--to",
            to.toString())
        .ok();
    assertThat(
            Shell.bash(
                "cd %s; rsync -aHAXn --checksum --itemize-changes --relative plain.txt acl-default sparse %s/"
                    .formatted(Shell.quote(data.toString()), Shell.quote(to.toString()))))
        .isEmpty();
    operator
        .holdfast(
            "restore",
            "volumes",
            set,
            "--only",
            volume,
            "--path",
            "plain.txt",
            "--to",
            to.toString())
        .exits(11)
        .tells("plain.txt", "--force");
    operator
        .holdfast(
            "restore", "volumes", set, "--only", volume, "--path", "nix", "--to", to.toString())
        .exits(11);
    assertThat(Shell.bash("ls -A " + Shell.quote(to.toString()) + " | grep holdfast || true"))
        .isEmpty();
  }

  @Test
  void a_listing_that_is_not_the_tars_is_found_by_a_deep_verification() {
    operator.holdfast("backup", "volumes").ok();
    String set = operator.repository().onlySet();
    Path stored = operator.repository().set(set);
    Shell.bash(
        """
        cd %s
        zcat volumes/*.mtree.gz | sed 's/mode=4755/mode=0755/' | gzip > new
        old=$(sha256sum < volumes/*.mtree.gz | cut -c1-64); new=$(sha256sum < new | cut -c1-64)
        mv new volumes/*.mtree.gz; sed -i "s/$old/$new/" manifest.json
        sed -i "s/$old/$new/; s/^[0-9a-f]*  manifest.json/$(sha256sum manifest.json)/" checksums.sha256
        sha256sum --check --quiet checksums.sha256
        """
            .formatted(Shell.quote(stored.toString())));

    operator.holdfast("verify", set).ok();
    operator.holdfast("verify", set, "--deep").exits(13).tells("listing", "./setuid");
  }

  @Test
  void without_fingerprints_there_is_no_listing_and_ls_reads_the_tar() {
    operator.volumeSetting("fingerprint: none");
    operator.holdfast("backup", "volumes").ok();
    String set = operator.repository().onlySet();

    assertThat(operator.repository().artifact(set, "VOLUME", volume).has("listing")).isFalse();
    assertThat(operator.holdfast("ls", set, volume).ok().stdout())
        .contains("acl-default/inherits", "nowhere/at/all");
  }
}
