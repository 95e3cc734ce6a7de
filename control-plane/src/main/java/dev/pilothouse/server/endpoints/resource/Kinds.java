package dev.pilothouse.server.endpoints.resource;

import dev.pilothouse.model.scheme.ResourceKind;

/** Names of kinds that follow from a resource's own. */
final class Kinds {

    private Kinds() {}

    /** The kind of the resource's list. */
    static String listKind(ResourceKind kind) {
        String type = kind.served().listTypeName();
        return type.isEmpty()
                ? kind.served().kind() + "List"
                : type.substring(type.lastIndexOf('.') + 1);
    }
}
