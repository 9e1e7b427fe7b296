package io.holdfast.application.contract;

import io.holdfast.application.port.out.command.Cancellation;
import io.holdfast.application.port.out.store.BlobStore;
import io.holdfast.application.port.out.store.Secret;
import java.util.Collection;

/**
 * Where one case runs: a place that holds nothing yet. Nobody else writes to the whole repository
 * meanwhile, since a case clears what dead writers left there.
 */
public interface Bench {

  /** A store on the place, with connections of its own; the caller closes it. */
  BlobStore open();

  /** How far cases go. */
  Limits limits();

  /** The secrets that the store was opened with. */
  Collection<Secret> secrets();

  /** Ends a case early, with an {@code InterruptedFailure}. */
  Cancellation cancellation();
}
