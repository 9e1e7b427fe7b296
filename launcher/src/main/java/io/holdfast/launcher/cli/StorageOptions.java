package io.holdfast.launcher.cli;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** The settings of a target that is named by its url. */
final class StorageOptions {

  @Option(
      names = "--storage-option",
      paramLabel = "KEY=VALUE",
      description =
          "a setting of the target where SET is a url, as in storage: (endpoint, region,"
              + " private-key, known-hosts, ...); a secret as ${env:NAME} or ${file:PATH}; may be"
              + " repeated")
  List<String> values = new ArrayList<>();
}
