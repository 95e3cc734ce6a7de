package dev.pilothouse.server.storage.cache;

import dev.pilothouse.server.storage.StoreEvent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The channels of one resource: one for all of it, one for each namespace that is watched. */
final class Channels {

    private final Channel all = new Channel();
    private final Map<String, Channel> byNamespace = new HashMap<>();

    Channel all() {
        return all;
    }

    /** The channel of a namespace, or of the resource for the empty text. */
    Channel open(String namespace) {
        return namespace.isEmpty() ? all : byNamespace.computeIfAbsent(namespace, this::fill);
    }

    private Channel fill(String namespace) {
        Channel channel = new Channel();
        for (StoreEvent event : all.events(0, Long.MAX_VALUE)) {
            if (event.object().key().namespace().equals(namespace)) {
                channel.append(event);
            }
        }
        channel.collectWaiting(new ArrayList<>());
        return channel;
    }

    void leave(String namespace, Watcher watcher) {
        Channel channel = namespace.isEmpty() ? all : byNamespace.get(namespace);
        if (channel != null) {
            channel.remove(watcher);
            if (channel != all && channel.unwatched()) {
                byNamespace.remove(namespace);
            }
        }
    }

    /** Appends an event; adds the channels that had none before it in this batch. */
    void append(StoreEvent event, List<Channel> touched) {
        if (all.append(event)) {
            touched.add(all);
        }
        Channel channel = narrow(event);
        if (channel != null && channel.append(event)) {
            touched.add(channel);
        }
    }

    void drop(StoreEvent event) {
        all.drop(event);
        Channel channel = narrow(event);
        if (channel != null) {
            channel.drop(event);
        }
    }

    private @Nullable Channel narrow(StoreEvent event) {
        return byNamespace.isEmpty() ? null : byNamespace.get(event.object().key().namespace());
    }
}
