package io.holdfast.launcher.cli;

import io.holdfast.domain.backup.ArtifactId;
import io.holdfast.domain.trend.ArtifactTrend;
import io.holdfast.domain.trend.SetComparison;
import io.holdfast.domain.trend.Vanished;
import java.util.List;

/** What makes a set look wrong beside those before it, as it is shown. */
final class Plausibility {

  private static final String SUSPECT = "SUSPECT";
  private static final String VANISHED = "VANISHED";

  private Plausibility() {}

  static List<Json.Fields> suspects(SetComparison comparison) {
    return comparison.suspects().stream().map(Plausibility::json).toList();
  }

  static List<Json.Fields> vanished(SetComparison comparison) {
    return comparison.vanished().stream().map(Plausibility::json).toList();
  }

  static void text(SetComparison comparison, Page page) {
    comparison
        .suspects()
        .forEach(each -> page.line(Style.DOUBTFUL, SUSPECT, "  " + sentence(each)));
    comparison
        .vanished()
        .forEach(each -> page.line(Style.DOUBTFUL, VANISHED, "  " + sentence(each)));
  }

  static String sentence(ArtifactTrend trend) {
    return trend.artifact().id().describe()
        + " has "
        + Quantity.bytes(trend.bytes())
        + ", and usually "
        + Quantity.bytes(trend.usual().orElse(0))
        + " (the median of "
        + Quantity.count(trend.sets(), "set")
        + "): see whether something was lost";
  }

  static String sentence(Vanished vanished) {
    return vanished.id().describe()
        + " is not there any more; the last set with it is "
        + vanished.lastIn()
        + ". Exclude it by name if that is meant";
  }

  private static Json.Fields json(ArtifactTrend trend) {
    return id(trend.artifact().id())
        .put("storedBytes", trend.artifact().storedBytes())
        .put("sourceBytes", trend.artifact().sourceBytes())
        .put("comparedBytes", trend.bytes())
        .put("usualBytes", trend.usual().orElse(0))
        .put("sets", trend.sets());
  }

  private static Json.Fields json(Vanished vanished) {
    return id(vanished.id()).put("lastIn", vanished.lastIn().toString());
  }

  private static Json.Fields id(ArtifactId id) {
    return Json.object()
        .put("kind", id.kind().name())
        .put("cluster", id.cluster())
        .put("name", id.name());
  }
}
