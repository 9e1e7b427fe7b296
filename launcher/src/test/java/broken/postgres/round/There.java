package broken.postgres.round;

import broken.postgres.round.and.Back;

/** One end of a cycle. */
public record There(Back back) {}
