package io.holdfast.application.testing;

import io.holdfast.application.port.failure.IntegrityFailure;
import io.holdfast.application.port.out.store.LockHolder;
import io.holdfast.application.port.out.store.MetadataCodec;
import io.holdfast.application.port.out.store.Pin;
import io.holdfast.application.port.out.store.Verdict;
import io.holdfast.domain.backup.Manifest;
import io.holdfast.domain.recovery.DrillRecord;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** A codec whose bytes are a number, under which it remembers what it wrote. */
public final class MemoryCodec implements MetadataCodec {

  private final Map<String, Object> written = new ConcurrentHashMap<>();
  private final AtomicInteger manifestsRead = new AtomicInteger();

  @Override
  public byte[] write(Manifest manifest) {
    return remember("manifest", manifest);
  }

  @Override
  public Manifest readManifest(byte[] json) {
    manifestsRead.incrementAndGet();
    return recall(json, Manifest.class);
  }

  @Override
  public byte[] write(LockHolder holder) {
    return remember("lock", holder);
  }

  @Override
  public LockHolder readLockHolder(byte[] json) {
    return recall(json, LockHolder.class);
  }

  @Override
  public byte[] write(Pin pin) {
    return remember("pin", pin);
  }

  @Override
  public Pin readPin(byte[] json) {
    return recall(json, Pin.class);
  }

  @Override
  public byte[] write(Verdict verdict) {
    return remember("verdict", verdict);
  }

  @Override
  public Verdict readVerdict(byte[] json) {
    return recall(json, Verdict.class);
  }

  @Override
  public byte[] write(DrillRecord drill) {
    return remember("drill", drill);
  }

  @Override
  public DrillRecord readDrill(byte[] json) {
    return recall(json, DrillRecord.class);
  }

  /** How many manifests were read. */
  public int manifestsRead() {
    return manifestsRead.get();
  }

  private byte[] remember(String sort, Object value) {
    String text = sort + " " + written.size() + " " + value.hashCode();
    written.put(text, value);
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private <T> T recall(byte[] json, Class<T> type) {
    return Optional.ofNullable(written.get(new String(json, StandardCharsets.UTF_8)))
        .filter(type::isInstance)
        .map(type::cast)
        .orElseThrow(() -> new IntegrityFailure("It is no " + type.getSimpleName() + ".", ""));
  }
}
