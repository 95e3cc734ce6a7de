package dev.pilothouse.model.codec;

import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/**
 * A decoded request body.
 *
 * @param object the object, not yet conformed to its type
 * @param strictErrors what strict field validation objects to, in Kubernetes' words, for example
 *     {@code duplicate field "spec.replicas"}; empty when nothing
 */
public record Decoded(ObjectNode object, List<String> strictErrors) {}
