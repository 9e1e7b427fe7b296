package broken.postgres.round.and;

import broken.postgres.round.There;

/** The other end of a cycle. */
public record Back(There there) {}
