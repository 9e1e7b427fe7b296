package io.holdfast.launcher.cli;

import java.util.Optional;
import picocli.CommandLine.IVersionProvider;

/** Which Holdfast this is. */
public final class Version implements IVersionProvider {

  /** As the jar's manifest tells it; {@code unreleased} outside of one. */
  public static String text() {
    return Optional.ofNullable(Version.class.getPackage().getImplementationVersion())
        .orElse("unreleased");
  }

  @Override
  public String[] getVersion() {
    return new String[] {"holdfast " + text()};
  }
}
