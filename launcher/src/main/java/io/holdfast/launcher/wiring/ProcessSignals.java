package io.holdfast.launcher.wiring;

import io.holdfast.application.port.in.RunSchedule;
import io.holdfast.application.port.out.command.Cancellation;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * What this process is told by signals while it keeps a schedule: SIGTERM and SIGINT to stop, a
 * second one to hurry, SIGHUP to read the configuration again. The JVM's own answer to them, to end
 * at once, comes back with {@link #close}.
 *
 * <p>By reflection, because the compiler has no way to be told that {@code sun.misc.Signal} is
 * meant; the JDK supports it (module jdk.unsupported) for want of anything else.
 */
final class ProcessSignals implements RunSchedule.Alarm, AutoCloseable {

  private final AtomicBoolean reload = new AtomicBoolean();
  private final Semaphore woken = new Semaphore(0);
  private final Map<Object, Object> former = new LinkedHashMap<>();
  private final Cancellation stop;
  private final Cancellation hurry;
  private final Cancellation.Registration wakeUp;

  private ProcessSignals(Cancellation stop, Cancellation hurry) {
    this.stop = stop;
    this.hurry = hurry;
    this.wakeUp = stop.onCancel(woken::release);
  }

  static ProcessSignals listen(Cancellation stop, Cancellation hurry) {
    ProcessSignals signals = new ProcessSignals(stop, hurry);
    signals.on("TERM", signals::end);
    signals.on("INT", signals::end);
    signals.on("HUP", signals::readAgain);
    return signals;
  }

  @Override
  public boolean reloadAsked() {
    return reload.getAndSet(false);
  }

  @Override
  public void await(Duration atMost) {
    try {
      woken.tryAcquire(atMost.toNanos(), TimeUnit.NANOSECONDS);
      woken.drainPermits();
    } catch (InterruptedException e) {
      // Nobody interrupts the main thread but to end it.
      Thread.currentThread().interrupt();
      stop.cancel();
    }
  }

  @Override
  public void close() {
    wakeUp.close();
    former.forEach(ProcessSignals::handle);
  }

  private void end() {
    if (stop.isCancelled()) {
      hurry.cancel();
    }
    stop.cancel();
  }

  private void readAgain() {
    reload.set(true);
    woken.release();
  }

  private void on(String name, Runnable action) {
    try {
      Class<?> handlers = Class.forName("sun.misc.SignalHandler");
      Object signal =
          Class.forName("sun.misc.Signal").getConstructor(String.class).newInstance(name);
      Object handler =
          Proxy.newProxyInstance(
              ProcessSignals.class.getClassLoader(),
              new Class<?>[] {handlers},
              (proxy, method, arguments) -> {
                if (method.getName().equals("handle")) {
                  action.run();
                }
                return null;
              });
      Object before = handle(signal, handler);
      if (before != null) {
        former.put(signal, before);
      }
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("this Java runtime tells of no signals", e);
    }
  }

  private static @Nullable Object handle(Object signal, Object handler) {
    try {
      Class<?> handlers = Class.forName("sun.misc.SignalHandler");
      return signal
          .getClass()
          .getMethod("handle", signal.getClass(), handlers)
          .invoke(null, signal, handler);
    } catch (InvocationTargetException e) {
      throw new IllegalStateException("a signal cannot be listened to: " + signal, e.getCause());
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("this Java runtime tells of no signals", e);
    }
  }
}
