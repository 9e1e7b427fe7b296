package broken.podman;

/** An internal that everybody can see and nobody needs. */
public record Exposed(String name) {}
