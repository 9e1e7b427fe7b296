package io.holdfast.operations.notification;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/**
 * A server's certificate that nobody but whoever has its file believes.
 *
 * @param context what the server speaks TLS with
 * @param certificate the file
 */
record Identity(SSLContext context, Path certificate) {

  private static final String WORD = "changeit";

  static Identity make(Path folder, String subjectAlternative) throws Exception {
    Path store = Files.createTempDirectory(folder, "identity").resolve("keys.p12");
    Path certificate = store.resolveSibling("certificate.pem");
    keytool(
        List.of(
            "-genkeypair",
            "-keyalg",
            "EC",
            "-alias",
            "server",
            "-dname",
            "CN=server",
            "-ext",
            "san=" + subjectAlternative,
            "-storetype",
            "PKCS12",
            "-validity",
            "2"),
        store);
    keytool(
        List.of("-exportcert", "-rfc", "-alias", "server", "-file", certificate.toString()), store);
    return new Identity(contextOf(store), certificate);
  }

  private static void keytool(List<String> arguments, Path store) throws Exception {
    List<String> line = new ArrayList<>();
    line.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    line.addAll(arguments);
    line.addAll(List.of("-keystore", store.toString(), "-storepass", WORD));
    Process process =
        new ProcessBuilder(line)
            .redirectErrorStream(true)
            .redirectOutput(store.resolveSibling("log").toFile())
            .start();
    if (process.waitFor() != 0) {
      throw new IOException(Files.readString(store.resolveSibling("log")));
    }
  }

  private static SSLContext contextOf(Path store) throws IOException, GeneralSecurityException {
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      keys.load(in, WORD.toCharArray());
    }
    KeyManagerFactory factory =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    factory.init(keys, WORD.toCharArray());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(factory.getKeyManagers(), null, null);
    return context;
  }
}
