package io.holdfast.application.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.application.port.failure.IntegrityFailure;
import io.holdfast.application.port.failure.InterruptedFailure;
import io.holdfast.application.port.out.command.Cancellation;
import io.holdfast.application.port.out.store.BlobKey;
import io.holdfast.application.port.out.store.InMemoryBlobStore;
import io.holdfast.application.testing.JdkCodecs;
import io.holdfast.application.testing.Samples;
import io.holdfast.application.testing.TestHost;
import io.holdfast.domain.backup.ArtifactId;
import io.holdfast.domain.backup.ArtifactOrigin;
import io.holdfast.domain.backup.Encoding;
import io.holdfast.domain.backup.StoredArtifact;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.DeflaterOutputStream;
import org.junit.jupiter.api.Test;

class StoredContentTest {

  private static final byte[] PLAIN = TestHost.bytes("a plain tar ".repeat(5_000));

  private final InMemoryBlobStore store = new InMemoryBlobStore();
  private final Cancellation cancellation = new Cancellation();
  private final AtomicLong told = new AtomicLong();

  @Test
  void the_plain_bytes_come_and_are_verified_at_their_end() throws Exception {
    StoredContent content = content(deflated(), deflated());
    try (InputStream in = content.open()) {
      assertThat(in.readNBytes(10)).hasSize(10);
      assertThat(content.isVerified()).isFalse();
      in.transferTo(OutputStream.nullOutputStream());
    }

    assertThat(content.open()).hasBinaryContent(PLAIN);
    assertThat(content.isVerified()).isTrue();
    assertThat(told).hasValue(2L * deflated().length);
  }

  @Test
  void a_mismatch_fails_the_read_at_the_end_and_every_later_one() throws Exception {
    byte[] damaged = deflated();
    StoredContent content = content(damaged, TestHost.bytes("something else"));
    try (InputStream in = content.open()) {
      assertThatThrownBy(() -> in.transferTo(OutputStream.nullOutputStream()))
          .isInstanceOf(IntegrityFailure.class)
          .hasMessageContaining("volumes/data.tar.zst of set 20251006_020000 is damaged");
      assertThatThrownBy(in::read).isInstanceOf(IntegrityFailure.class);
    }
    assertThat(content.isVerified()).isFalse();
  }

  @Test
  void bytes_behind_the_end_of_the_compressed_stream_are_hashed_too() throws Exception {
    byte[] whole = deflated();
    byte[] longer = Arrays.copyOf(whole, whole.length + 200_000);
    StoredContent content = content(longer, whole);

    assertThatThrownBy(
            () -> {
              try (InputStream in = content.open()) {
                in.readAllBytes();
              }
            })
        .isInstanceOf(IntegrityFailure.class);
    assertThat(content(longer, longer).open()).hasBinaryContent(PLAIN);
  }

  @Test
  void a_cancelled_read_ends() throws Exception {
    StoredContent content = content(deflated(), deflated());
    try (InputStream in = content.open()) {
      cancellation.cancel();
      assertThatThrownBy(in::read).isInstanceOf(InterruptedFailure.class);
    }
  }

  @Test
  void a_file_that_programs_cannot_read_as_it_is_stored_is_not_given_to_them() throws Exception {
    assertThat(content(deflated(), deflated()).localFile()).isEmpty();
  }

  private StoredContent content(byte[] stored, byte[] expected) {
    store.overwrite(new BlobKey(TestHost.ID + "/volumes/data.tar.zst"), stored);
    StoredArtifact artifact =
        new StoredArtifact(
            ArtifactId.volume("data"),
            "volumes/data.tar.zst",
            stored.length,
            PLAIN.length,
            1,
            Samples.sha256(expected),
            Encoding.ZSTD,
            Duration.ZERO,
            new ArtifactOrigin.Unknown(),
            List.of());
    return StoredContent.of(
        new TestHost().set(store, TestHost.ID),
        artifact,
        new Codecs(JdkCodecs.all()),
        told::addAndGet,
        cancellation);
  }

  private static byte[] deflated() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DeflaterOutputStream out = new DeflaterOutputStream(bytes)) {
      out.write(PLAIN);
    }
    return bytes.toByteArray();
  }
}
