package dev.pilothouse.server.proxy;

import dev.pilothouse.model.informer.Lister;
import dev.pilothouse.server.proxy.SliceView.Endpoint;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Says in which order the endpoints of a Service are to be tried for a new connection: one after
 * the other in turn, the one a client had before first where the Service asks for it. Ready ones
 * only; when there is none, those that still serve while they end. Thread-safe. Source: KEP-1669.
 */
final class Backends {

    /** The index of slices by namespace and name of their Service. */
    static final String BY_SERVICE = "service";

    private static final int REMEMBERED_CLIENTS = 10_000;

    private final Lister<SliceView> slices;
    private final InstantSource clock;
    private final Map<ServicePort, AtomicInteger> turns = new ConcurrentHashMap<>();
    private final SequencedMap<Client, Choice> clients = new LinkedHashMap<>();

    private record Client(ServicePort port, InetAddress address) {}

    private record Choice(Backend backend, Instant until) {}

    /**
     * Where a connection may go.
     *
     * @param endpoint the endpoint
     * @param port its port
     */
    record Backend(Endpoint endpoint, int port) {}

    /**
     * Reads slices.
     *
     * @param slices with the index {@link #BY_SERVICE}
     */
    Backends(Lister<SliceView> slices, InstantSource clock) {
        this.slices = slices;
        this.clock = clock;
    }

    /** The value of {@link #BY_SERVICE}. */
    static String key(String namespace, String service) {
        return namespace + "/" + service;
    }

    /** Which endpoints to try, in this order; empty when there is none. */
    List<Backend> order(ServicePort port, InetAddress client, @Nullable Duration affinity) {
        List<Backend> all = all(port);
        List<Backend> usable = all.stream().filter(backend -> backend.endpoint.ready()).toList();
        if (usable.isEmpty()) {
            usable = all.stream().filter(backend -> backend.endpoint.serving()).toList();
        }
        if (usable.isEmpty()) {
            return List.of();
        }
        int turn = turns.computeIfAbsent(port, _ -> new AtomicInteger()).getAndIncrement();
        int first = Math.floorMod(turn, usable.size());
        List<Backend> order = new ArrayList<>(usable.subList(first, usable.size()));
        order.addAll(usable.subList(0, first));
        Backend chosen = affinity == null ? null : remembered(new Client(port, client));
        if (chosen != null && order.remove(chosen)) {
            order.addFirst(chosen);
        }
        return order;
    }

    /** A connection of a client was made. */
    void connected(
            ServicePort port, InetAddress client, @Nullable Duration affinity, Backend backend) {
        if (affinity == null) {
            return;
        }
        synchronized (clients) {
            Client key = new Client(port, client);
            clients.remove(key);
            clients.put(key, new Choice(backend, clock.instant().plus(affinity)));
            if (clients.size() > REMEMBERED_CLIENTS) {
                clients.pollFirstEntry();
            }
        }
    }

    /** A port of a Service is gone. */
    void forget(ServicePort port) {
        turns.remove(port);
        synchronized (clients) {
            clients.keySet().removeIf(client -> client.port.equals(port));
        }
    }

    private @Nullable Backend remembered(Client client) {
        synchronized (clients) {
            Choice choice = clients.get(client);
            return choice == null || choice.until.isBefore(clock.instant()) ? null : choice.backend;
        }
    }

    private List<Backend> all(ServicePort port) {
        List<Backend> all = new ArrayList<>();
        for (SliceView slice : slices.byIndex(BY_SERVICE, key(port.namespace(), port.service()))) {
            Integer number = slice.ports().get(port.name());
            if (number != null) {
                slice.endpoints().forEach(endpoint -> all.add(new Backend(endpoint, number)));
            }
        }
        // Slices come in no order; turns need one.
        all.sort(
                Comparator.comparing((Backend backend) -> backend.endpoint.address())
                        .thenComparing(Backend::port));
        return all;
    }
}
