package io.holdfast.storage.sftp;

import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import net.schmizz.sshj.sftp.FileAttributes;
import net.schmizz.sshj.sftp.OpenMode;
import net.schmizz.sshj.sftp.PacketType;
import net.schmizz.sshj.sftp.Request;
import net.schmizz.sshj.sftp.Response;
import net.schmizz.sshj.sftp.SFTPEngine;

/**
 * One SFTP conversation. Requests are sent by a thread of its own: a caller may be interrupted at
 * any moment, and half a request would leave a conversation that nobody can go on with.
 */
final class SftpSession {

  /** Makes a request with an id of the session. */
  @FunctionalInterface
  interface RequestMaker {
    Request make(SFTPEngine engine);
  }

  /** An open file or folder on the server, which ends with its session. */
  record Handle(SftpSession session, String raw) {
    void putInto(Request request) {
      request.putString(new RemotePath(raw).bytes());
    }
  }

  /** A name in a folder. */
  record Name(String raw, RemoteEntry entry) {}

  private final SshConnection connection;
  private final SFTPEngine engine;
  private final long timeoutNanos;
  private final ExecutorService sender;

  SftpSession(SshConnection connection, SFTPEngine engine, long timeoutNanos) {
    this.connection = connection;
    this.engine = engine;
    this.timeoutNanos = timeoutNanos;
    this.sender = Executors.newSingleThreadExecutor(SshThreads.named("sftp-send"));
  }

  SshConnection connection() {
    return connection;
  }

  boolean offers(Extension extension) {
    return engine.supportsServerExtension(extension.shortName(), Extension.DOMAIN);
  }

  /** Sends a request, soon. */
  Answer send(RequestMaker maker) throws LostException {
    try {
      return new Answer(sender.submit(() -> engine.request(maker.make(engine))), timeoutNanos);
    } catch (RejectedExecutionException e) {
      throw LostException.silent("the connection is closed");
    }
  }

  Handle openForReading(RemotePath path) throws StatusException, LostException {
    return open(path, FileAttributes.EMPTY, OpenMode.READ);
  }

  /** A new and empty file; fails when the name is taken. */
  Handle createNew(RemotePath path) throws StatusException, LostException {
    return open(path, RemoteEntry.ownFile(), OpenMode.WRITE, OpenMode.CREAT, OpenMode.EXCL);
  }

  Handle openForWriting(RemotePath path) throws StatusException, LostException {
    return open(path, FileAttributes.EMPTY, OpenMode.WRITE);
  }

  Answer write(Handle handle, long offset, byte[] bytes, int length) throws LostException {
    return send(
        engine -> {
          Request request = engine.newRequest(PacketType.WRITE);
          request.ensureCapacity(length + handle.raw().length() + 32);
          handle.putInto(request);
          return request.putUInt64(offset).putBytes(bytes, 0, length);
        });
  }

  Answer read(Handle handle, long offset, int length) throws LostException {
    return send(
        engine -> {
          Request request = engine.newRequest(PacketType.READ);
          handle.putInto(request);
          return request.putUInt64(offset).putUInt32(length);
        });
  }

  Answer close(Handle handle) throws LostException {
    return send(
        engine -> {
          Request request = engine.newRequest(PacketType.CLOSE);
          handle.putInto(request);
          return request;
        });
  }

  /** Asks for what is on the server's disk to be there for good. */
  Answer sync(Handle handle) throws LostException {
    return send(
        engine -> {
          Request request = engine.newExtendedRequest(Extension.FSYNC.fullName());
          handle.putInto(request);
          return request;
        });
  }

  /** Asks for an entry itself, and not what a link leads to. */
  Answer askEntry(RemotePath path) throws LostException {
    return sendWithPath(PacketType.LSTAT, path);
  }

  RemoteEntry entry(RemotePath path) throws StatusException, LostException {
    return entryOf(askEntry(path));
  }

  /** What a path leads to. */
  RemoteEntry followed(RemotePath path) throws StatusException, LostException {
    return entryOf(sendWithPath(PacketType.STAT, path));
  }

  static RemoteEntry entryOf(Answer answer) throws StatusException, LostException {
    try {
      return RemoteEntry.of(answer.of(PacketType.ATTRS).readFileAttributes());
    } catch (LostException e) {
      throw e;
    } catch (IOException e) {
      throw LostException.because(e);
    }
  }

  void makeFolder(RemotePath path) throws StatusException, LostException {
    send(engine ->
            engine
                .newRequest(PacketType.MKDIR)
                .putString(path.bytes())
                .putFileAttributes(RemoteEntry.ownFolder()))
        .done();
  }

  void remove(RemotePath file) throws StatusException, LostException {
    sendWithPath(PacketType.REMOVE, file).done();
  }

  void removeFolder(RemotePath folder) throws StatusException, LostException {
    sendWithPath(PacketType.RMDIR, folder).done();
  }

  void rename(RemotePath from, RemotePath to) throws StatusException, LostException {
    send(engine ->
            engine.newRequest(PacketType.RENAME).putString(from.bytes()).putString(to.bytes()))
        .done();
  }

  /** Gives a file a second name, which must be free. */
  void link(RemotePath file, RemotePath newName) throws StatusException, LostException {
    send(engine ->
            engine
                .newExtendedRequest(Extension.HARDLINK.fullName())
                .putString(file.bytes())
                .putString(newName.bytes()))
        .done();
  }

  void setTimes(RemotePath path, long accessed, long modified)
      throws StatusException, LostException {
    FileAttributes times = new FileAttributes.Builder().withAtimeMtime(accessed, modified).build();
    send(engine ->
            engine.newRequest(PacketType.SETSTAT).putString(path.bytes()).putFileAttributes(times))
        .done();
  }

  /** The entries of a folder, without itself and the one above. */
  List<Name> names(RemotePath folder) throws StatusException, LostException {
    Handle handle =
        handleOf(send(engine -> engine.newRequest(PacketType.OPENDIR).putString(folder.bytes())));
    List<Name> names = new ArrayList<>();
    try {
      boolean more = true;
      while (more) {
        more = readSome(handle, names);
      }
    } finally {
      close(handle);
    }
    return names;
  }

  /** The space of the file system that a path is on. */
  Space space(RemotePath path) throws StatusException, LostException {
    Response reply =
        send(engine ->
                engine.newExtendedRequest(Extension.STATVFS.fullName()).putString(path.bytes()))
            .of(PacketType.EXTENDED_REPLY);
    try {
      return Space.read(reply);
    } catch (IOException e) {
      throw LostException.because(e);
    }
  }

  /** Ends it; what was sent is not waited for. */
  void abandon() {
    sender.execute(
        () -> {
          try {
            engine.close();
          } catch (IOException alreadyGone) {
            return;
          }
        });
    sender.shutdown();
  }

  /** Ends it together with its connection, whatever that is stuck in. */
  void kill() {
    connection.kill();
    sender.shutdownNow();
  }

  private Answer sendWithPath(PacketType type, RemotePath path) throws LostException {
    return send(engine -> engine.newRequest(type).putString(path.bytes()));
  }

  private Handle open(RemotePath path, FileAttributes attributes, OpenMode first, OpenMode... rest)
      throws StatusException, LostException {
    return handleOf(
        send(
            engine ->
                engine
                    .newRequest(PacketType.OPEN)
                    .putString(path.bytes())
                    .putUInt32(OpenMode.toMask(EnumSet.of(first, rest)))
                    .putFileAttributes(attributes)));
  }

  private Handle handleOf(Answer answer) throws StatusException, LostException {
    try {
      return new Handle(this, Wire.text(answer.of(PacketType.HANDLE)));
    } catch (LostException e) {
      throw e;
    } catch (IOException e) {
      throw LostException.because(e);
    }
  }

  private boolean readSome(Handle handle, List<Name> names) throws StatusException, LostException {
    Response some;
    try {
      some =
          send(engine -> {
                Request request = engine.newRequest(PacketType.READDIR);
                handle.putInto(request);
                return request;
              })
              .of(PacketType.NAME);
    } catch (StatusException e) {
      if (e.isEnd()) {
        return false;
      }
      throw e;
    }
    try {
      int count = some.readUInt32AsInt();
      for (int i = 0; i < count; i++) {
        String raw = Wire.text(some);
        Wire.text(some);
        RemoteEntry entry = RemoteEntry.of(some.readFileAttributes());
        if (!raw.equals(".") && !raw.equals("..")) {
          names.add(new Name(raw, entry));
        }
      }
      return true;
    } catch (IOException e) {
      throw LostException.because(e);
    }
  }
}
