package io.holdfast.storage.sftp;

import java.util.concurrent.ThreadFactory;

/** Threads that keep no program from ending. */
final class SshThreads {

  private SshThreads() {}

  static ThreadFactory named(String name) {
    return work -> {
      Thread thread = new Thread(work, name);
      thread.setDaemon(true);
      return thread;
    };
  }
}
