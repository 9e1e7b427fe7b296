package io.holdfast.application.port.out.command;

/**
 * Where a server listens.
 *
 * @param host a name, an address, or the folder of a unix socket
 * @param port a TCP port, or the number in a unix socket's name
 */
public record Endpoint(String host, int port) {}
