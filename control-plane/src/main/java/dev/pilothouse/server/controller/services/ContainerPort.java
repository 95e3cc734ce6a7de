package dev.pilothouse.server.controller.services;

/**
 * A port of a container of a pod.
 *
 * @param name may be empty
 * @param port the number
 * @param protocol TCP, UDP or SCTP
 */
record ContainerPort(String name, int port, String protocol) {}
