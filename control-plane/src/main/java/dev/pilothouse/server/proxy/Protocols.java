package dev.pilothouse.server.proxy;

import dev.pilothouse.model.json.Json;
import tools.jackson.databind.node.ObjectNode;

/** Which protocols the proxy carries. */
final class Protocols {

    private Protocols() {}

    /** Whether a port of a Service or a slice is a TCP port, which one without a protocol is. */
    static boolean isTcp(ObjectNode port) {
        String protocol = Json.text(port, "protocol");
        return protocol.isEmpty() || protocol.equals("TCP");
    }
}
