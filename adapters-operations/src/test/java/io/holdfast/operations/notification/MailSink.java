package io.holdfast.operations.notification;

import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.subethamail.smtp.RejectException;
import org.subethamail.smtp.auth.EasyAuthenticationHandlerFactory;
import org.subethamail.smtp.auth.LoginFailedException;
import org.subethamail.smtp.server.SMTPServer;

/** A mail server of another make that keeps what it is sent. */
final class MailSink implements AutoCloseable {

  static final String USER = "holdfast@example.org";
  static final String WORD = "open sesame";

  final List<Letter> letters = new CopyOnWriteArrayList<>();
  final List<String> logins = new CopyOnWriteArrayList<>();
  private final AtomicInteger refusals = new AtomicInteger();
  private final SMTPServer server;

  private MailSink(SMTPServer.Builder builder) {
    this.server =
        builder
            .bindAddress(InetAddress.getLoopbackAddress())
            .port(0)
            .insertReceivedHeaders(false)
            .authenticationHandlerFactory(
                new EasyAuthenticationHandlerFactory((user, word, context) -> login(user, word)))
            .messageHandler((context, from, to, data) -> take(from, to, data))
            .build();
    server.start();
  }

  static MailSink plain() {
    return new MailSink(new SMTPServer.Builder().hideTLS());
  }

  static MailSink startingTls(Identity identity) {
    return new MailSink(
        new SMTPServer.Builder()
            .enableTLS()
            .requireTLS()
            .requireAuth()
            .startTlsSocketFactory(identity.context()));
  }

  static MailSink encrypted(Identity identity) {
    return new MailSink(new SMTPServer.Builder().hideTLS().serverSocketFactory(identity.context()));
  }

  /** Refuses the next letters for the moment. */
  MailSink refusing(int times) {
    refusals.set(times);
    return this;
  }

  int port() {
    return server.getPortAllocated();
  }

  private void login(String user, String word) throws LoginFailedException {
    logins.add(user);
    if (!user.equals(USER) || !word.equals(WORD)) {
      throw new LoginFailedException();
    }
  }

  private void take(String from, String to, byte[] data) throws RejectException {
    if (refusals.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
      throw new RejectException(451, "come back later");
    }
    letters.add(new Letter(from, to, new String(data, StandardCharsets.ISO_8859_1)));
  }

  @Override
  public void close() {
    server.stop();
  }

  /** What was sent. */
  record Letter(String from, String to, String data) {

    MimeMessage message() throws MessagingException {
      return new MimeMessage(
          Session.getInstance(new Properties()),
          new ByteArrayInputStream(data.getBytes(StandardCharsets.ISO_8859_1)));
    }

    List<String> headerNames() throws MessagingException {
      List<String> names = new ArrayList<>();
      message()
          .getAllHeaders()
          .asIterator()
          .forEachRemaining(header -> names.add(header.getName()));
      return names;
    }
  }
}
