package broken.application.stream;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;

/** A stream that takes everything at once. */
final class Greedy {

  byte[] take(InputStream artifact) throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.write(artifact.readAllBytes());
    return all.toByteArray();
  }
}
