package io.holdfast.podman;

import io.holdfast.application.port.failure.FailureKind;
import io.holdfast.application.port.failure.SourceFailure;
import io.holdfast.application.port.out.command.Cancellation;
import io.holdfast.application.port.out.drill.ScratchServer;
import io.holdfast.application.port.out.drill.ScratchServers;
import io.holdfast.application.port.out.recovery.RecoveryJournal;
import io.holdfast.podman.command.HostCommandRunner;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Servers in containers of the image that a cluster's own container is of, so that a drill meets
 * the very programs, locales and extensions of the source.
 */
final class ImageServers implements ScratchServers {

  /** What the official image and those made from it have in their environment. */
  private static final List<String> MARKS = List.of("PG_MAJOR", "PGDATA");

  private final PodmanHost host;
  private final HostCommandRunner runner;
  private final RecoveryJournal journal;
  private final Path folder;
  private final Map<String, ScratchImage> images;
  private final AtomicInteger number = new AtomicInteger();

  /**
   * @param folder where the folders of sockets are made
   * @param images what is known of the image of each cluster
   */
  ImageServers(
      PodmanHost host,
      HostCommandRunner runner,
      RecoveryJournal journal,
      Path folder,
      Map<String, ScratchImage> images) {
    this.host = host;
    this.runner = runner;
    this.journal = journal;
    this.folder = folder;
    this.images = Map.copyOf(images);
  }

  @Override
  public Optional<Offer> offer(Wish wish, Cancellation cancellation) {
    Optional<ScratchImage> known = Optional.ofNullable(images.get(wish.cluster()));
    if (known.isEmpty()) {
      return Optional.empty();
    }
    return known
        .get()
        .image()
        .map(name -> named(name, cancellation))
        .or(() -> ofContainer(known.get(), cancellation))
        .map(image -> new ImageOffer(image, wish));
  }

  private Image named(String name, Cancellation cancellation) {
    if (!exists(name, cancellation)) {
      throw new SourceFailure(
          FailureKind.SOURCE,
          "There is no image " + name + " on this host, which drill: image: names.",
          "Get it: podman pull " + name + ". A drill pulls nothing by itself.");
    }
    return new Image(name, name);
  }

  /** A host without Podman has no container either. */
  private Optional<Image> ofContainer(ScratchImage known, Cancellation cancellation) {
    List<Container> containers;
    try {
      containers = host.containers(cancellation);
    } catch (SourceFailure noPodman) {
      return Optional.empty();
    }
    return containers.stream()
        .filter(container -> isMeant(container, known))
        .filter(container -> MARKS.stream().anyMatch(container.environment()::containsKey))
        .map(
            container ->
                new Image(
                    container.inspected().path("Image").asString(container.image()),
                    container.image()))
        .filter(image -> exists(image.id(), cancellation))
        .findFirst();
  }

  private static boolean isMeant(Container container, ScratchImage known) {
    return known
        .container()
        .map(container.name()::equals)
        .orElseGet(
            () ->
                container.runs()
                    && container.published().stream()
                        .anyMatch(
                            p -> known.port().filter(port -> port == p.hostPort()).isPresent()));
  }

  private boolean exists(String image, Cancellation cancellation) {
    return host.podman()
        .attempt(cancellation, List.of("image", "exists", image))
        .result()
        .succeeded();
  }

  /** An image, and what people call it. */
  private record Image(String id, String name) {}

  private final class ImageOffer implements Offer {
    private final Image image;
    private final Wish wish;

    private ImageOffer(Image image, Wish wish) {
      this.image = image;
      this.wish = wish;
    }

    @Override
    public String describe() {
      return "a container of " + image.name();
    }

    @Override
    public Optional<String> warning() {
      return Optional.empty();
    }

    /** Containers' own files lie where volumes do, unless somebody has moved these alone. */
    @Override
    public Path dataPlace() {
      return Path.of(host.about(new Cancellation()).volumeFolder());
    }

    @Override
    public ScratchServer start(String superuser, Cancellation cancellation) {
      String name = "holdfast-drill-" + wish.drill() + "-c" + number.incrementAndGet();
      ImageServer server =
          new ImageServer(
              host, runner, wish.drill(), name, folder.resolve(name), superuser, journal);
      server.start(image.id(), cancellation);
      return server;
    }
  }
}
