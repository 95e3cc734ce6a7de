package dev.pilothouse.server.kubelet.env;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Where the objects are that pods take their settings from. Calls block. Thread-safe. */
public interface ConfigSource {

    /** A ConfigMap, or null when there is none. */
    @Nullable ObjectNode configMap(String namespace, String name);

    /** A Secret, or null when there is none. */
    @Nullable ObjectNode secret(String namespace, String name);
}
