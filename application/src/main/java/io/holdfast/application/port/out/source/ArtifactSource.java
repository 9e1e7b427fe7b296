package io.holdfast.application.port.out.source;

import io.holdfast.application.port.out.command.Cancellation;
import io.holdfast.domain.backup.ArtifactId;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/** A family of things to back up: the databases of one cluster, or the volumes of the host. */
public interface ArtifactSource {

  /** What it is, for people: {@code cluster main}, {@code volumes}. */
  String name();

  /** What a failure of the whole source goes by in a manifest: an id with the name {@code *}. */
  ArtifactId everything();

  /**
   * Looks what is there. Selected databases bring their cluster's globals, selected volumes the
   * containers that mount them.
   *
   * @throws io.holdfast.application.port.failure.SourceFailure when it cannot look: no connection,
   *     wrong password, no Podman, dump program missing or too old
   */
  Discovery discover(Selection selection, Cancellation cancellation);

  /**
   * Fixes the moment of what is exported: from here on, exports of these artifacts give what was
   * there when this was called, as far as the result says so. Called while the containers are held
   * that the artifacts name.
   *
   * @param artifacts those that will be exported, of those that were discovered
   * @throws io.holdfast.application.port.failure.SourceFailure when it cannot; nothing is left
   */
  FixedMoment fix(List<ArtifactSpec> artifacts, Cancellation cancellation);

  /**
   * Pushes an artifact's bytes, plain where the pipeline compresses, and inspects them as they
   * pass. Returns normally only if the program behind it exited 0, every byte was written and the
   * format's own marks of wholeness were seen.
   *
   * @param sink not closed by this method; what it throws comes through unchanged
   * @param listing gets the names of its members, where its spec is listed; treated as the sink is
   * @throws io.holdfast.application.port.failure.SourceFailure when the source fails
   * @throws IOException from the sink
   */
  ExportReport export(
      ArtifactSpec spec, OutputStream sink, OutputStream listing, Cancellation cancellation)
      throws IOException;
}
