package io.holdfast.launcher.config;

/**
 * A scalar of the configuration.
 *
 * @param text its value, references replaced
 * @param written as it stands in the file, for error messages: what a reference stands for may be a
 *     secret
 * @param path of its key
 * @param position where it stands
 */
record Value(String text, String written, String path, Position position) {

  Value withText(String expanded) {
    return new Value(expanded, written, path, position);
  }
}
