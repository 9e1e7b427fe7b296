package io.holdfast.operations.notification;

import io.holdfast.application.port.failure.Failure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Sends to several notifiers at once, each as often as it takes, all within a bounded time. */
final class Delivery {

  /** An attempt ends sooner, so that there is time for another one. */
  private static final Duration LONGEST_ATTEMPT = Duration.ofSeconds(6);

  private final Patience patience;

  Delivery(Patience patience) {
    this.patience = patience;
  }

  /**
   * Sends.
   *
   * @return what was not taken, and why, by the notifier's name
   */
  Map<String, String> deliver(Map<String, Sender> senders) {
    if (senders.isEmpty()) {
      return Map.of();
    }
    // A thread that hangs in a look-up of names ends with the process, not the process with it.
    ExecutorService threads =
        Executors.newFixedThreadPool(senders.size(), Delivery::threadOfNobody);
    try {
      List<Callable<Optional<String>>> tasks = new ArrayList<>();
      senders.values().forEach(sender -> tasks.add(() -> sendPatiently(sender)));
      List<Future<Optional<String>>> sent =
          threads.invokeAll(tasks, patience.total().toMillis(), TimeUnit.MILLISECONDS);
      return troubles(List.copyOf(senders.keySet()), sent);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return told(senders, "was not waited for: the process is being ended");
    } finally {
      threads.shutdownNow();
    }
  }

  private Optional<String> sendPatiently(Sender sender) throws InterruptedException {
    long end = System.nanoTime() + patience.total().toNanos();
    for (int attempt = 1; ; attempt++) {
      try {
        Duration left = Duration.ofNanos(end - System.nanoTime());
        sender.send(left.compareTo(LONGEST_ATTEMPT) < 0 ? left : LONGEST_ATTEMPT);
        return Optional.empty();
      } catch (UndeliveredException e) {
        long pause = patience.pauseAfter(attempt).toNanos();
        boolean again =
            e.passing() && attempt < patience.tries() && System.nanoTime() + pause < end;
        if (!again) {
          return Optional.of(e.reason() + (attempt == 1 ? "" : " (tried " + attempt + " times)"));
        }
        TimeUnit.NANOSECONDS.sleep(pause);
      } catch (Failure unusable) {
        return Optional.of(unusable.getMessage() + "; " + unusable.hint());
      }
    }
  }

  private Map<String, String> troubles(List<String> names, List<Future<Optional<String>>> sent)
      throws InterruptedException {
    Map<String, String> troubles = new LinkedHashMap<>();
    for (int i = 0; i < names.size(); i++) {
      Optional<String> trouble = troubleOf(sent.get(i));
      if (trouble.isPresent()) {
        troubles.put(names.get(i), trouble.get());
      }
    }
    return troubles;
  }

  private Optional<String> troubleOf(Future<Optional<String>> sent) throws InterruptedException {
    try {
      return sent.get();
    } catch (CancellationException tooLate) {
      return Optional.of("did not answer within " + patience.total().toSeconds() + " s");
    } catch (ExecutionException bug) {
      // The words of what was not foreseen may hold an address that is a secret.
      String kind = Optional.ofNullable(bug.getCause()).orElse(bug).getClass().getSimpleName();
      return Optional.of("could not be told, by a fault of Holdfast: " + kind);
    }
  }

  private static Map<String, String> told(Map<String, Sender> senders, String trouble) {
    Map<String, String> troubles = new LinkedHashMap<>();
    senders.keySet().forEach(name -> troubles.put(name, trouble));
    return troubles;
  }

  private static Thread threadOfNobody(Runnable work) {
    Thread thread = new Thread(work, "notifier");
    thread.setDaemon(true);
    return thread;
  }
}
