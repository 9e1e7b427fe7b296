package io.holdfast.storage.s3;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/** Trusts the certificates of a PEM file beside those that Java trusts. */
final class PrivateAuthorities {

  private PrivateAuthorities() {}

  static TrustManager[] trusting(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      KeyStore all = KeyStore.getInstance(KeyStore.getDefaultType());
      all.load(null, null);
      int number = 0;
      for (X509Certificate usual : usual()) {
        all.setCertificateEntry("usual-" + number++, usual);
      }
      for (Certificate given : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
        all.setCertificateEntry("given-" + number++, given);
      }
      return managers(all).getTrustManagers();
    } catch (IOException | GeneralSecurityException e) {
      throw new UnusableCertificatesException(file, e);
    }
  }

  private static X509Certificate[] usual() throws GeneralSecurityException {
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init((KeyStore) null);
    for (TrustManager manager : factory.getTrustManagers()) {
      if (manager instanceof X509TrustManager certificates) {
        return certificates.getAcceptedIssuers();
      }
    }
    return new X509Certificate[0];
  }

  private static TrustManagerFactory managers(KeyStore store) throws GeneralSecurityException {
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(store);
    return factory;
  }

  /** The file holds no certificates. */
  static final class UnusableCertificatesException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnusableCertificatesException(Path file, Exception cause) {
      super("No certificates can be read from " + file, cause);
    }
  }
}
