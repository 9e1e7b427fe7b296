package io.holdfast.podman;

import io.holdfast.application.port.out.source.RestoreItem;
import io.holdfast.domain.backup.ArtifactOrigin;
import io.holdfast.domain.backup.VolumeLabel;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What a restore of one volume is to do.
 *
 * @param item what is restored
 * @param volume the volume's name
 * @param created true when the volume is not there yet
 * @param labels the labels that it will be created with
 * @param options the driver options that it will be created with
 * @param dataFolder where its data is or will be
 * @param textAcls true when the archive has its ACLs as text alone
 */
record VolumePlan(
    RestoreItem item,
    String volume,
    boolean created,
    Map<String, String> labels,
    Map<String, String> options,
    String dataFolder,
    boolean textAcls) {

  private static final String INCOMING = ".holdfast-incoming";
  private static final String OUTGOING = ".holdfast-outgoing";

  static Map<String, String> labels(ArtifactOrigin origin) {
    return origin instanceof ArtifactOrigin.FromVolume volume ? volume.labels() : Map.of();
  }

  static Map<String, String> options(ArtifactOrigin origin) {
    return origin instanceof ArtifactOrigin.FromVolume volume ? volume.options() : Map.of();
  }

  static String driver(ArtifactOrigin origin) {
    return origin instanceof ArtifactOrigin.FromVolume volume
        ? volume.driver()
        : PodmanVolume.LOCAL;
  }

  String incoming() {
    return dataFolder + INCOMING;
  }

  String outgoing() {
    return dataFolder + OUTGOING;
  }

  /** The folder that holds the data folder and its siblings. */
  String parent() {
    int slash = dataFolder.lastIndexOf('/');
    return slash <= 0 ? "/" : dataFolder.substring(0, slash);
  }

  List<String> creation() {
    List<String> arguments = new ArrayList<>(List.of("volume", "create"));
    labels.forEach((name, value) -> arguments.add("--label=" + VolumeLabel.argument(name, value)));
    options.forEach((name, value) -> arguments.add("--opt=" + name + "=" + value));
    arguments.add(volume);
    return arguments;
  }
}
