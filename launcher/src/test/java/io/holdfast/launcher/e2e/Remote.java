package io.holdfast.launcher.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A server that keeps sets, seen by Holdfast as a target and by others through their own tools. */
interface Remote extends AutoCloseable {

  /** Where it listens on the loopback. */
  int port();

  /** Its url as a target when it is reached through some port: its own, or that of a wire to it. */
  String url(int throughPort);

  /** What a target of it is configured with beside the url, as entries of YAML. */
  String[] settings();

  /** Copies a folder of the target, with a client that is not Holdfast's, into a local one. */
  void fetch(String path, Path into);

  /** The paths of all that is stored, sorted. */
  List<String> files();

  @Override
  void close();

  /** Adds it to the configuration. */
  default Operator addTo(Operator operator, String name, String... more) {
    return addTo(operator, name, port(), more);
  }

  /** Adds it to the configuration, reached through another port. */
  default Operator addTo(Operator operator, String name, int throughPort, String... more) {
    String[] all = Stream.of(settings(), more).flatMap(Stream::of).toArray(String[]::new);
    return operator.alsoTarget(name, url(throughPort), all);
  }

  /** The sets that exist: those with checksums, oldest first. */
  default List<String> published() {
    return files().stream()
        .filter(path -> path.matches("\\d{8}_\\d{6}/checksums\\.sha256"))
        .map(path -> path.substring(0, path.indexOf('/')))
        .toList();
  }

  /** Files outside of published sets, beside the README and what verifications have found. */
  default List<String> strays() {
    List<String> published = published();
    return files().stream()
        .filter(path -> published.stream().noneMatch(id -> path.startsWith(id + "/")))
        .filter(path -> !path.equals("README.md") && !path.startsWith(".holdfast/verdicts/"))
        .toList();
  }

  /** {@code sha256sum -c} passes on a set that is fetched, and names every file but itself. */
  default void assertWhole(String set, Path scratch) {
    Path into = scratch.resolve("fetched");
    Shell.bash("rm -rf %s".formatted(into));
    fetch(set, into);
    new Repository(into).assertWhole(set);
    assertThat(into.resolve(set)).isDirectory();
  }
}
