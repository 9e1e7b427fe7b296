package broken.postgres;

/** Something of an adapter's. */
public record Cluster(String name) {}
