package io.holdfast.storage.state;

import io.holdfast.application.port.failure.BusyFailure;
import io.holdfast.application.port.out.recovery.HostLock;
import io.holdfast.application.port.out.recovery.ProcessTable;
import io.holdfast.storage.disk.DiskFailures;
import io.holdfast.storage.disk.Folders;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;

/**
 * Locks files {@code locks/PURPOSE.lock} in the state folder. The system drops the lock with its
 * process, so that the file may stay; it holds the pid of its last holder.
 */
public final class FileHostLock implements HostLock {

  private static final Pattern PURPOSE = Pattern.compile("[a-z][a-z0-9-]*");
  private static final Pattern PID = Pattern.compile("\\d{1,19}");

  /**
   * What this process holds. Needed because closing any stream of a locked file, even one that got
   * no lock, drops the lock of the whole process (fcntl(2)): such a file is not opened again.
   */
  private static final Set<Path> HELD_HERE = ConcurrentHashMap.newKeySet();

  private final StateFolder state;
  private final ProcessTable processes;

  /**
   * Locks in a state folder.
   *
   * @param stateFolder made when a lock is first taken
   * @param processes tells this process's pid
   */
  public FileHostLock(Path stateFolder, ProcessTable processes) {
    this.state = new StateFolder(stateFolder);
    this.processes = processes;
  }

  @Override
  public Held acquire(String purpose) {
    if (!PURPOSE.matcher(purpose).matches()) {
      throw new IllegalArgumentException("not a lock's purpose: " + purpose);
    }
    Path file = state.locks().resolve(purpose + ".lock").toAbsolutePath().normalize();
    if (!HELD_HERE.add(file)) {
      throw busy(purpose, Long.toString(processes.self()));
    }
    try {
      return lock(file, purpose);
    } catch (IOException e) {
      HELD_HERE.remove(file);
      throw DiskFailures.of("lock", file, e);
    } catch (BusyFailure | Error e) {
      HELD_HERE.remove(file);
      throw e;
    }
  }

  private Held lock(Path path, String purpose) throws IOException {
    Folders.make(state.locks());
    try {
      Files.createFile(path, StateFolder.FILE_MODE);
    } catch (FileAlreadyExistsException fromEarlier) {
      // Kept on purpose: a lock on a file that another process may remove would lock nothing.
    }
    RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw");
    try {
      FileLock lock = file.getChannel().tryLock();
      if (lock == null) {
        throw busy(purpose, holderOf(path));
      }
      file.setLength(0);
      file.write((processes.self() + "\n").getBytes(StandardCharsets.US_ASCII));
      return new HeldFile(path, file);
    } catch (IOException | BusyFailure e) {
      try (file) {
        throw e;
      }
    }
  }

  private static String holderOf(Path path) throws IOException {
    String text = Files.readString(path, StandardCharsets.ISO_8859_1).strip();
    return PID.matcher(text).matches() ? text : "unknown";
  }

  private static BusyFailure busy(String purpose, String pid) {
    return new BusyFailure(
        "Another " + purpose + " is at work on this host, process " + pid,
        "Wait until it has ended, or look at it: ps -fp " + pid);
  }

  /** A locked file; closing it drops the lock. */
  private static final class HeldFile implements Held {
    private final Path path;
    private final RandomAccessFile file;
    private final AtomicBoolean released = new AtomicBoolean();

    private HeldFile(Path path, RandomAccessFile file) {
      this.path = path;
      this.file = file;
    }

    @Override
    public void close() {
      if (released.getAndSet(true)) {
        return;
      }
      try {
        file.close();
      } catch (IOException e) {
        throw DiskFailures.of("unlock", path, e);
      } finally {
        HELD_HERE.remove(path);
      }
    }
  }
}
