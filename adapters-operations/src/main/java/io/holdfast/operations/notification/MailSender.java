package io.holdfast.operations.notification;

import jakarta.mail.Address;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.Message.RecipientType;
import jakarta.mail.MessagingException;
import jakarta.mail.SendFailedException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Date;
import java.util.Optional;
import java.util.Properties;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.jspecify.annotations.Nullable;

/** Mails news. */
final class MailSender implements Sender {

  private static final int LONGEST_NAME = 64;

  private final Channel.Mail channel;
  private final News news;

  MailSender(Channel.Mail channel, News news) {
    this.channel = channel;
    this.news = news;
  }

  @Override
  public void send(Duration most) throws UndeliveredException {
    Session session = Session.getInstance(properties(most));
    try (Transport transport = session.getTransport(protocol())) {
      MimeMessage message = message(session);
      connect(transport);
      transport.sendMessage(message, message.getAllRecipients());
    } catch (MessagingException e) {
      throw undelivered(e);
    }
  }

  private String protocol() {
    return isImplicit() ? "smtps" : "smtp";
  }

  private boolean isImplicit() {
    return channel.server().encryption() == MailServer.Encryption.IMPLICIT;
  }

  private void connect(Transport transport) throws MessagingException {
    String host = channel.server().host();
    int port = channel.server().port();
    if (channel.login().isEmpty()) {
      transport.connect(host, port, null, null);
      return;
    }
    Channel.Login login = channel.login().get();
    Optional<MessagingException> refused =
        login
            .password()
            .get()
            .reveal(
                characters -> {
                  try {
                    transport.connect(host, port, login.user(), String.valueOf(characters));
                    return Optional.empty();
                  } catch (MessagingException e) {
                    return Optional.of(e);
                  }
                });
    if (refused.isPresent()) {
      throw refused.get();
    }
  }

  private Properties properties(Duration most) throws UndeliveredException {
    String prefix = "mail." + protocol() + ".";
    // Of several steps each may take so long; what is over the whole time is cut off by Delivery.
    String timeout = Long.toString(Math.max(1, most.toMillis()));
    MailServer.Encryption encryption = channel.server().encryption();
    Properties properties = new Properties();
    properties.setProperty("mail.from", channel.from().internet().getAddress());
    properties.setProperty(prefix + "connectiontimeout", timeout);
    properties.setProperty(prefix + "timeout", timeout);
    properties.setProperty(prefix + "writetimeout", timeout);
    properties.setProperty(prefix + "localhost", greetingName());
    properties.setProperty(prefix + "sendpartial", "true");
    properties.setProperty(prefix + "auth", Boolean.toString(channel.login().isPresent()));
    properties.setProperty(
        prefix + "starttls.enable",
        Boolean.toString(
            encryption == MailServer.Encryption.REQUIRED
                || encryption == MailServer.Encryption.WHEN_OFFERED));
    properties.setProperty(
        prefix + "starttls.required",
        Boolean.toString(encryption == MailServer.Encryption.REQUIRED));
    properties.setProperty(prefix + "ssl.checkserveridentity", "true");
    properties.put(
        prefix + "ssl.socketFactory", Trust.of(channel.authorities()).getSocketFactory());
    return properties;
  }

  /** A name for the greeting; without one a name server would be asked. */
  private String greetingName() {
    String name = news.host().replaceAll("[^A-Za-z0-9.-]", "-");
    return name.length() > LONGEST_NAME ? name.substring(0, LONGEST_NAME) : name;
  }

  private MimeMessage message(Session session) throws MessagingException {
    MimeMessage message = new IdentifiedMessage(session, news, channel.from());
    message.setFrom(channel.from().internet());
    for (MailAddress to : channel.to()) {
      message.addRecipient(RecipientType.TO, to.internet());
    }
    message.setSubject("[holdfast] " + Wording.line(news), StandardCharsets.UTF_8.name());
    message.setSentDate(Date.from(news.at()));
    message.setHeader("Auto-Submitted", "auto-generated");
    message.setText(Wording.page(news), StandardCharsets.UTF_8.name());
    message.saveChanges();
    return message;
  }

  private UndeliveredException undelivered(MessagingException error) {
    String who = channel.server() + " did not take the message: ";
    if (error instanceof AuthenticationFailedException) {
      return new UndeliveredException(who + "it refuses the user or the password", false);
    }
    if (error instanceof SendFailedException failed && sent(failed.getValidSentAddresses()) > 0) {
      return new UndeliveredException(
          channel.server() + " took the message, but not for everybody: " + answer(error), false);
    }
    boolean refused =
        error instanceof SMTPSendFailedException answer
            ? answer.getReturnCode() >= 500
            : error instanceof SendFailedException;
    boolean passing = !refused && !Reasons.isTls(error) && !isPolicy(error);
    return new UndeliveredException(who + answer(error), passing);
  }

  /** What the library says without a cause is an answer, or that STARTTLS is not offered. */
  private static boolean isPolicy(MessagingException error) {
    return String.valueOf(error.getMessage()).contains("STARTTLS");
  }

  private static String answer(MessagingException error) {
    Exception next = error.getNextException();
    boolean said = next == null || next instanceof MessagingException;
    if (said && !(error.getCause() instanceof IOException)) {
      return Wording.oneLine(String.valueOf((next == null ? error : next).getMessage()).strip());
    }
    return Reasons.of(error);
  }

  private static int sent(Address @Nullable [] addresses) {
    return addresses == null ? 0 : addresses.length;
  }

  /** Keeps its name when it is sent again, so that a mailbox can tell. */
  private static final class IdentifiedMessage extends MimeMessage {

    private final String name;

    IdentifiedMessage(Session session, News news, MailAddress from) {
      super(session);
      String address = from.internet().getAddress();
      this.name = "<" + news.id() + address.substring(address.lastIndexOf('@')) + ">";
    }

    @Override
    protected void updateMessageID() throws MessagingException {
      setHeader("Message-ID", name);
    }
  }
}
