package dev.pilothouse.server.endpoints.resource;

import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** Brings a parsed object to the shape of its type. */
@FunctionalInterface
interface ObjectConformer {

    /**
     * Changes the object in place.
     *
     * @return what strict field validation objects to
     * @throws dev.pilothouse.model.meta.ApiException 400 when a value cannot be decoded
     */
    List<String> conform(ObjectNode object);
}
