package io.holdfast.application.service;

import io.holdfast.application.port.failure.InterruptedFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

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
