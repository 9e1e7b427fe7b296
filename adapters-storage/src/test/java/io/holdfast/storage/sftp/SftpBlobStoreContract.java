package io.holdfast.storage.sftp;

import io.holdfast.application.port.out.store.BlobStoreContract;
import io.holdfast.application.port.out.store.BlobStoreProvider;
import io.holdfast.application.port.out.store.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.condition.DisabledIf;
import org.junit.jupiter.api.io.TempDir;

/** The contract on a folder behind a real server, however that is set up. */
@TestInstance(Lifecycle.PER_CLASS)
@DisabledIf(
    value = "io.holdfast.storage.sftp.SshServer#isMissing",
    disabledReason = "NOT SHOWN: there is no /usr/sbin/sshd (apt-get install openssh-server)")
abstract class SftpBlobStoreContract extends BlobStoreContract {

  private SshServer server;

  @TempDir private Path folder;

  /** What the server's configuration has beside the usual. */
  abstract String[] serverOptions();

  @BeforeAll
  void startServer(@TempDir Path serverFolder) throws Exception {
    server = SshServer.start(serverFolder, serverOptions());
  }

  @AfterAll
  void stopServer() throws Exception {
    server.close();
  }

  @Override
  protected BlobStoreProvider provider() {
    return new SftpBlobStoreProvider();
  }

  @Override
  protected Settings settings() {
    return server.settings(root(), Map.of());
  }

  @Override
  protected Set<String> contents() throws IOException {
    Set<String> names = new TreeSet<>();
    if (Files.exists(root())) {
      try (Stream<Path> all = Files.walk(root())) {
        // What a commit keeps for the next one is nobody's leftover.
        all.filter(each -> !each.equals(root()) && !isEmptyWorkshop(each))
            .forEach(each -> names.add(root().relativize(each).toString()));
      }
    }
    return names;
  }

  private Path root() {
    return folder.resolve("backups/hold fast");
  }

  private boolean isEmptyWorkshop(Path each) {
    return each.equals(root().resolve(".holdfast")) || each.equals(root().resolve(".holdfast/tmp"));
  }
}
