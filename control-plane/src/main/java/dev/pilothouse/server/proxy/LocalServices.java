package dev.pilothouse.server.proxy;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Where the programs of this machine reach the ports of Services. Cluster IPs lead nowhere outside
 * of a pod network; the proxy listens on loopback instead and says here where. Thread-safe.
 */
public final class LocalServices {

    private final Map<ServicePort, InetSocketAddress> addresses = new ConcurrentHashMap<>();

    /** Empty. */
    public LocalServices() {}

    /**
     * Where a TCP port of a Service is reached: where the proxy listens, or will listen as soon as
     * it has heard of the Service.
     *
     * @param clusterIp the Service's cluster IP
     * @param name the port's name, empty when it is the only one
     */
    public InetSocketAddress find(
            String namespace, String service, String clusterIp, String name, int port) {
        InetSocketAddress known = addresses.get(new ServicePort(namespace, service, name, port));
        if (known != null) {
            return known;
        }
        InetAddress loopback = LoopbackAddresses.of(clusterIp);
        return new InetSocketAddress(
                loopback == null ? LoopbackAddresses.LOCALHOST : loopback, port);
    }

    void put(ServicePort port, InetSocketAddress address) {
        addresses.put(port, address);
    }

    void remove(ServicePort port) {
        addresses.remove(port);
    }
}
