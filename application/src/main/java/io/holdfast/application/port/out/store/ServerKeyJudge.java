package io.holdfast.application.port.out.store;

/** Decides whether a server's key is trusted: the operator, as a rule. */
@FunctionalInterface
public interface ServerKeyJudge {

  /** True to go on, and to pin the key unless it is pinned already. */
  boolean accepts(ServerKey key);
}
