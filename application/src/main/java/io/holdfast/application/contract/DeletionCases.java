package io.holdfast.application.contract;

import io.holdfast.application.port.out.store.BlobKey;
import java.io.IOException;
import java.util.List;

/** What is gone is gone, and nothing else is. */
final class DeletionCases {

  private DeletionCases() {}

  static List<ContractCase> all() {
    return List.of(
        ContractCase.quick("deleting is idempotent", DeletionCases::twice),
        ContractCase.full("deleting one blob leaves its neighbours", DeletionCases::neighbours),
        ContractCase.full("a deleted key can be written again", DeletionCases::again));
  }

  private static void twice(Trial trial) throws IOException {
    BlobKey key = new BlobKey("set/databases/a.dump");
    trial.write(key.value(), 10);
    trial.store().delete(key);
    trial.store().delete(key);
    trial.expectMissing(trial.store(), key.value());
    trial.expectKeys("", List.of());
  }

  private static void neighbours(Trial trial) throws IOException {
    trial.write("set/a", 1);
    trial.write("set/ab", 2);
    trial.write("set/b/c", 3);
    trial.store().delete(new BlobKey("set/a"));
    trial.store().delete(new BlobKey("set/b"));
    trial.store().delete(new BlobKey("set"));
    trial.expectKeys("", List.of("set/ab", "set/b/c"));
    trial.expectWhole("set/ab", 2);
    trial.expectWhole("set/b/c", 3);
  }

  private static void again(Trial trial) throws IOException {
    trial.write("set/a", 1);
    trial.store().delete(new BlobKey("set/a"));
    trial.write("set/a", 2);
    trial.expectWhole("set/a", 2);
  }
}
