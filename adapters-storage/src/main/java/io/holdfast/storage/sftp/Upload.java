package io.holdfast.storage.sftp;

import io.holdfast.application.port.failure.FailureKind;
import io.holdfast.application.port.failure.StorageFailure;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes a file on the server in pieces, several on the way at a time. Keeps each piece until the
 * server has it, so that a lost connection is gone on from over a new one.
 */
final class Upload {

  /** The largest that OpenSSH and sshj take with its header in one packet of 256 KiB. */
  static final int PIECE = 255 * 1024;

  /** As much as the 2 MiB that an SSH channel of OpenSSH takes without being told to go on. */
  private static final int ON_THE_WAY = 8;

  private static final int RESUMES_WITHOUT_PROGRESS = 6;

  private final SftpSessions sessions;
  private final SftpFailures failures;
  private final RemotePath file;
  private final Deque<Piece> pieces = new ArrayDeque<>();
  private final Deque<byte[]> spare = new ArrayDeque<>();
  private SftpSession.@Nullable Handle handle;
  private long sent;
  private long confirmed;
  private int resumes;

  /** Goes on from a file that was just created. */
  Upload(SftpSessions sessions, SftpFailures failures, RemotePath file, SftpSession.Handle handle) {
    this.sessions = sessions;
    this.failures = failures;
    this.file = file;
    this.handle = handle;
  }

  /** An array for a piece. */
  byte[] buffer() {
    byte[] used = spare.poll();
    return used == null ? new byte[PIECE] : used;
  }

  /** Sends an array of {@link #buffer()}, which from now on is the upload's. */
  void send(byte[] bytes, int length) {
    while (pieces.size() >= ON_THE_WAY) {
      confirmOldest();
    }
    Piece piece = new Piece(sent, bytes, length);
    pieces.add(piece);
    sent += length;
    try {
      piece.sendOver(open());
    } catch (LostException e) {
      resume(e);
    }
  }

  /** Waits until all is on the server's disk, and closes the file. */
  void finish() {
    while (!pieces.isEmpty()) {
      confirmOldest();
    }
    while (true) {
      SftpSession.Handle at = open();
      try {
        sync(at);
        at.session().close(at).done();
        handle = null;
        sessions.giveBack(at.session());
        return;
      } catch (StatusException e) {
        throw failures.of("write", file, e);
      } catch (LostException e) {
        resume(e);
      }
    }
  }

  /** Lets the file be as it is. */
  void abandon() {
    SftpSession.Handle at = handle;
    if (at == null) {
      return;
    }
    handle = null;
    try {
      at.session().close(at);
      sessions.giveBack(at.session());
    } catch (LostException e) {
      sessions.discard(at.session(), e);
    }
  }

  private static void sync(SftpSession.Handle at) throws StatusException, LostException {
    if (!at.session().offers(Extension.FSYNC)) {
      return;
    }
    try {
      at.session().sync(at).done();
    } catch (StatusException e) {
      if (!e.isUnsupported()) {
        throw e;
      }
    }
  }

  private SftpSession.Handle open() {
    if (handle == null) {
      throw new IllegalStateException("the upload has ended");
    }
    return handle;
  }

  private void confirmOldest() {
    Piece oldest = pieces.element();
    try {
      oldest.confirm();
      pieces.remove();
      spare.push(oldest.bytes);
      confirmed += oldest.length;
      resumes = 0;
    } catch (StatusException e) {
      throw failures.of("write", file, e);
    } catch (LostException e) {
      resume(e);
    }
  }

  private void resume(LostException lost) {
    LostException why = lost;
    while (true) {
      SftpSession.Handle at = handle;
      handle = null;
      if (at != null) {
        sessions.discard(at.session(), why);
      }
      resumes++;
      if (why.isInterrupted() || resumes > RESUMES_WITHOUT_PROGRESS) {
        throw sessions.unreachable(why);
      }
      try {
        reopen();
        return;
      } catch (LostException again) {
        why = again;
      }
    }
  }

  private void reopen() throws LostException {
    SftpSession session = sessions.lend();
    try {
      RemoteEntry there = session.entry(file);
      if (there.bytes() < confirmed) {
        sessions.giveBack(session);
        throw shrunk(there.bytes());
      }
      handle = session.openForWriting(file);
      List<Piece> again = new ArrayList<>(pieces);
      for (Piece piece : again) {
        piece.sendOver(handle);
      }
    } catch (StatusException e) {
      sessions.giveBack(session);
      throw failures.of("go on writing", file, e);
    } catch (LostException e) {
      if (handle == null) {
        sessions.discard(session, e);
      }
      throw e;
    }
  }

  private StorageFailure shrunk(long bytes) {
    return new StorageFailure(
        FailureKind.STORAGE,
        "The server has lost part of " + failures.shown(file) + ": " + bytes + " bytes of " + sent,
        "Was it restarted meanwhile? Run once more.");
  }

  /** Bytes on their way. */
  private static final class Piece {
    private final long offset;
    private final byte[] bytes;
    private final int length;
    private @Nullable Answer answer;

    private Piece(long offset, byte[] bytes, int length) {
      this.offset = offset;
      this.bytes = bytes;
      this.length = length;
    }

    private void sendOver(SftpSession.Handle handle) throws LostException {
      answer = handle.session().write(handle, offset, bytes, length);
    }

    private void confirm() throws StatusException, LostException {
      if (answer == null) {
        throw new IllegalStateException("a piece was not sent");
      }
      answer.done();
    }
  }
}
