package io.holdfast.storage.sftp;

import io.holdfast.application.port.failure.FailureKind;
import io.holdfast.application.port.failure.StorageFailure;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import net.schmizz.sshj.sftp.PacketType;
import net.schmizz.sshj.sftp.Response;
import org.jspecify.annotations.Nullable;

/**
 * Reads a blob, several pieces ahead. When the connection is lost it goes on over a new one from
 * where it was: a blob never changes.
 */
final class SftpBlobStream extends InputStream {

  private static final int AHEAD = 8;
  private static final int RESUMES_WITHOUT_PROGRESS = 6;

  /** A request for bytes. */
  private record Asked(long offset, int length, Answer answer) {}

  private final SftpSessions sessions;
  private final SftpFailures failures;
  private final RemotePath file;
  private final long size;
  private final Deque<Asked> asked = new ArrayDeque<>();
  private SftpSession.@Nullable Handle handle;
  private byte[] piece = new byte[0];
  private int pieceAt;
  private int pieceEnd;
  private long position;
  private long nextToAsk;
  private int pieceSize = Upload.PIECE;
  private int resumes;
  private boolean closed;

  /** Reads a file of so many bytes that is open; the handle's session is the stream's. */
  SftpBlobStream(
      SftpSessions sessions,
      SftpFailures failures,
      RemotePath file,
      long size,
      SftpSession.Handle handle) {
    this.sessions = sessions;
    this.failures = failures;
    this.file = file;
    this.size = size;
    this.handle = handle;
  }

  @Override
  public int read() throws IOException {
    return fill() ? piece[pieceAt++] & 0xff : -1;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    Objects.checkFromIndexSize(offset, length, into.length);
    if (length == 0) {
      return 0;
    }
    if (!fill()) {
      return -1;
    }
    int count = Math.min(length, pieceEnd - pieceAt);
    System.arraycopy(piece, pieceAt, into, offset, count);
    pieceAt += count;
    return count;
  }

  @Override
  public int available() {
    return pieceEnd - pieceAt;
  }

  @Override
  public void close() {
    closed = true;
    asked.clear();
    SftpSession.Handle at = handle;
    handle = null;
    if (at == null) {
      return;
    }
    try {
      at.session().close(at);
      sessions.giveBack(at.session());
    } catch (LostException e) {
      sessions.discard(at.session(), e);
    }
  }

  private boolean fill() throws IOException {
    if (closed) {
      throw new IOException("The stream of " + failures.shown(file) + " is closed");
    }
    while (pieceAt == pieceEnd) {
      if (position == size) {
        return false;
      }
      try {
        askAhead();
        take(asked.remove());
        resumes = 0;
      } catch (StatusException e) {
        throw e.isEnd() ? cutShort() : failures.of("read", file, e);
      } catch (LostException e) {
        resume(e);
      }
    }
    return true;
  }

  private void askAhead() throws LostException {
    SftpSession.Handle at = open();
    while (asked.size() < AHEAD && nextToAsk < size) {
      int length = (int) Math.min(pieceSize, size - nextToAsk);
      asked.add(new Asked(nextToAsk, length, at.session().read(at, nextToAsk, length)));
      nextToAsk += length;
    }
  }

  private void take(Asked next) throws StatusException, LostException {
    Response response = next.answer().of(PacketType.DATA);
    int length = lengthOf(response, next);
    if (length < next.length()) {
      // Older servers give 64 KiB at most.
      pieceSize = Math.min(pieceSize, length);
      SftpSession.Handle at = open();
      long offset = next.offset() + length;
      int rest = next.length() - length;
      asked.push(new Asked(offset, rest, at.session().read(at, offset, rest)));
    }
    piece = response.array();
    pieceAt = response.rpos();
    pieceEnd = pieceAt + length;
    position += length;
  }

  private int lengthOf(Response response, Asked next) throws LostException {
    try {
      int length = response.readUInt32AsInt();
      if (length > 0 && length <= next.length() && length <= response.available()) {
        return length;
      }
      throw LostException.silent("the server answers " + length + " bytes");
    } catch (LostException e) {
      throw e;
    } catch (IOException e) {
      throw LostException.because(e);
    }
  }

  private void resume(LostException lost) {
    LostException why = lost;
    while (true) {
      asked.clear();
      nextToAsk = position;
      SftpSession.Handle at = handle;
      handle = null;
      if (at != null) {
        sessions.discard(at.session(), why);
      }
      resumes++;
      if (why.isInterrupted() || resumes > RESUMES_WITHOUT_PROGRESS) {
        throw sessions.unreachable(why);
      }
      SftpSession session = sessions.lend();
      try {
        handle = session.openForReading(file);
        return;
      } catch (StatusException e) {
        sessions.giveBack(session);
        throw e.isNotFound() ? gone(e) : failures.of("read", file, e);
      } catch (LostException again) {
        sessions.discard(session, again);
        why = again;
      }
    }
  }

  private SftpSession.Handle open() throws LostException {
    if (handle == null) {
      throw LostException.silent("the connection is closed");
    }
    return handle;
  }

  private StorageFailure gone(StatusException e) {
    return new StorageFailure(
        FailureKind.NOT_FOUND, failures.shown(file) + " was deleted while it was read", "", e);
  }

  private StorageFailure cutShort() {
    return new StorageFailure(
        FailureKind.STORAGE,
        failures.shown(file) + " ends after " + position + " bytes of " + size,
        "Somebody has cut it, or the server's disk is damaged.");
  }
}
