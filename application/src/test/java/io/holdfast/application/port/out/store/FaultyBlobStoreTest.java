package io.holdfast.application.port.out.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.holdfast.application.port.failure.FailureKind;
import io.holdfast.application.port.failure.StorageFailure;
import io.holdfast.application.port.out.store.FaultyBlobStore.Fault;
import io.holdfast.application.port.out.store.FaultyBlobStore.Operation;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class FaultyBlobStoreTest {

  private static final BlobKey KEY = new BlobKey("key");

  private final InMemoryBlobStore memory = new InMemoryBlobStore();
  private final FaultyBlobStore faulty = new FaultyBlobStore(memory);

  @Test
  void fails_the_nth_time_and_no_other() throws Exception {
    faulty.inject(Fault.once(Operation.CREATE, 2));

    put("a", 1);
    assertThat(failureOf(() -> put("b", 1)).kind()).isEqualTo(FailureKind.STORAGE);
    put("c", 1);

    assertThat(memory.contents()).containsExactly("a", "c");
    assertThat(faulty.count(Operation.CREATE)).isEqualTo(3);
    assertThat(faulty.count(Operation.COMMIT)).isEqualTo(2);
  }

  @Test
  void fails_for_ever_until_healed() throws Exception {
    faulty.inject(Fault.from(Operation.STAT, 1));
    put("key", 1);

    assertThat(failureOf(() -> faulty.stat(KEY)).kind().isTemporary()).isTrue();
    assertThat(failureOf(() -> faulty.stat(KEY)).getMessage()).contains("injected");
    faulty.heal();
    assertThat(faulty.stat(KEY).bytes()).isEqualTo(1);
  }

  @Test
  void fails_a_write_after_so_many_bytes() {
    faulty.inject(Fault.once(Operation.WRITE, 1).after(5).as(FailureKind.STORAGE_FULL));

    assertThat(failureOf(() -> put("key", 6)).kind()).isEqualTo(FailureKind.STORAGE_FULL);
    assertThat(memory.contents()).isEmpty();
  }

  @Test
  void lets_a_write_pass_that_ends_where_the_fault_begins() throws Exception {
    faulty.inject(Fault.once(Operation.WRITE, 1).after(5));

    put("key", 5);

    assertThat(memory.stat(KEY).bytes()).isEqualTo(5);
  }

  @Test
  void fails_a_read_after_so_many_bytes() throws Exception {
    put("key", 10);
    faulty.inject(Fault.once(Operation.READ, 1).after(4));

    try (InputStream in = faulty.open(KEY)) {
      assertThat(in.read()).isZero();
      assertThat(in.readNBytes(3)).hasSize(3);
      assertThat(failureOf(() -> in.read()).getMessage()).contains("read");
    }
    try (InputStream in = faulty.open(KEY)) {
      assertThat(in.readNBytes(11)).hasSize(10);
    }
  }

  @Test
  void fails_a_commit_before_it_publishes_and_an_answer_after() throws Exception {
    faulty.inject(Fault.once(Operation.COMMIT, 1));
    assertThat(failureOf(() -> put("a", 1))).isNotNull();
    assertThat(memory.contents()).isEmpty();

    faulty.inject(Fault.once(Operation.COMMIT_ANSWER, 1));
    assertThat(failureOf(() -> put("b", 1))).isNotNull();
    assertThat(memory.contents()).containsExactly("b");
  }

  @Test
  void fails_a_listing_after_so_many_blobs() throws Exception {
    put("a", 1);
    put("b", 1);
    faulty.inject(Fault.once(Operation.LIST, 1).after(1));
    List<String> seen = new ArrayList<>();

    assertThat(failureOf(() -> faulty.list("", blob -> seen.add(blob.key().value())))).isNotNull();

    assertThat(seen).containsExactly("a");
  }

  @Test
  void fails_opening_and_deleting() throws Exception {
    put("key", 1);
    faulty.inject(Fault.once(Operation.OPEN, 1));
    faulty.inject(Fault.once(Operation.DELETE, 1));

    assertThat(failureOf(() -> faulty.open(KEY))).isNotNull();
    assertThat(failureOf(() -> faulty.delete(KEY))).isNotNull();
    assertThat(memory.contents()).containsExactly("key");
  }

  private void put(String key, int bytes) throws Exception {
    try (BlobWriter writer = faulty.create(new BlobKey(key))) {
      writer.body().write(new byte[bytes]);
      writer.commit();
    }
  }

  private static StorageFailure failureOf(ThrowingCallable call) {
    return catchThrowableOfType(StorageFailure.class, call);
  }
}
