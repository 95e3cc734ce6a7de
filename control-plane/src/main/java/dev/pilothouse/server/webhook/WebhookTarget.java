package dev.pilothouse.server.webhook;

import java.net.InetSocketAddress;
import java.util.List;

/**
 * Where one webhook is called.
 *
 * @param host the name it must prove to have, and that it is called by
 * @param port its port under that name
 * @param path path and query of the request
 * @param addresses where to connect to, tried in this order; without any the host is looked up
 */
public record WebhookTarget(String host, int port, String path, List<InetSocketAddress> addresses) {

    /** The URL as clients of Kubernetes' API see it in errors. */
    public String url() {
        return "https://"
                + host
                + ":"
                + port
                + path
                + (path.contains("?") ? "&" : "?")
                + "timeout=30s";
    }
}
