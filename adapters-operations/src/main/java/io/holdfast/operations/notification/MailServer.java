package io.holdfast.operations.notification;

/**
 * A server that takes mail.
 *
 * @param host its name or address
 * @param port its port
 * @param encryption how what is said to it is kept from others
 */
public record MailServer(String host, int port, Encryption encryption) {

  /** When a connection is encrypted. */
  public enum Encryption {
    /** From its first byte. */
    IMPLICIT,
    /** By STARTTLS; a server that does not offer it gets nothing. */
    REQUIRED,
    /** By STARTTLS where the server offers it: whoever sits between can take the offer away. */
    WHEN_OFFERED,
    /** It is not. */
    NEVER
  }

  /** True when a password may be told to it. */
  public boolean keepsPasswords() {
    return encryption == Encryption.IMPLICIT
        || encryption == Encryption.REQUIRED
        || host.equals("localhost")
        || host.equals("127.0.0.1")
        || host.equals("[::1]");
  }

  @Override
  public String toString() {
    return (encryption == Encryption.IMPLICIT ? "smtps://" : "smtp://") + host + ":" + port;
  }
}
