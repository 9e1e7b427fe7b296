package io.holdfast.application.port.out.source;

import io.holdfast.application.port.out.command.Cancellation;
import java.io.IOException;
import java.util.List;

/** A restore of one artifact that was looked into and can be run. Nothing is changed until then. */
public interface PreparedRestore {

  /** What it would do, a line each, in order: {@code create role app}, {@code stop container c}. */
  List<String> steps();

  /** Why it cannot be run, a sentence each; empty when it can. */
  List<Obstacle> obstacles();

  /**
   * Runs it. On any failure what was there before is still there and whole, containers that were
   * stopped run again, and nothing of the attempt is left.
   *
   * @return warnings that an operator should know
   * @throws io.holdfast.application.port.failure.Failure when it fails
   * @throws IOException from reading the content
   */
  List<String> run(Cancellation cancellation) throws IOException;

  /**
   * Why a restore cannot be run.
   *
   * @param problem what is in the way
   * @param remedy what to do
   */
  record Obstacle(String problem, String remedy) {}
}
