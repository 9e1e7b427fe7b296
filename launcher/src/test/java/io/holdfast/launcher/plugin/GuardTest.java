package io.holdfast.launcher.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.holdfast.application.port.failure.ConfigurationFailure;
import io.holdfast.application.port.failure.FailureKind;
import io.holdfast.application.port.failure.StorageFailure;
import io.holdfast.application.port.out.store.BlobKey;
import io.holdfast.application.port.out.store.BlobStore;
import io.holdfast.application.port.out.store.BlobStoreProvider;
import io.holdfast.application.port.out.store.BlobWriter;
import io.holdfast.application.port.out.store.InMemoryBlobStore;
import io.holdfast.application.port.out.store.Settings;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class GuardTest {

  private static final BlobKey KEY = new BlobKey("a/b");

  private final Guard guard =
      new Guard("x.Faulty", Path.of("/plugins/faulty.jar"), GuardTest.class.getClassLoader());

  @ParameterizedTest
  @MethodSource("faults")
  void whatever_a_store_throws_beyond_its_contract_is_a_failure_of_storage(Throwable fault) {
    BlobStore store = new GuardedStore(failing(BlobStore.class, fault), guard);
    List<ThrowingCallable> calls =
        List.of(
            () -> store.create(KEY),
            () -> store.open(KEY),
            () -> store.stat(KEY),
            () -> store.list("", blob -> {}),
            () -> store.delete(KEY),
            store::clearAbandoned,
            () -> store.localFile(KEY),
            store::freeBytes,
            store::features,
            store::location,
            store::close);
    for (ThrowingCallable call : calls) {
      StorageFailure failure = catchThrowableOfType(StorageFailure.class, call);
      assertThat(failure)
          .isNotNull()
          .hasMessageContaining("x.Faulty")
          .hasMessageContaining("/plugins/faulty.jar")
          .hasMessageContaining("my fault")
          .hasCause(fault);
      assertThat(failure.kind()).isEqualTo(FailureKind.STORAGE);
      assertThat(failure.hint()).isNotEmpty();
    }
  }

  static List<Throwable> faults() {
    return List.of(
        new IllegalStateException("my fault"),
        new NoSuchMethodError("my fault"),
        new AssertionError("my fault"));
  }

  @Test
  void a_writer_and_the_streams_are_guarded_too() {
    IllegalStateException fault = new IllegalStateException("my fault");
    BlobWriter writer = new GuardedWriter(failing(BlobWriter.class, fault), guard, "writing a/b");
    assertThatThrownBy(writer::body).isInstanceOf(StorageFailure.class);
    assertThatThrownBy(writer::commit).isInstanceOf(StorageFailure.class);
    assertThatThrownBy(writer::close).isInstanceOf(StorageFailure.class);
    InputStream broken =
        new InputStream() {
          @Override
          public int read() {
            throw fault;
          }

          @Override
          public int read(byte[] into, int offset, int length) {
            throw fault;
          }
        };
    InputStream in = new GuardedInput(broken, guard, "reading a/b");
    assertThatThrownBy(() -> in.read(new byte[5])).isInstanceOf(StorageFailure.class);
    assertThatThrownBy(in::read).isInstanceOf(StorageFailure.class);
  }

  @Test
  void a_plugin_that_fails_as_it_should_is_left_alone() {
    StorageFailure own = new StorageFailure(FailureKind.STORAGE_FULL, "full", "");
    BlobStore store = new GuardedStore(failing(BlobStore.class, own), guard);
    assertThat(catchThrowable(() -> store.stat(KEY))).isSameAs(own);
    OutOfMemoryError ours = new OutOfMemoryError();
    BlobStore greedy = new GuardedStore(failing(BlobStore.class, ours), guard);
    assertThat(catchThrowable(() -> greedy.stat(KEY))).isSameAs(ours);
  }

  @Test
  void a_stream_may_fail_as_streams_do() throws IOException {
    InputStream closed = InputStream.nullInputStream();
    closed.close();
    InputStream in = new GuardedInput(closed, guard, "reading");
    assertThatThrownBy(in::read).isExactlyInstanceOf(IOException.class);
  }

  @Test
  void what_a_visitor_throws_comes_through_unchanged_even_when_the_plugin_swallows_it() {
    InMemoryBlobStore memory = new InMemoryBlobStore();
    try (BlobWriter writer = memory.create(KEY)) {
      writer.commit();
    }
    IllegalStateException mine = new IllegalStateException("enough");
    BlobStore store = new GuardedStore(memory, guard);
    assertThat(
            catchThrowable(
                () ->
                    store.list(
                        "",
                        blob -> {
                          throw mine;
                        })))
        .isSameAs(mine);
  }

  @Test
  void a_second_commit_is_the_callers_fault() {
    BlobStore store = new GuardedStore(new InMemoryBlobStore(), guard);
    BlobWriter writer = store.create(KEY);
    writer.close();
    assertThatThrownBy(writer::commit).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void a_plugin_that_returns_nothing_is_told() {
    BlobStore store = new GuardedStore(answering(BlobStore.class), guard);
    assertThatThrownBy(() -> store.stat(KEY))
        .isInstanceOf(StorageFailure.class)
        .hasMessageContaining("x.Faulty")
        .hasMessageContaining("returned nothing");
  }

  @Test
  void a_plugin_that_opens_nothing_is_a_fault_of_the_configuration() {
    assertThatThrownBy(() -> guard.whileOpening(() -> null))
        .isInstanceOf(ConfigurationFailure.class)
        .hasMessageContaining("x.Faulty")
        .hasMessageContaining("returned nothing");
  }

  @Test
  void a_fault_at_the_opening_of_a_target_is_one_of_the_configuration() {
    Settings settings = new Settings("nas", URI.create("x:y"), Map.of(), Map.of());
    for (Throwable fault : faults()) {
      BlobStoreProvider provider =
          new GuardedProvider(failing(BlobStoreProvider.class, fault), guard);
      assertThatThrownBy(() -> provider.open(settings))
          .isInstanceOf(ConfigurationFailure.class)
          .hasMessageContaining("x.Faulty")
          .hasMessageContaining("my fault");
    }
  }

  @Test
  void no_method_of_the_interface_is_left_out() {
    assertCovers(BlobStore.class, GuardedStore.class);
    assertCovers(BlobWriter.class, GuardedWriter.class);
    assertCovers(BlobStoreProvider.class, GuardedProvider.class);
  }

  private static void assertCovers(Class<?> port, Class<?> guarded) {
    for (Method method : port.getMethods()) {
      assertThat(Arrays.stream(guarded.getDeclaredMethods()).map(Method::getName))
          .as(port.getSimpleName())
          .contains(method.getName());
    }
  }

  /** Throws, whatever it is asked, also what it has not declared. */
  private static <T> T failing(Class<T> port, Throwable fault) {
    return proxy(
        port,
        () -> {
          throw fault;
        });
  }

  private static <T> T answering(Class<T> port) {
    return proxy(port, () -> {});
  }

  private static <T> T proxy(Class<T> port, ThrowingCallable answer) {
    Object proxy =
        Proxy.newProxyInstance(
            GuardTest.class.getClassLoader(),
            new Class<?>[] {port},
            (self, method, arguments) -> {
              answer.call();
              return null;
            });
    return port.cast(proxy);
  }
}
