package io.holdfast.podman.extract;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.application.port.failure.IntegrityFailure;
import io.holdfast.application.port.failure.SourceFailure;
import io.holdfast.application.port.out.command.Cancellation;
import io.holdfast.application.port.out.recovery.Intent;
import io.holdfast.application.port.out.recovery.Intent.StagedFiles;
import io.holdfast.application.port.out.recovery.RecoveryJournal;
import io.holdfast.application.port.out.source.FileDestination.Item;
import io.holdfast.domain.backup.ArtifactId;
import io.holdfast.podman.command.HostCommandRunner;
import io.holdfast.podman.testing.FileContent;
import io.holdfast.podman.testing.MemoryJournal;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TarFilesTest {

  @TempDir Path folder;

  private final MemoryJournal journal = new MemoryJournal();

  @AfterEach
  void nothing_is_left_to_be_undone() {
    assertThat(journal.open()).isEmpty();
  }

  @BeforeEach
  void makeAnArchive() throws Exception {
    sh(
        "mkdir -p t/a/b t/a/c t/closed; echo report > t/a/b/report; echo other > t/a/c/other;"
            + " ln t/a/b/report t/zz; chmod 2750 t/a; echo 'odd' > 't/odd \\101 *'; echo x > t/closed/x;"
            + " tar -C t -cf v.tar --format=posix --sort=name ./");
  }

  @Test
  void a_file_comes_alone_below_its_folders() throws Exception {
    assertThat(extract(false, "a/b/report", "./odd \\101 *")).isEqualTo(2);

    assertThat(found()).isEqualTo("./a\n./a/b\n./a/b/report\n./odd \\101 *\n");
    assertThat(sh("stat -c %a to to/a")).isEqualTo("700\n2750\n");
  }

  @Test
  void a_hard_link_brings_the_content_of_what_it_is_another_name_of() throws Exception {
    extract(false, "/zz");

    assertThat(found()).isEqualTo("./zz\n");
    assertThat(to("zz")).hasContent("report");
  }

  @Test
  void a_folder_comes_with_all_below_it() throws Exception {
    assertThat(extract(false, "a/")).isEqualTo(5);

    assertThat(found()).isEqualTo("./a\n./a/b\n./a/b/report\n./a/c\n./a/c/other\n");
  }

  @Test
  void what_exists_is_refused_before_anything_is_changed_and_replaced_with_force()
      throws Exception {
    sh("mkdir -p to/a/b; echo mine > to/a/b/report; echo kept > to/a/b/kept");

    assertThatThrownBy(() -> extract(false, "a", "odd \\101 *"))
        .isInstanceOf(SourceFailure.class)
        .hasMessageContaining("to/a/b/report");
    assertThat(found()).isEqualTo("./a\n./a/b\n./a/b/kept\n./a/b/report\n");
    assertThat(to("a/b/report")).hasContent("mine");

    extract(true, "a");
    assertThat(to("a/b/report")).hasContent("report");
    assertThat(to("a/b/kept")).hasContent("kept");
  }

  @Test
  void a_link_in_the_way_is_not_followed() throws Exception {
    sh("mkdir to elsewhere; ln -s ../elsewhere to/a");

    assertThatThrownBy(() -> extract(true, "a")).hasMessageContaining("to/a");

    assertThat(sh("ls elsewhere")).isEmpty();
  }

  @Test
  void a_path_that_is_not_there_is_told_with_what_is_near_and_nothing_is_made() {
    assertThatThrownBy(() -> extract(false, "a/b/report", "report", "nix"))
        .isInstanceOf(SourceFailure.class)
        .hasMessageContaining("report, nix")
        .extracting(e -> ((SourceFailure) e).hint())
        .asString()
        .contains("a/b/report");
    assertThat(to("")).doesNotExist();
  }

  @Test
  void a_dry_run_makes_nothing() throws Exception {
    assertThat(
            new TarFiles(new HostCommandRunner(), journal)
                .extract(item(List.of("a"), false, true), new Cancellation())
                .members())
        .isEqualTo(5);
    assertThat(to("")).doesNotExist();
  }

  @Test
  void an_archive_with_a_member_that_climbs_out_is_refused_whatever_is_asked_for()
      throws Exception {
    sh("touch outside; tar -C t -rf v.tar --transform 's,.*,../evil,' -P ./zz");

    assertThatThrownBy(() -> extract(false, "a")).isInstanceOf(IntegrityFailure.class);
    assertThat(folder.resolve("evil")).doesNotExist();
    assertThat(sh("ls -A to")).isEmpty();
  }

  @Test
  void the_folder_that_files_are_extracted_in_is_written_down_before() throws Exception {
    List<Intent> written = new ArrayList<>();
    RecoveryJournal watched =
        new RecoveryJournal() {
          @Override
          public Entry record(Intent intent) {
            assertThat(to("")).isEmptyDirectory();
            written.add(intent);
            return journal.record(intent);
          }

          @Override
          public List<Entry> abandoned() {
            return journal.abandoned();
          }
        };

    new TarFiles(new HostCommandRunner(), watched)
        .extract(item(List.of("a"), false, false), new Cancellation());

    assertThat(written)
        .singleElement()
        .isInstanceOfSatisfying(
            StagedFiles.class,
            staged -> assertThat(staged.folder()).startsWith(folder + "/to/.holdfast-restore-"));
  }

  @Test
  void what_a_killed_run_extracted_is_removed() throws Exception {
    StagedFiles left = new StagedFiles(to(".holdfast-restore-1").toString());
    sh("mkdir -p to/.holdfast-restore-1/tree; cp -a t/a to/.holdfast-restore-1/tree; touch to/b");
    sh("chmod 0 to/.holdfast-restore-1/tree/a");

    assertThat(TarFiles.clear(left)).contains("were removed", left.folder());
    assertThat(TarFiles.clear(left)).contains("nothing was left");
    assertThat(sh("ls -A to")).isEqualTo("b\n");
  }

  @Test
  void nothing_but_such_a_folder_is_cleared() throws Exception {
    sh("mkdir to to/a; ln -s a to/.holdfast-restore-1");

    TarFiles.clear(new StagedFiles(to("a").toString()));
    TarFiles.clear(new StagedFiles(to(".holdfast-restore-1").toString()));

    assertThat(sh("ls -A to")).isEqualTo(".holdfast-restore-1\na\n");
  }

  private long extract(boolean force, String... paths) throws IOException {
    return new TarFiles(new HostCommandRunner(), journal)
        .extract(item(List.of(paths), force, false), new Cancellation())
        .members();
  }

  private Item item(List<String> paths, boolean force, boolean dryRun) {
    return new Item(
        ArtifactId.volume("v"),
        new FileContent(folder.resolve("v.tar")),
        Optional.empty(),
        paths,
        folder.resolve("to"),
        force,
        dryRun);
  }

  private Path to(String path) {
    return folder.resolve("to").resolve(path);
  }

  private String found() throws Exception {
    return sh("cd to; find . -mindepth 1 | LC_ALL=C sort");
  }

  private String sh(String script) throws Exception {
    Process process =
        new ProcessBuilder("sh", "-euc", script)
            .directory(folder.toFile())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
    assertThat(process.exitValue()).isZero();
    return output;
  }
}
