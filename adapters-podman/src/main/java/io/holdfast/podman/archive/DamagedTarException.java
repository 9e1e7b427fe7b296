package io.holdfast.podman.archive;

import java.io.IOException;

/** A tar archive that is cut, is none, or holds what must not be extracted; says where. */
public final class DamagedTarException extends IOException {

  private static final long serialVersionUID = 1L;

  DamagedTarException(String message) {
    super(message);
  }
}
