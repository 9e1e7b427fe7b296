package io.holdfast.example.webdav;

import io.holdfast.application.port.out.store.BlobStoreContract;
import io.holdfast.application.port.out.store.BlobStoreProvider;
import io.holdfast.application.port.out.store.Settings;
import java.io.IOException;
import java.util.Set;
import java.util.UUID;

/** The contract on a real server. */
abstract class WebDavContract extends BlobStoreContract {

  private final String target = UUID.randomUUID().toString();

  /** The server, which serves all tests of the class. */
  abstract DavServer server();

  @Override
  protected BlobStoreProvider provider() {
    return new WebDavProvider();
  }

  @Override
  protected Settings settings() {
    return server().settings(target);
  }

  @Override
  protected Set<String> contents() throws IOException {
    return server().contents(target);
  }
}
