package io.holdfast.storage.sftp;

import java.util.concurrent.ThreadFactory;

/** Threads that keep no program from ending, and sshj's own that are begun by them. */
final class SshThreads {

  /** sshj's threads inherit it; some of them end by an exception when a connection is cut. */
  private static final ThreadGroup GROUP =
      new ThreadGroup("sftp") {
        @Override
        public void uncaughtException(Thread thread, Throwable thrown) {
          if (thrown instanceof Error) {
            super.uncaughtException(thread, thrown);
          }
          // Else whoever waits for an answer of the connection is told that it is gone.
        }
      };

  private SshThreads() {}

  static ThreadFactory named(String name) {
    return work -> {
      Thread thread = new Thread(GROUP, work, name);
      thread.setDaemon(true);
      return thread;
    };
  }
}
