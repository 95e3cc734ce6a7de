package dev.pilothouse.server.registry.apiextensions.cel;

/**
 * A rule that does not hold, or could not be evaluated.
 *
 * @param path the field, {@code <nil>} for the whole object
 * @param reason reason of the error as Kubernetes names it
 * @param type the OpenAPI type of the value, which stands for it
 * @param detail what is wrong
 */
public record Finding(String path, String reason, String type, String detail) {}
