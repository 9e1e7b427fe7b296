package io.holdfast.launcher.cli;

import io.holdfast.application.port.in.ReportStatus.HostStatus;
import io.holdfast.domain.backup.SetId;
import io.holdfast.domain.recovery.DrillRecord;
import io.holdfast.domain.recovery.Measurement;
import io.holdfast.domain.recovery.RecoveryTime;
import java.time.Duration;
import java.util.Optional;

/** Drills and restore times for programs. */
final class RecoveryJson {

  private RecoveryJson() {}

  static Json.Fields time(HostStatus host) {
    RecoveryTime time = host.time();
    Optional<Measurement> newest = time.newest();
    return Json.object()
        .put("standing", time.standing().name())
        .put("measured", newest.map(Measurement::took).map(RecoveryJson::seconds))
        .put("measuredAt", newest.map(Measurement::at))
        .put("measuredBy", newest.map(Measurement::source).map(RestoreWords::word))
        .put("measuredSet", newest.map(Measurement::set).map(SetId::toString))
        .put("measuredBytes", newest.map(Measurement::bytes))
        .put("projected", time.projected().map(RecoveryJson::seconds))
        .put("measurements", time.basis().size())
        .put(
            "newestBytes",
            time.newestBytes().isPresent()
                ? Optional.of(time.newestBytes().getAsLong())
                : Optional.empty())
        .put(
            "pace",
            time.pace().isPresent() ? Optional.of(time.pace().getAsDouble()) : Optional.empty());
  }

  static Json.Fields drill(DrillRecord drill) {
    return Json.object()
        .put("set", drill.set().toString())
        .put("target", drill.target())
        .put("host", drill.host())
        .put("started", drill.started())
        .put("seconds", drill.took())
        .put("restoreSeconds", drill.restoreTook())
        .put("bytes", drill.bytes())
        .put("whole", drill.whole())
        .put("proven", drill.isProven())
        .put("rto", drill.rto().map(RecoveryJson::seconds))
        .put("reasons", drill.reasons());
  }

  static Double seconds(Duration duration) {
    return duration.toMillis() / 1e3;
  }
}
