package io.holdfast.podman.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.application.port.out.source.Codec;
import io.holdfast.domain.backup.Encoding;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.zip.DataFormatException;
import java.util.zip.GZIPInputStream;
import java.util.zip.Inflater;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class CodecsTest {

  private static final int BLOCK = GzipMembersOutputStream.BLOCK;
  private static final List<Codec> CODECS =
      List.of(new PlainCodec(), new GzipCodec(2), new ZstdCodec(2), new ZstdCodec(1));
  private static final List<Codec> COMPRESSING = CODECS.subList(1, CODECS.size());

  @Property(tries = 60)
  void everyCodecGivesBackWhatItTook(@ForAll("contents") byte[] plain, @ForAll Random random)
      throws IOException {
    for (Codec codec : CODECS) {
      assertThat(decompress(codec, compress(codec, plain, random)))
          .as("%s", codec.encoding())
          .isEqualTo(plain);
    }
  }

  @Property(tries = 20)
  void gzipIsReadByTheJdkToo(@ForAll("contents") byte[] plain, @ForAll Random random)
      throws IOException {
    byte[] compressed = compress(new GzipCodec(2), plain, random);

    assertThat(new GZIPInputStream(new ByteArrayInputStream(compressed)).readAllBytes())
        .isEqualTo(plain);
  }

  @Property(tries = 60)
  void aStreamThatIsCutAnywhereFails(@ForAll Random random) throws IOException {
    byte[] plain = bytes(BLOCK + 1000, 40, random.nextLong());
    for (Codec codec : COMPRESSING) {
      byte[] whole = compress(codec, plain, random);
      int length = 1 + random.nextInt(whole.length - 1);
      byte[] cut = Arrays.copyOf(whole, length);

      // Between two gzip members a cut leaves a valid, shorter file: the checksum is for that.
      if (codec.encoding() == Encoding.GZIP && endsAfterFirstMember(cut, plain)) {
        continue;
      }
      assertThatThrownBy(() -> decompress(codec, cut))
          .as("%s cut to %d", codec.encoding(), length)
          .isInstanceOf(IOException.class);
    }
  }

  @Property(tries = 40)
  void bothDeflatersMakeWhatTheJdkInflates(@ForAll("contents") byte[] plain)
      throws DataFormatException {
    int length = Math.min(plain.length, BLOCK);
    for (BlockDeflater deflater : List.of(new BlockDeflater.Zlib(), BlockDeflater.fastest())) {
      byte[] into = new byte[BlockDeflater.room(BLOCK)];
      int written = deflater.deflate(plain, length, into);
      Inflater inflater = new Inflater(true);
      inflater.setInput(into, 0, written);
      byte[] back = new byte[length + 1];

      assertThat(inflater.inflate(back)).isEqualTo(length);
      assertThat(inflater.finished()).isTrue();
      assertThat(inflater.getRemaining()).isZero();
      assertThat(Arrays.copyOf(back, length)).isEqualTo(Arrays.copyOf(plain, length));
      inflater.end();
    }
  }

  @Test
  void theFastDeflaterLoadsWhereItIsMadeFor() {
    boolean madeFor =
        System.getProperty("os.name", "").equals("Linux")
            && System.getProperty("os.arch", "").equals("amd64");

    assertThat(BlockDeflater.Native.isAvailable()).isEqualTo(madeFor);
  }

  @Test
  void aCutWithinTheHeaderOfAFurtherGzipMemberFails() throws IOException {
    Codec gzip = new GzipCodec(1);
    byte[] one = compress(gzip, new byte[10], new Random(1));
    byte[] two = Arrays.copyOf(one, one.length + 5);
    System.arraycopy(one, 0, two, one.length, 5);

    assertThatThrownBy(() -> decompress(gzip, two)).isInstanceOf(IOException.class);
  }

  @Test
  void aFlippedBitFails() throws IOException {
    byte[] plain = bytes(100_000, 40, 5);
    for (Codec codec : COMPRESSING) {
      byte[] damaged = compress(codec, plain, new Random(1));
      damaged[damaged.length / 2] ^= 8;

      assertThatThrownBy(() -> decompress(codec, damaged)).isInstanceOf(IOException.class);
    }
  }

  @Test
  void nothingAtAllIsNoGzipStream() {
    assertThatThrownBy(() -> decompress(new GzipCodec(1), new byte[0]))
        .isInstanceOf(IOException.class);
  }

  @Test
  void closesTheStreamBelowAndItselfOnlyOnce() throws IOException {
    for (Codec codec : CODECS) {
      int[] closes = new int[1];
      OutputStream below =
          new ByteArrayOutputStream() {
            @Override
            public void close() {
              closes[0]++;
            }
          };
      try (OutputStream out = codec.compress(below)) {
        out.write(1);
      }

      assertThat(closes[0]).as("%s", codec.encoding()).isEqualTo(1);
    }
  }

  @Test
  void afterAFailureBelowGzipDoesNotPretendToBeWhole() {
    int[] written = new int[1];
    OutputStream full =
        new OutputStream() {
          @Override
          public void write(int b) throws IOException {
            throw new IOException("disk full");
          }

          @Override
          public void write(byte[] bytes, int offset, int length) throws IOException {
            written[0]++;
            throw new IOException("disk full");
          }
        };
    OutputStream gzip = new GzipCodec(2).compress(full);

    assertThatThrownBy(() -> gzip.write(new byte[10 * BLOCK])).hasMessage("disk full");
    assertThatThrownBy(() -> gzip.write(1)).isInstanceOf(IOException.class);
    assertThat(closing(gzip)).isEqualTo("closed");
    assertThat(written[0]).isEqualTo(1);
  }

  @Test
  void manyStreamsShareTheProcessors() throws Exception {
    GzipCodec codec = new GzipCodec(2);
    byte[] plain = bytes(5 * BLOCK, 60, 7);
    List<Thread> threads =
        IntStream.range(0, 4)
            .mapToObj(
                i ->
                    new Thread(
                        () -> {
                          try {
                            byte[] back = decompress(codec, compress(codec, plain, new Random(i)));
                            if (!Arrays.equals(back, plain)) {
                              throw new IllegalStateException("stream " + i + " differs");
                            }
                          } catch (IOException e) {
                            throw new IllegalStateException(e);
                          }
                        }))
            .toList();
    List<Throwable> failures = Collections.synchronizedList(new ArrayList<>());
    for (Thread thread : threads) {
      thread.setUncaughtExceptionHandler((t, e) -> failures.add(e));
      thread.start();
    }
    for (Thread thread : threads) {
      thread.join();
    }

    assertThat(failures).isEmpty();
  }

  @Provide
  Arbitrary<byte[]> contents() {
    Arbitrary<Integer> aroundBlocks =
        Combinators.combine(Arbitraries.of(0, 1, 2, 3), Arbitraries.integers().between(-2, 2))
            .as((blocks, off) -> Math.max(0, blocks * BLOCK + off));
    Arbitrary<Integer> small = Arbitraries.integers().between(0, 70_000);
    return Combinators.combine(
            Arbitraries.oneOf(aroundBlocks, small),
            Arbitraries.of(1, 3, 40, 256),
            Arbitraries.longs())
        .as(CodecsTest::bytes);
  }

  private static byte[] bytes(int length, int letters, long seed) {
    Random random = new Random(seed);
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      bytes[i] = (byte) random.nextInt(letters);
    }
    return bytes;
  }

  private static byte[] compress(Codec codec, byte[] plain, Random random) throws IOException {
    ByteArrayOutputStream stored = new ByteArrayOutputStream();
    try (OutputStream out = codec.compress(stored)) {
      int at = 0;
      while (at < plain.length) {
        int length = Math.min(plain.length - at, 1 + random.nextInt(200_000));
        out.write(plain, at, length);
        at += length;
      }
    }
    return stored.toByteArray();
  }

  private static byte[] decompress(Codec codec, byte[] stored) throws IOException {
    try (InputStream in = codec.decompress(new ByteArrayInputStream(stored))) {
      return in.readAllBytes();
    }
  }

  private static boolean endsAfterFirstMember(byte[] cut, byte[] plain) {
    return plainOrFailure(new GzipCodec(1), cut).equals(String.valueOf(BLOCK))
        && plain.length > BLOCK;
  }

  private static String plainOrFailure(Codec codec, byte[] stored) {
    try {
      return String.valueOf(decompress(codec, stored).length);
    } catch (IOException e) {
      return "failed";
    }
  }

  private static String closing(OutputStream out) {
    try {
      out.close();
      return "closed";
    } catch (IOException e) {
      return e.toString();
    }
  }
}
