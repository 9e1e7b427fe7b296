package broken.launcher;

/** Something of the launcher's. */
public record Anything(String name) {}
