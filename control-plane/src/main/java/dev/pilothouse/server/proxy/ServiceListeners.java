package dev.pilothouse.server.proxy;

import dev.pilothouse.server.proxy.ServiceView.Port;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The listening sockets of one Service, brought to what the Service asks for. Not thread-safe.
 *
 * <p>Each port has one on the loopback address of the cluster IP (or any free port of 127.0.0.1
 * where that cannot be had), one on 127.0.0.1 for its node port, and one on 127.0.0.1 for its load
 * balancer.
 */
final class ServiceListeners implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ServiceListeners.class);

    private final Backends backends;
    private final Dialer dialer;
    private final LocalServices local;
    private final Map<Key, Listener> listeners = new HashMap<>();

    private enum Role {
        CLUSTER,
        NODE_PORT,
        BALANCER
    }

    private record Key(ServicePort port, Role role, InetAddress address, int number) {}

    ServiceListeners(Backends backends, Dialer dialer, LocalServices local) {
        this.backends = backends;
        this.dialer = dialer;
        this.local = local;
    }

    /** Opens what is missing and closes what is not wanted; says whether all of it listens. */
    boolean update(ServiceView service) {
        Set<Key> wanted = wanted(service);
        listeners.entrySet().removeIf(entry -> !wanted.contains(entry.getKey()) && close(entry));
        boolean complete = true;
        for (Key key : wanted) {
            complete &= listeners.containsKey(key) || open(key);
        }
        listeners.values().forEach(listener -> listener.affinity(service.affinity()));
        return complete;
    }

    /** Whether the load balancer's port of that number listens. */
    boolean balances(int number) {
        return listeners.keySet().stream()
                .anyMatch(key -> key.role == Role.BALANCER && key.number == number);
    }

    @Override
    public void close() {
        listeners.entrySet().forEach(this::close);
        listeners.clear();
    }

    private static Set<Key> wanted(ServiceView service) {
        Set<Key> wanted = new HashSet<>();
        if (service.deleting() || service.clusterIp().isEmpty()) {
            return wanted;
        }
        InetAddress cluster = LoopbackAddresses.of(service.clusterIp());
        for (Port port : service.ports()) {
            ServicePort name =
                    new ServicePort(service.namespace(), service.name(), port.name(), port.port());
            wanted.add(
                    new Key(
                            name,
                            Role.CLUSTER,
                            cluster == null ? LoopbackAddresses.LOCALHOST : cluster,
                            port.port()));
            if (port.nodePort() > 0) {
                wanted.add(
                        new Key(
                                name,
                                Role.NODE_PORT,
                                LoopbackAddresses.LOCALHOST,
                                port.nodePort()));
            }
            if (service.balanced()) {
                wanted.add(new Key(name, Role.BALANCER, LoopbackAddresses.LOCALHOST, port.port()));
            }
        }
        return wanted;
    }

    private boolean open(Key key) {
        Listener listener = listen(key, key.address, key.number);
        if (listener == null && key.role == Role.CLUSTER) {
            listener = listen(key, LoopbackAddresses.LOCALHOST, 0);
        }
        if (listener == null) {
            return false;
        }
        listeners.put(key, listener);
        if (key.role == Role.CLUSTER) {
            local.put(key.port, listener.address());
        }
        return true;
    }

    private @Nullable Listener listen(Key key, InetAddress address, int number) {
        try {
            return Listener.open(key.port, address, number, backends, dialer);
        } catch (IOException e) {
            LOG.debug(
                    "{} does not listen on {}: {}",
                    key.port,
                    new InetSocketAddress(address, number),
                    e.getMessage());
            return null;
        }
    }

    private boolean close(Map.Entry<Key, Listener> entry) {
        if (entry.getKey().role == Role.CLUSTER) {
            local.remove(entry.getKey().port);
            backends.forget(entry.getKey().port);
        }
        entry.getValue().close();
        return true;
    }
}
