package io.holdfast.podman;

import io.holdfast.application.port.failure.FailureKind;
import io.holdfast.application.port.failure.SourceFailure;
import io.holdfast.application.port.out.command.Cancellation;
import io.holdfast.application.port.out.command.Command;
import io.holdfast.application.port.out.command.CommandIo;
import io.holdfast.application.port.out.command.CommandResult;
import io.holdfast.application.port.out.recovery.Intent;
import io.holdfast.application.port.out.recovery.RecoveryJournal;
import io.holdfast.application.port.out.source.ContainerRecreation.Creation;
import io.holdfast.application.port.out.source.ContainerRecreation.Planned;
import io.holdfast.application.port.out.source.ContainerRecreation.Server;
import io.holdfast.application.port.out.store.Secret;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** Makes the containers of a plan; what is not kept is removed. */
final class Making implements Creation {

  private static final int POSTGRES_PORT = 5432;
  private static final String LOOPBACK = "127.0.0.1";

  private final ForgePlan plan;
  private final PodmanHost host;
  private final String mark = UUID.randomUUID().toString();
  private final Intent.CreateContainers intent;
  private final RecoveryJournal.Entry entry;
  private final Set<String> made = new HashSet<>();
  private boolean kept;

  Making(ForgePlan plan) {
    this.plan = plan;
    this.host = plan.host();
    this.intent =
        new Intent.CreateContainers(
            mark,
            plan.recipes().stream().map(recipe -> recipe.inspection().name()).sorted().toList(),
            plan.missing().stream().sorted().toList());
    this.entry = plan.journal().record(intent);
  }

  @Override
  public void create(Planned container, Cancellation cancellation) {
    Recipe recipe = plan.recipe(container);
    Inspection inspection = recipe.inspection();
    for (String volume : inspection.volumes()) {
      if (plan.missing().contains(volume) && made.add(volume)) {
        host.podman()
            .text(
                cancellation,
                List.of("volume", "create", "--label=" + CreationUndo.MARK + "=" + mark, volume));
      }
    }
    for (String network : inspection.networks().keySet()) {
      boolean there =
          host.podman()
              .attempt(cancellation, List.of("network", "exists", "--", network))
              .result()
              .succeeded();
      if (!there) {
        host.podman()
            .text(
                cancellation,
                List.of("network", "create", "--label=" + CreationUndo.MARK + "=" + mark, network));
      }
    }
    Map<String, Secret> secrets = recipe.secretEnvironment();
    List<String> arguments = new ArrayList<>(List.of("podman"));
    arguments.addAll(
        new CreateOptions(inspection, recipe.image()).of(recipe.environment(), secrets, mark));
    run(new Command(arguments, Map.of(), secrets), inspection.name(), cancellation);
    if (recipe.cluster().isPresent() || inspection.ran()) {
      host.podman().text(cancellation, List.of("start", "--", inspection.name()));
    }
  }

  /** The arguments stay untold: they are long, and what somebody put there is nobody's business. */
  private void run(Command command, String name, Cancellation cancellation) {
    CommandResult result;
    try {
      result = host.run(command, CommandIo.reading(stdout -> {}), cancellation);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    if (!result.succeeded()) {
      throw new SourceFailure(
          FailureKind.SOURCE,
          "Container " + name + " could not be created: " + result.stderrTail().strip(),
          "Make it by hand from containers/ of the set, or with the file that --write-kube writes.");
    }
  }

  @Override
  public Server server(Planned container, Cancellation cancellation) {
    Recipe recipe = plan.recipe(container);
    Container running =
        host.container(container.name(), cancellation)
            .filter(Container::runs)
            .orElseThrow(() -> ended(container.name(), cancellation));
    int inside = port(recipe);
    Optional<Container.Publication> published =
        running.published().stream()
            .filter(port -> port.containerPort().equals(inside + "/tcp"))
            .findFirst();
    String address =
        published.isPresent()
            ? reachable(published.get().hostAddress())
            : ownAddress(running).orElseThrow(() -> unreachable(container.name()));
    Secret password =
        Optional.ofNullable(recipe.secrets().get(Recipe.PASSWORD))
            .orElseGet(
                () ->
                    Secret.of(
                        recipe
                            .inspection()
                            .environment()
                            .getOrDefault(Recipe.PASSWORD, "")
                            .toCharArray()));
    return new Server(
        container.name(),
        address,
        published.map(Container.Publication::hostPort).orElse(inside),
        recipe.user(),
        password);
  }

  private static int port(Recipe recipe) {
    String port = recipe.inspection().environment().getOrDefault("PGPORT", "");
    return port.matches("\\d{1,5}") ? Integer.parseInt(port) : POSTGRES_PORT;
  }

  private static String reachable(String hostAddress) {
    return Stream.of("", "0.0.0.0", "::").anyMatch(hostAddress::equals) ? LOOPBACK : hostAddress;
  }

  /** On the host's network, or on a bridge that root can reach. */
  private static Optional<String> ownAddress(Container container) {
    JsonNode inspected = container.inspected();
    if (inspected.path("HostConfig").path("NetworkMode").asString("").equals("host")) {
      return Optional.of(LOOPBACK);
    }
    JsonNode settings = inspected.path("NetworkSettings");
    return Stream.concat(Stream.of(settings), settings.path("Networks").valueStream())
        .map(network -> network.path("IPAddress").asString(""))
        .filter(address -> !address.isEmpty())
        .findFirst();
  }

  private SourceFailure ended(String name, Cancellation cancellation) {
    String log =
        host.podman().attempt(cancellation, List.of("logs", "--tail=5", "--", name)).text();
    return new SourceFailure(
        FailureKind.SOURCE,
        "Container " + name + " was made, and does not run." + (log.isEmpty() ? "" : " " + log),
        "Look why with its image and the settings in containers/ of the set.");
  }

  private static SourceFailure unreachable(String name) {
    return new SourceFailure(
        FailureKind.SOURCE,
        "This host cannot reach the server in container " + name + ": it publishes no port.",
        "Make the container by hand with a published port, configure it as a cluster, and restore"
            + " without --recreate-containers.");
  }

  @Override
  public void keep() {
    kept = true;
    entry.strike();
  }

  @Override
  public void close() {
    if (!kept) {
      new CreationUndo(host).undo(intent, new Cancellation());
      entry.strike();
    }
  }
}
