package io.holdfast.storage.sftp;

import java.io.IOException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import net.schmizz.concurrent.Promise;
import net.schmizz.sshj.sftp.PacketType;
import net.schmizz.sshj.sftp.Response;
import net.schmizz.sshj.sftp.Response.StatusCode;
import net.schmizz.sshj.sftp.SFTPException;

/** What the server will say to one request. */
final class Answer {

  private final Future<Promise<Response, SFTPException>> sent;
  private final long timeoutNanos;

  Answer(Future<Promise<Response, SFTPException>> sent, long timeoutNanos) {
    this.sent = sent;
    this.timeoutNanos = timeoutNanos;
  }

  /** Fails unless the server says that it is done. */
  void done() throws StatusException, LostException {
    await();
  }

  /** The answer of this kind. */
  Response of(PacketType type) throws StatusException, LostException {
    Response response = await();
    if (response.getType() != type) {
      throw LostException.silent("the server answers " + response.getType() + " for " + type);
    }
    return response;
  }

  private Response await() throws StatusException, LostException {
    try {
      Promise<Response, SFTPException> promise = Patience.await(this::untilSent, timeoutNanos);
      Response response = Patience.await(nanos -> untilAnswered(promise, nanos), timeoutNanos);
      if (response.getType() == PacketType.STATUS) {
        requireOk(response);
      }
      return response;
    } catch (ExecutionException e) {
      throw LostException.because(e);
    }
  }

  private Promise<Response, SFTPException> untilSent(long nanos)
      throws InterruptedException, TimeoutException, ExecutionException {
    return sent.get(nanos, TimeUnit.NANOSECONDS);
  }

  private static Response untilAnswered(Promise<Response, SFTPException> promise, long nanos)
      throws InterruptedException, TimeoutException, ExecutionException {
    try {
      Response response = promise.tryRetrieve(nanos, TimeUnit.NANOSECONDS);
      if (response == null) {
        throw new TimeoutException();
      }
      return response;
    } catch (SFTPException e) {
      if (e.getCause() instanceof InterruptedException && Thread.interrupted()) {
        throw new InterruptedException();
      }
      throw new ExecutionException(e);
    }
  }

  private static void requireOk(Response response) throws StatusException, LostException {
    StatusCode code;
    String message = "";
    try {
      code = response.readStatusCode();
      // Version 3 servers say why in words; some leave that out.
      message = response.available() < 4 ? "" : RemotePath.textOf(Wire.text(response));
    } catch (IOException e) {
      throw LostException.because(e);
    }
    if (code != StatusCode.OK) {
      throw new StatusException(code, message);
    }
  }
}
