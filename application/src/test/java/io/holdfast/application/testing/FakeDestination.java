package io.holdfast.application.testing;

import io.holdfast.application.port.failure.Failure;
import io.holdfast.application.port.out.command.Cancellation;
import io.holdfast.application.port.out.source.ArtifactContent;
import io.holdfast.application.port.out.source.PreparedRestore;
import io.holdfast.application.port.out.source.RestoreDestination;
import io.holdfast.application.port.out.source.RestoreItem;
import io.holdfast.domain.backup.ArtifactId;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;

/** Keeps what is restored to it in memory, as text. */
public final class FakeDestination implements RestoreDestination {

  private final Predicate<ArtifactId> takes;
  private final Map<String, String> present = new ConcurrentHashMap<>();
  private final Map<String, Failure> failing = new ConcurrentHashMap<>();
  private final Set<String> restoredWithGlobals = ConcurrentHashMap.newKeySet();
  private final List<String> log = new CopyOnWriteArrayList<>();
  private volatile Runnable meanwhile = () -> {};

  /** Takes the artifacts that a test says. */
  public FakeDestination(Predicate<ArtifactId> takes) {
    this.takes = takes;
  }

  /** Has something of this name already. */
  public void has(String name, String text) {
    present.put(name, text);
  }

  /** Fails to restore to this name. */
  public void failAt(String name, Failure failure) {
    failing.put(name, failure);
  }

  /** Does something else while it restores. */
  public void meanwhile(Runnable action) {
    meanwhile = action;
  }

  /** What there is, by name. */
  public Map<String, String> present() {
    return present;
  }

  /** Names that were restored with globals at hand, each with the globals' text. */
  public Set<String> restoredWithGlobals() {
    return restoredWithGlobals;
  }

  /** What was done: {@code prepare a}, {@code run a}. */
  public List<String> log() {
    return log;
  }

  @Override
  public boolean takes(ArtifactId id) {
    return takes.test(id);
  }

  @Override
  public PreparedRestore prepare(RestoreItem item, Cancellation cancellation) {
    log.add("prepare " + item.target());
    return new Prepared(item);
  }

  private static String textOf(ArtifactContent content) throws IOException {
    try (InputStream in = content.open()) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private final class Prepared implements PreparedRestore {
    private final RestoreItem item;

    private Prepared(RestoreItem item) {
      this.item = item;
    }

    @Override
    public List<String> steps() {
      return List.of((item.replace() ? "replace " : "create ") + item.target());
    }

    @Override
    public List<Obstacle> obstacles() {
      return item.replace() || !present.containsKey(item.target())
          ? List.of()
          : List.of(new Obstacle(item.target() + " exists.", "Use --force."));
    }

    @Override
    public List<String> run(Cancellation cancellation) throws IOException {
      log.add("run " + item.target());
      meanwhile.run();
      cancellation.throwIfCancelled();
      Failure failure = failing.get(item.target());
      if (failure != null) {
        throw failure;
      }
      Optional<ArtifactContent> globals = item.globals();
      if (globals.isPresent()) {
        restoredWithGlobals.add(item.target() + " " + textOf(globals.get()));
      }
      present.put(item.target(), textOf(item.content()));
      return List.of("warned of " + item.target());
    }
  }
}
