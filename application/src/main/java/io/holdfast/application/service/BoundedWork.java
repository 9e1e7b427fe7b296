package io.holdfast.application.service;

import io.holdfast.application.port.failure.InterruptedFailure;
import io.holdfast.application.port.out.command.Cancellation;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Runs pieces of work, so many at a time, in order. */
final class BoundedWork {

  private BoundedWork() {}

  /**
   * Runs all of it and waits.
   *
   * @return the results, in the order of the work
   * @throws RuntimeException what a piece threw, the others' added to it as suppressed, once all
   *     have ended
   */
  static <T> List<T> run(int atOnce, List<? extends Callable<T>> work) {
    ExecutorService threads =
        Executors.newFixedThreadPool(Math.max(1, Math.min(atOnce, work.size())));
    try {
      return results(threads.invokeAll(work));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedFailure("The run was interrupted.", "");
    } finally {
      threads.shutdownNow();
      awaitEnd(threads);
    }
  }

  /**
   * Runs all of it, until a piece fails: that ends the others, as {@code cancellation} does.
   *
   * @param work pieces that each end when what they are given is cancelled
   * @throws RuntimeException what the first to fail threw
   */
  static <T> List<T> runUntilOneFails(
      int atOnce, Cancellation cancellation, List<Function<Cancellation, T>> work) {
    AtomicReference<@Nullable RuntimeException> first = new AtomicReference<>();
    try (Cancellation.Child child = cancellation.child()) {
      List<Callable<T>> pieces = new ArrayList<>();
      for (Function<Cancellation, T> piece : work) {
        pieces.add(() -> attempt(piece, child.scope(), first));
      }
      return run(atOnce, pieces);
    } catch (RuntimeException failure) {
      cancellation.throwIfCancelled();
      RuntimeException cause = first.get();
      throw cause == null ? failure : cause;
    }
  }

  private static <T> T attempt(
      Function<Cancellation, T> piece,
      Cancellation scope,
      AtomicReference<@Nullable RuntimeException> first) {
    try {
      scope.throwIfCancelled();
      return piece.apply(scope);
    } catch (RuntimeException failure) {
      first.compareAndSet(null, failure);
      scope.cancel();
      throw failure;
    }
  }

  /** What was interrupted may still be cleaning up, and must not do so behind its caller's back. */
  private static void awaitEnd(ExecutorService threads) {
    boolean interrupted = false;
    boolean ended = false;
    while (!ended) {
      try {
        ended = threads.awaitTermination(Long.MAX_VALUE, TimeUnit.NANOSECONDS);
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private static <T> List<T> results(List<Future<T>> futures) throws InterruptedException {
    List<T> results = new ArrayList<>();
    List<Throwable> failures = new ArrayList<>();
    for (Future<T> future : futures) {
      try {
        results.add(future.get());
      } catch (ExecutionException e) {
        failures.add(e.getCause() == null ? e : e.getCause());
      }
    }
    if (failures.isEmpty()) {
      return results;
    }
    Throwable first = failures.get(0);
    failures.stream().skip(1).filter(f -> f != first).forEach(first::addSuppressed);
    if (first instanceof Error error) {
      throw error;
    }
    throw first instanceof RuntimeException unchecked
        ? unchecked
        : new IllegalStateException(first);
  }
}
