package io.holdfast.application.catalog;

import io.holdfast.application.port.failure.BusyFailure;
import io.holdfast.application.port.out.store.LockHolder;

/** How locks are told to people. */
final class LockTexts {

  private LockTexts() {}

  static String describe(LockHolder holder) {
    return "holdfast "
        + holder.command()
        + ", process "
        + holder.pid()
        + " on "
        + holder.host()
        + ", since "
        + holder.since();
  }

  static BusyFailure held(Target target, LockHolder holder) {
    return new BusyFailure(
        "Target "
            + target.name()
            + " ("
            + target.store().location()
            + ") is held by "
            + describe(holder)
            + ".",
        "Wait for it (--wait 10m), or end it; holdfast locks shows whether it is alive. "
            + whenGone(target, holder));
  }

  private static String whenGone(Target target, LockHolder holder) {
    return holder
        .expiry()
        .map(
            silence ->
                "If its host is gone, the lock expires "
                    + silence.toMinutes()
                    + " min after its last heartbeat.")
        .orElse(
            "If its host is gone for good: holdfast locks --clear --force --target "
                + target.name()
                + ".");
  }

  static BusyFailure justEnded(Target target) {
    return new BusyFailure(
        "Other runs come and go on target " + target.name() + ".", "Try again, or --wait 10m.");
  }
}
