package broken.application.service;

import broken.podman.Neighbour;
import java.sql.Connection;
import java.sql.SQLException;

/** A service that talks to a database and knows an adapter. */
public final class Fat {

  boolean isClosed(Connection connection, Neighbour neighbour) throws SQLException {
    return connection.isClosed() || neighbour.cluster().name().isEmpty();
  }
}
