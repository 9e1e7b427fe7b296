package io.holdfast.postgres;

import io.holdfast.application.port.failure.SourceFailure;
import io.holdfast.application.port.out.command.Cancellation;
import io.holdfast.application.port.out.command.Command;
import io.holdfast.application.port.out.command.CommandIo;
import io.holdfast.application.port.out.command.CommandResult;
import io.holdfast.application.port.out.command.CommandRunner;
import io.holdfast.application.port.out.source.HostScout;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Finds PostgreSQL servers that run on the host itself: those that Debian's {@code pg_lsclusters}
 * lists as online, or where there is no such program, one that answers on 127.0.0.1:5432.
 */
public final class LocalClusterScout implements HostScout {

  private static final String LOOPBACK = "127.0.0.1";
  private static final int DEFAULT_PORT = 5432;
  private static final int PROBE_MILLIS = 500;

  /** The code of an SSLRequest, in the documentation's "Message Formats". */
  private static final int SSL_REQUEST = 80877103;

  private static final int LONGEST_LISTING = 256 << 10;

  private final CommandRunner host;
  private final int port;

  /**
   * A scout.
   *
   * @param host runs programs on the host
   */
  public LocalClusterScout(CommandRunner host) {
    this(host, DEFAULT_PORT);
  }

  LocalClusterScout(CommandRunner host, int port) {
    this.host = host;
    this.port = port;
  }

  @Override
  public Sighting look(Cancellation cancellation) {
    Optional<String> listing = listing(cancellation);
    if (listing.isPresent()) {
      return new Sighting(parse(listing.get()), List.of(), List.of());
    }
    List<Cluster> clusters =
        answers()
            ? List.of(new Cluster("main", LOOPBACK, port, Optional.empty(), Optional.empty()))
            : List.of();
    return new Sighting(clusters, List.of(), List.of());
  }

  /**
   * The clusters of {@code pg_lsclusters --no-header}: version, name, port, status, owner, data
   * folder, log file. The owner is the superuser, as Debian makes its clusters.
   */
  static List<Cluster> parse(String listing) {
    List<String[]> online =
        listing
            .lines()
            .map(line -> line.trim().split("\\s+"))
            .filter(columns -> columns.length >= 5 && columns[3].startsWith("online"))
            .filter(columns -> columns[2].matches("[0-9]{1,5}"))
            .toList();
    List<Cluster> clusters = new ArrayList<>();
    for (String[] columns : online) {
      boolean alone = online.stream().filter(other -> other[1].equals(columns[1])).count() == 1;
      String name = alone ? columns[1] : columns[1] + "-" + columns[0];
      int number = Integer.parseInt(columns[2]);
      clusters.add(new Cluster(name, LOOPBACK, number, Optional.of(columns[4]), Optional.empty()));
    }
    return clusters;
  }

  private Optional<String> listing(Cancellation cancellation) {
    StringBuilder text = new StringBuilder();
    CommandIo io =
        CommandIo.reading(
            out ->
                text.append(new String(out.readNBytes(LONGEST_LISTING), StandardCharsets.UTF_8)));
    try {
      CommandResult result = host.run(Command.of("pg_lsclusters", "--no-header"), io, cancellation);
      return result.succeeded() ? Optional.of(text.toString()) : Optional.empty();
    } catch (SourceFailure noSuchProgram) {
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Asks for TLS, to which a PostgreSQL server says S or N, and nothing else does. */
  private boolean answers() {
    try (Socket socket = new Socket()) {
      socket.connect(
          new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port),
          PROBE_MILLIS);
      socket.setSoTimeout(PROBE_MILLIS);
      DataOutputStream out = new DataOutputStream(socket.getOutputStream());
      out.writeInt(Integer.BYTES * 2);
      out.writeInt(SSL_REQUEST);
      out.flush();
      InputStream in = socket.getInputStream();
      int answer = in.read();
      return answer == 'S' || answer == 'N';
    } catch (IOException nothingThere) {
      return false;
    }
  }
}
