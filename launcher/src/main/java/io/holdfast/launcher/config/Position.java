package io.holdfast.launcher.config;

/**
 * A place in the configuration file.
 *
 * @param file the file, as the operator would open it
 * @param line from one
 */
public record Position(String file, int line) {

  @Override
  public String toString() {
    return file + ":" + line;
  }
}
