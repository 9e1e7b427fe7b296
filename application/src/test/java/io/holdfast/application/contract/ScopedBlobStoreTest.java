package io.holdfast.application.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.application.port.failure.ConfigurationFailure;
import io.holdfast.application.port.out.store.BlobStore;
import io.holdfast.application.port.out.store.BlobStoreContract;
import io.holdfast.application.port.out.store.BlobStoreProvider;
import io.holdfast.application.port.out.store.InMemoryBlobStore;
import io.holdfast.application.port.out.store.ScopedBlobStore;
import io.holdfast.application.port.out.store.Settings;
import io.holdfast.application.testing.TestHost;
import java.net.URI;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A view keeps to the contract, and what is beside it stays as it was. */
class ScopedBlobStoreTest extends BlobStoreContract {

  private static final String SCOPE = ".holdfast/contract/1-a-b/part1/";
  private static final Set<String> BESIDE =
      Set.of(
          ".holdfast/contract/1-a-b/part1", ".holdfast/contract/1-a-b/part10/x", "a", "set/file");

  private final InMemoryBlobStore memory = new InMemoryBlobStore();

  @BeforeEach
  void putSomethingBeside() {
    BESIDE.forEach(key -> TestHost.put(memory, key, "beside"));
  }

  @AfterEach
  void whatIsBesideIsThere() {
    assertThat(memory.contents()).containsAll(BESIDE);
    BESIDE.forEach(key -> assertThat(TestHost.text(memory, key)).isEqualTo("beside"));
  }

  @Override
  protected BlobStoreProvider provider() {
    return new BlobStoreProvider() {
      @Override
      public String scheme() {
        return "memory";
      }

      @Override
      public BlobStore open(Settings settings) {
        for (String key : settings.keys()) {
          throw new ConfigurationFailure(settings.name() + " has an unknown setting " + key, "No.");
        }
        return new ScopedBlobStore(memory, SCOPE, false);
      }
    };
  }

  @Override
  protected Settings settings() {
    return new Settings("memory", URI.create("memory:test"), Map.of(), Map.of());
  }

  @Override
  protected Set<String> contents() {
    Set<String> inside = new TreeSet<>(memory.contents());
    inside.removeAll(BESIDE);
    return inside;
  }

  @Override
  protected long largestBlob() {
    return 1 << 20;
  }
}
