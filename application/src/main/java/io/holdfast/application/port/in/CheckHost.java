package io.holdfast.application.port.in;

import io.holdfast.application.port.out.command.Cancellation;
import io.holdfast.application.port.out.source.HealthProbe;
import java.util.List;

/** Says whether everything is ready for a backup, and undoes what a killed run left. */
public interface CheckHost {

  /** Undoes, then looks at every source and target. What it finds wrong is a finding. */
  List<CheckedPart> check(Cancellation cancellation);

  /**
   * A part of the host and what was found of it.
   *
   * @param part which
   * @param findings what
   */
  record CheckedPart(Part part, List<HealthProbe.Finding> findings) {
    public CheckedPart {
      findings = List.copyOf(findings);
    }
  }

  /** The parts, as exit codes tell them apart. */
  enum Part {
    /** What a killed run left. */
    RECOVERY,
    /** Clusters, Podman. */
    SOURCES,
    /** Targets, and whether as many work as the quorum asks for. */
    STORAGE,
    /** Targets that a backup can do without. */
    OPTIONAL_STORAGE,
    /** Who is told of runs. */
    NOTIFICATIONS
  }
}
