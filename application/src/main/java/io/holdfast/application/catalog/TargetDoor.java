package io.holdfast.application.catalog;

import io.holdfast.application.port.out.store.BlobStore;
import io.holdfast.application.port.out.store.Secret;
import java.util.Collection;
import java.util.Optional;

/** Opens configured targets once more, with connections of their own, as another host would. */
public interface TargetDoor {

  /** Another store on a target; the caller closes it. */
  BlobStore open(Target target);

  /**
   * The folders of all hosts that have one beside this host's on a target; the caller closes them.
   *
   * @return empty where the target's url does not hold the host's name as a part of its path
   * @throws io.holdfast.application.port.failure.ConfigurationFailure when what is above the hosts'
   *     folders cannot be a target
   */
  default Optional<HostFolders> hosts(Target target) {
    return Optional.empty();
  }

  /** The secrets that a target is opened with. */
  Collection<Secret> secrets(Target target);
}
