package io.holdfast.application.port.in;

import io.holdfast.application.port.out.command.Cancellation;
import io.holdfast.application.port.out.source.ContainerRecreation;

/** Brings a whole host back onto a bare machine: volumes, servers, databases, containers. */
public interface RecreateHost {

  /**
   * Verifies the set, looks for what is in the way of any of it, and then restores the volumes,
   * makes the servers of the clusters, restores roles and databases, and makes and starts the other
   * containers. Nothing is changed while anything is in the way. When it fails the containers that
   * it made and their new volumes are removed again.
   *
   * @throws io.holdfast.application.port.failure.IntegrityFailure when the set is unknown,
   *     incomplete or damaged; nothing was changed
   * @throws io.holdfast.application.port.failure.SourceFailure when something is in the way
   *     (nothing was changed), or a part failed
   */
  RestoreBackup.Result recreate(
      RestoreBackup.Request request,
      ContainerRecreation.Secrets secrets,
      Cancellation cancellation);

  /**
   * Writes how the containers of a set are made, for other programs. Changes nothing on the host.
   */
  ContainerRecreation.Written write(
      SetSelector selector, ContainerRecreation.Form form, Cancellation cancellation);
}
