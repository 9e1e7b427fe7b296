package io.holdfast.example.webdav;

import io.holdfast.application.port.failure.ConfigurationFailure;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Trusts the certificates of one file, and no others. */
final class Trust {

  private Trust() {}

  static SSLContext in(Path file) {
    try (InputStream pem = Files.newInputStream(file)) {
      KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
      store.load(null, null);
      for (Certificate each : CertificateFactory.getInstance("X.509").generateCertificates(pem)) {
        store.setCertificateEntry("trusted-" + store.size(), each);
      }
      if (store.size() == 0) {
        throw wrong(file, "it holds no certificate", null);
      }
      TrustManagerFactory trust =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(store);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, trust.getTrustManagers(), null);
      return context;
    } catch (IOException | GeneralSecurityException e) {
      throw wrong(file, e.toString(), e);
    }
  }

  private static ConfigurationFailure wrong(
      Path file, String why, @org.jspecify.annotations.Nullable Exception cause) {
    String text = "Cannot read the ca-certificates in " + file + ": " + why;
    String hint = "Name a file of certificates as PEM (-----BEGIN CERTIFICATE-----).";
    return cause == null
        ? new ConfigurationFailure(text, hint)
        : new ConfigurationFailure(text, hint, cause);
  }
}
