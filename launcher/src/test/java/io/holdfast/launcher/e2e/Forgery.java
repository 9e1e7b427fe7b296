package io.holdfast.launcher.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import tools.jackson.databind.JsonNode;

/**
 * A set of which a file is changed and everything that would tell so is made right again: the
 * checksums, and what the manifest says of the file's bytes. Only its fingerprints are left as they
 * were.
 */
final class Forgery {

  private final Repository repository;
  private final String set;

  private Forgery(Repository repository, String set) {
    this.repository = repository;
    this.set = set;
  }

  /** A copy of a set, alone on a target of its own. */
  static Forgery of(Repository original, String set, Path target) {
    Shell.bash("mkdir -p %1$s && cp -a %2$s %1$s/".formatted(target, original.set(set)));
    return new Forgery(new Repository(target), set);
  }

  Path target() {
    return repository.root();
  }

  /** Changes the file of an artifact by a script, to which it is {@code $FILE}. */
  Forgery change(String kind, String name, String script) {
    JsonNode artifact = repository.artifact(set, kind, name);
    Path file = repository.set(set).resolve(artifact.get("path").asString());
    Shell.bash("FILE=" + Shell.quote(file.toString()) + "\n" + script);
    String sha256 = Shell.bash("sha256sum < " + Shell.quote(file.toString())).substring(0, 64);
    Path manifest = repository.set(set).resolve("manifest.json");
    Path checksums = repository.set(set).resolve("checksums.sha256");
    try {
      String told = Files.readString(manifest);
      String before = artifact.get("sha256").asString();
      String bytes = "\"storedBytes\": ";
      Files.writeString(
          manifest,
          told.replace(before, sha256)
              .replace(
                  bytes + artifact.get("storedBytes").asString() + ",",
                  bytes + Files.size(file) + ","));
      Files.writeString(checksums, Files.readString(checksums).replace(before, sha256));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Shell.bash(
        """
        cd %s
        new=$(sha256sum manifest.json | cut -c1-64)
        sed -i "s/^[0-9a-f]*  manifest.json$/$new  manifest.json/" checksums.sha256
        sha256sum --strict --quiet -c checksums.sha256
        """
            .formatted(repository.set(set)));
    return this;
  }
}
