package io.holdfast.example.webdav;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class ApacheWebDavIT extends WebDavContract {

  private static DavServer server;

  @BeforeAll
  static void start() throws Exception {
    server = DavServer.apache();
  }

  @AfterAll
  static void stop() throws Exception {
    server.close();
  }

  @Override
  DavServer server() {
    return server;
  }
}
