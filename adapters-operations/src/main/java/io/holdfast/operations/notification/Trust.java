package io.holdfast.operations.notification;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Collection;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/** Whose certificates are believed: those of the usual authorities, and of a PEM file's. */
final class Trust {

  private Trust() {}

  static SSLContext of(Optional<Path> authorities) throws UndeliveredException {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, authorities.isEmpty() ? null : believing(authorities.get()), null);
      return context;
    } catch (IOException | GeneralSecurityException e) {
      String file = authorities.map(Path::toString).orElse("Java's own store");
      throw new UndeliveredException(
          "no certificates can be read from " + file + ": " + Reasons.of(e), false);
    }
  }

  private static TrustManager[] believing(Path file) throws IOException, GeneralSecurityException {
    Collection<? extends Certificate> given;
    try (InputStream in = Files.newInputStream(file)) {
      given = CertificateFactory.getInstance("X.509").generateCertificates(in);
    }
    if (given.isEmpty()) {
      throw new IOException("there is none in it");
    }
    KeyStore all = KeyStore.getInstance(KeyStore.getDefaultType());
    all.load(null, null);
    int number = 0;
    for (Certificate certificate : given) {
      all.setCertificateEntry("given-" + number++, certificate);
    }
    for (TrustManager manager : managersOf(null)) {
      if (manager instanceof X509TrustManager usual) {
        for (Certificate certificate : usual.getAcceptedIssuers()) {
          all.setCertificateEntry("usual-" + number++, certificate);
        }
      }
    }
    return managersOf(all);
  }

  private static TrustManager[] managersOf(@Nullable KeyStore store)
      throws GeneralSecurityException {
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(store);
    return factory.getTrustManagers();
  }
}
