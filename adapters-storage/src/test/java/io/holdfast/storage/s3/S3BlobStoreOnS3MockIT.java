package io.holdfast.storage.s3;

import io.holdfast.application.port.out.store.BlobStoreContract;
import io.holdfast.application.port.out.store.BlobStoreProvider;
import io.holdfast.application.port.out.store.Settings;
import java.io.IOException;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/**
 * The contract on S3Mock, whose conditional create has a race: by claims, so that they are shown.
 */
class S3BlobStoreOnS3MockIT extends BlobStoreContract {

  private static S3Server server;

  private final String prefix = "hosts/" + Marks.next();

  @BeforeAll
  static void start() throws IOException {
    server = S3Server.s3mock();
  }

  @AfterAll
  static void stop() throws IOException {
    server.close();
  }

  @Override
  protected BlobStoreProvider provider() {
    return new S3BlobStoreProvider();
  }

  @Override
  protected Settings settings() {
    return server.settings(prefix, "conditional-create", "never");
  }

  @Override
  protected Set<String> contents() {
    return server.contents(prefix);
  }

  /** A round takes a third of a second by claims, on two busy cores. */
  @Override
  protected int raceRounds() {
    return 20;
  }
}
