package io.holdfast.application.contract;

import io.holdfast.application.port.out.store.BlobStore;
import io.holdfast.application.port.out.store.InMemoryBlobStore;
import java.util.function.Function;

/**
 * A store that breaks one promise.
 *
 * @param promise which
 * @param fault how, in words
 * @param seen a part of what the case must say that it has seen
 * @param over makes it over a store that does right; called once for each that is opened
 */
record Mutant(
    String promise, String fault, String seen, Function<InMemoryBlobStore, BlobStore> over) {

  @Override
  public String toString() {
    return promise + ": " + fault;
  }
}
