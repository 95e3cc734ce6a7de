package dev.pilothouse.server.proxy;

import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Where the programs of this machine reach the ports of Services. Cluster IPs lead nowhere outside
 * of a pod network; the proxy listens on loopback instead and says here where. Thread-safe.
 */
public final class LocalServices {

    private final Map<ServicePort, InetSocketAddress> addresses = new ConcurrentHashMap<>();

    /** Empty. */
    public LocalServices() {}

    /**
     * The loopback address of a TCP port of a Service, or null when nothing listens.
     *
     * @param name the port's name, empty when it is the only one
     */
    public @Nullable InetSocketAddress find(
            String namespace, String service, String name, int port) {
        return addresses.get(new ServicePort(namespace, service, name, port));
    }

    void put(ServicePort port, InetSocketAddress address) {
        addresses.put(port, address);
    }

    void remove(ServicePort port) {
        addresses.remove(port);
    }
}
