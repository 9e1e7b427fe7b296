package broken.application.stream;

import tools.jackson.core.JsonToken;

/** A pipeline that knows JSON. */
record EveryVendor(JsonToken token) {}
