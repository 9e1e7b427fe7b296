package io.holdfast.postgres;

/**
 * How a cluster's databases are dumped, settled before the first.
 *
 * @param server the server's version
 * @param tool pg_dump's version
 * @param compression the value of its {@code --compress}
 */
record DumpPlan(ToolVersion server, ToolVersion tool, String compression) {}
