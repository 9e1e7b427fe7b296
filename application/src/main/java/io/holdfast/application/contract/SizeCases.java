package io.holdfast.application.contract;

import io.holdfast.application.port.out.store.BlobKey;
import io.holdfast.application.port.out.store.BlobWriter;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** What goes in comes out, however much it is. */
final class SizeCases {

  /** What programs and networks buffer by. */
  private static final List<Long> BUFFERS =
      List.of(8_192L, 32_768L, 65_536L, 131_072L, 261_120L, 262_144L);

  private SizeCases() {}

  static List<ContractCase> all() {
    return List.of(
        ContractCase.quick("a blob of no byte comes back", trial -> comesBack(trial, 0)),
        ContractCase.quick("a blob of one byte comes back", trial -> comesBack(trial, 1)),
        ContractCase.full(
            "blobs of any buffer's size and one byte either side come back",
            trial -> around(trial, BUFFERS)),
        ContractCase.full(
            "blobs of a part's size and one byte either side come back",
            trial -> around(trial, trial.limits().partBoundaries())),
        ContractCase.full(
            "single bytes and pieces of any size come back in order", SizeCases::pieces),
        ContractCase.full(
            "a large blob streams there and back",
            trial -> comesBack(trial, trial.limits().largestBlob())));
  }

  private static void around(Trial trial, List<Long> sizes) throws IOException {
    for (long size : sizes) {
      for (long bytes = size - 1; bytes <= size + 1; bytes++) {
        comesBack(trial, bytes);
      }
    }
  }

  private static void comesBack(Trial trial, long bytes) throws IOException {
    String key = "file-" + bytes;
    trial.write(key, bytes);
    trial.expectWhole(key, bytes);
    trial.store().delete(new BlobKey(key));
  }

  private static void pieces(Trial trial) throws IOException {
    byte[] all = new byte[700_000];
    Random random = new Random(4);
    random.nextBytes(all);
    try (BlobWriter writer = trial.store().create(new BlobKey("file"))) {
      int at = 0;
      while (at < all.length) {
        int size =
            Math.min(all.length - at, 1 + random.nextInt(random.nextBoolean() ? 3 : 200_000));
        if (size == 1) {
          writer.body().write(all[at]);
        } else {
          writer.body().write(all, at, size);
        }
        at += size;
      }
      writer.commit();
    }
    try (InputStream in = trial.store().open(new BlobKey("file"))) {
      trial.expect(
          Arrays.equals(in.readNBytes(all.length + 1), all),
          "what was written in pieces came back otherwise");
    }
  }
}
