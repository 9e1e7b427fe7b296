package io.holdfast.application.catalog;

import io.holdfast.application.port.out.store.BlobStore;
import io.holdfast.application.port.out.store.Secret;
import java.util.Collection;

/** Opens configured targets once more, with connections of their own, as another host would. */
public interface TargetDoor {

  /** Another store on a target; the caller closes it. */
  BlobStore open(Target target);

  /** The secrets that a target is opened with. */
  Collection<Secret> secrets(Target target);
}
