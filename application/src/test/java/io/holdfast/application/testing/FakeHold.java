package io.holdfast.application.testing;

import io.holdfast.application.port.failure.Failure;
import io.holdfast.application.port.out.command.Cancellation;
import io.holdfast.application.port.out.source.Hold;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** Holds nothing, and remembers what it was asked to. */
public final class FakeHold implements Hold {

  private final List<String> log;
  private volatile Optional<Failure> onHold = Optional.empty();
  private volatile Optional<Failure> onRelease = Optional.empty();
  private volatile Consumer<String> whileHolding = container -> {};
  private final Set<String> holding = new ConcurrentSkipListSet<>();

  /** Remembers in a log of its own. */
  public FakeHold() {
    this(new CopyOnWriteArrayList<>());
  }

  /** Remembers in a log that others write to too. */
  public FakeHold(List<String> log) {
    this.log = log;
  }

  /** Fails to hold. */
  public void failToHold(Failure failure) {
    onHold = Optional.of(failure);
  }

  /** Fails to release. */
  public void failToRelease(Failure failure) {
    onRelease = Optional.of(failure);
  }

  /** Does something before a container is held. */
  public void whileHolding(Consumer<String> action) {
    whileHolding = action;
  }

  /** What was done: {@code hold a}, {@code release a}. */
  public List<String> log() {
    return log;
  }

  /** True between the two, of any. */
  public boolean isHolding() {
    return !holding.isEmpty();
  }

  @Override
  public Held hold(String container, Cancellation cancellation) {
    cancellation.throwIfCancelled();
    if (onHold.isPresent()) {
      throw onHold.get();
    }
    whileHolding.accept(container);
    log.add("hold " + container);
    holding.add(container);
    return () -> {
      holding.remove(container);
      log.add("release " + container);
      if (onRelease.isPresent()) {
        throw onRelease.get();
      }
    };
  }
}
