package io.holdfast.application.port.out.store;

import io.holdfast.domain.backup.Manifest;
import io.holdfast.domain.recovery.DrillRecord;

/** Turns what Holdfast writes about sets into bytes and back. */
public interface MetadataCodec {

  /** A {@code manifest.json}. */
  byte[] write(Manifest manifest);

  /**
   * Reads a {@code manifest.json}; fields that it does not know are passed over.
   *
   * @throws io.holdfast.application.port.failure.IntegrityFailure when it is none, or of a higher
   *     major format version
   */
  Manifest readManifest(byte[] json);

  /** A lock's content. */
  byte[] write(LockHolder holder);

  /**
   * Reads a lock's content.
   *
   * @throws io.holdfast.application.port.failure.IntegrityFailure when it is none
   */
  LockHolder readLockHolder(byte[] json);

  /** A pin's content. */
  byte[] write(Pin pin);

  /**
   * Reads a pin's content.
   *
   * @throws io.holdfast.application.port.failure.IntegrityFailure when it is none
   */
  Pin readPin(byte[] json);

  /** A verdict's content. */
  byte[] write(Verdict verdict);

  /**
   * Reads a verdict's content.
   *
   * @throws io.holdfast.application.port.failure.IntegrityFailure when it is none
   */
  Verdict readVerdict(byte[] json);

  /** A drill's result. */
  byte[] write(DrillRecord drill);

  /**
   * Reads a drill's result.
   *
   * @throws io.holdfast.application.port.failure.IntegrityFailure when it is none
   */
  DrillRecord readDrill(byte[] json);
}
