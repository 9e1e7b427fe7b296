package io.holdfast.application.port.out.source;

import io.holdfast.application.port.out.command.Cancellation;
import io.holdfast.application.port.out.source.PreparedRestore.Obstacle;
import io.holdfast.application.port.out.store.Secret;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Makes containers again as a set tells of them. */
public interface ContainerRecreation {

  /**
   * Looks at what is there and plans. Changes nothing.
   *
   * @param containers what the set tells
   * @param restored the volumes that will be restored from the set before a container is made
   * @param secrets tells the values that the set does not hold
   * @throws io.holdfast.application.port.failure.SourceFailure when it cannot look
   * @throws io.holdfast.application.port.failure.IntegrityFailure when an inspection is malformed
   * @throws IOException from reading the inspections
   */
  Plan prepare(
      List<Described> containers, Set<String> restored, Secrets secrets, Cancellation cancellation)
      throws IOException;

  /**
   * Writes how the containers are made into files for other programs. Touches no container.
   *
   * @return what is written, and what it lacks
   */
  Written write(List<Described> containers, Form form) throws IOException;

  /**
   * A container of a set.
   *
   * @param name its name
   * @param inspection how it was made, its secrets left out
   * @param image the image that it was made from, where the set tells it
   * @param cluster the cluster that it serves, where it does
   */
  record Described(
      String name, ArtifactContent inspection, Optional<String> image, Optional<String> cluster) {}

  /** Tells the values that a set does not hold. */
  @FunctionalInterface
  interface Secrets {
    /**
     * The value of a container's environment variable; empty when nobody knows it.
     *
     * @param needed false when one can be made up: then nobody is asked
     */
    Optional<Secret> of(String container, String variable, boolean needed);

    /** The environment variable of Holdfast's own that such a value is looked for in. */
    static String variable(String container, String variable) {
      String name = container + "_" + variable;
      return "HOLDFAST_SECRET_" + name.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_");
    }
  }

  /** What files are written for. */
  enum Form {
    /** {@code podman play kube}, one file. */
    KUBE,
    /** Quadlet, files of units for systemd. */
    QUADLET
  }

  /**
   * Files that tell how containers are made.
   *
   * @param files their texts by name, as pairs
   * @param notes what is not carried over
   */
  record Written(List<TextFile> files, List<String> notes) {
    public Written {
      files = List.copyOf(files);
      notes = List.copyOf(notes);
    }
  }

  /** A file's name and text. */
  record TextFile(String name, String text) {}

  /** What would be made. */
  interface Plan {

    /** The servers of clusters, by name. */
    List<Planned> servers();

    /** All other containers, by name. */
    List<Planned> others();

    /** Why it cannot be run; empty when it can. */
    List<Obstacle> obstacles();

    /** Begins; what is made until it is kept is removed when it is closed. */
    Creation begin();
  }

  /**
   * A container that would be made.
   *
   * @param name its name
   * @param cluster the cluster that it serves
   * @param steps what would be done
   * @param notes what is not carried over
   */
  record Planned(String name, Optional<String> cluster, List<String> steps, List<String> notes) {
    public Planned {
      steps = List.copyOf(steps);
      notes = List.copyOf(notes);
    }
  }

  /** Containers under way. */
  interface Creation extends AutoCloseable {

    /** Makes a container with its volumes and networks, and starts it where it ran. */
    void create(Planned container, Cancellation cancellation);

    /**
     * Where a server that was made is reached.
     *
     * @throws io.holdfast.application.port.failure.SourceFailure when the host cannot reach it, or
     *     it has ended
     */
    Server server(Planned container, Cancellation cancellation);

    /** All is as it should be: nothing is removed any more. */
    void keep();

    /** Removes what was made, unless it is kept. */
    @Override
    void close();
  }

  /**
   * A new PostgreSQL server in a container.
   *
   * @param container its name
   * @param host where this host reaches it
   * @param port there
   * @param user its superuser
   * @param password the superuser's, for now
   */
  record Server(String container, String host, int port, String user, Secret password) {}
}
