package io.holdfast.example.webdav;

import java.time.Instant;
import java.util.OptionalLong;

/**
 * What a server tells of a file or folder.
 *
 * @param path the path of its url, decoded, without a last slash
 * @param folder whether it is a folder
 * @param bytes a file's length
 * @param modified when it was written, by the server's clock
 * @param tag unlike that of any other content; empty when the server gives none that is exact
 * @param free how many more bytes the user may store
 */
record Entry(
    String path, boolean folder, long bytes, Instant modified, String tag, OptionalLong free) {

  /** The last part of the path. */
  String name() {
    return path.substring(path.lastIndexOf('/') + 1);
  }
}
