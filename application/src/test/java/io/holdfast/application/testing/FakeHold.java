package io.holdfast.application.testing;

import io.holdfast.application.port.failure.Failure;
import io.holdfast.application.port.out.command.Cancellation;
import io.holdfast.application.port.out.source.Hold;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;

/** Holds nothing, and remembers what it was asked to. */
public final class FakeHold implements Hold {

  private final List<String> log;
  private volatile Optional<Failure> onHold = Optional.empty();
  private volatile Optional<Failure> onRelease = Optional.empty();
  private volatile boolean holding;

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

  /** What was done: {@code hold [a, b]}, {@code release [a, b]}. */
  public List<String> log() {
    return log;
  }

  /** True between the two. */
  public boolean isHolding() {
    return holding;
  }

  @Override
  public Held hold(Set<String> containers, Cancellation cancellation) {
    cancellation.throwIfCancelled();
    if (onHold.isPresent()) {
      throw onHold.get();
    }
    String names = new TreeSet<>(containers).toString();
    log.add("hold " + names);
    holding = true;
    return () -> {
      holding = false;
      log.add("release " + names);
      if (onRelease.isPresent()) {
        throw onRelease.get();
      }
    };
  }
}
