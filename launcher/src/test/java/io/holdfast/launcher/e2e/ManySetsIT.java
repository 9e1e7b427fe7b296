package io.holdfast.launcher.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A repository of a thousand sets is listed whole, newest first, each manifest read once. */
class ManySetsIT {

  private static final int SETS = 1_000;

  @TempDir(deletionStrategy = ByShell.class)
  Path folder;

  @Test
  void a_thousand_sets_are_listed_newest_first_and_each_manifest_is_read_once() throws IOException {
    Operator operator = new Operator(folder);
    try (Podman podman = new Podman()) {
      operator.volumes(podman.volume("app")).holdfast("backup", "volumes").ok();
      operator.volumes();
    }
    copyTheSet(operator.repository());
    Path recording = folder.resolve("list.jfr");
    Path events = Resources.copyTo("reads.jfc", folder.resolve("reads.jfc"));
    operator.javaOptions(
        "-XX:StartFlightRecording=settings=%s,filename=%s -Xlog:jfr*=off"
            .formatted(events, recording));

    Outcome listed = operator.holdfast("list").ok();

    List<String> ids =
        listed
            .stdout()
            .lines()
            .filter(line -> line.matches(".*\\d{8}_\\d{6}.*"))
            .map(line -> line.replaceFirst(".*?(\\d{8}_\\d{6}).*", "$1"))
            .toList();
    assertThat(ids).hasSize(SETS).isSortedAccordingTo((a, b) -> b.compareTo(a));
    Map<String, Long> read = manifestBytesRead(recording);
    assertThat(read).hasSize(SETS);
    for (Map.Entry<String, Long> entry : read.entrySet()) {
      assertThat(entry.getValue())
          .as(entry.getKey())
          .isEqualTo(Files.size(Path.of(entry.getKey())));
    }
  }

  private static void copyTheSet(Repository repository) {
    Shell.bash(
        """
        cd %1$s
        for i in $(seq 2 %2$d); do
          id=$(printf 20%%02d0101_0000%%02d $((i / 60)) $((i %% 60)))
          cp -r %3$s $id
          sed -i s/%3$s/$id/g $id/manifest.json $id/RESTORE.md
          (cd $id && sed -i '/manifest.json\\|RESTORE.md/d' checksums.sha256 && sha256sum manifest.json RESTORE.md >> checksums.sha256)
        done
        """
            .formatted(repository.root(), SETS, repository.onlySet()));
    assertThat(repository.published()).hasSize(SETS);
  }

  private static Map<String, Long> manifestBytesRead(Path recording) throws IOException {
    Map<String, Long> read = new HashMap<>();
    for (RecordedEvent event : RecordingFile.readAllEvents(recording)) {
      if (event.getEventType().getName().equals("jdk.FileRead")
          && String.valueOf(event.getString("path")).endsWith("/manifest.json")
          && event.getLong("bytesRead") > 0) {
        read.merge(event.getString("path"), event.getLong("bytesRead"), Long::sum);
      }
    }
    return read;
  }
}
