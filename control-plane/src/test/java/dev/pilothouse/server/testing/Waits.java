package dev.pilothouse.server.testing;

import dev.pilothouse.model.client.ListOptions;
import dev.pilothouse.model.client.ResourceClient;
import dev.pilothouse.model.client.Watch;
import dev.pilothouse.model.client.WatchOptions;
import dev.pilothouse.model.meta.ApiException;
import dev.pilothouse.model.meta.WatchEvent;
import java.util.function.Predicate;
import tools.jackson.databind.node.ObjectNode;

/** Waits for objects by watching them. */
public final class Waits {

    private Waits() {}

    /** Waits until one of the selected objects is as wanted. */
    public static ObjectNode until(
            ResourceClient client, ListOptions selection, Predicate<ObjectNode> wanted) {
        try (Watch watch = client.watch(WatchOptions.fromNow(selection))) {
            for (WatchEvent event = watch.next(); event != null; event = watch.next()) {
                if (event instanceof WatchEvent.Added(ObjectNode object) && wanted.test(object)) {
                    return object;
                }
                if (event instanceof WatchEvent.Modified(ObjectNode object)
                        && wanted.test(object)) {
                    return object;
                }
            }
        }
        throw new AssertionError("the watch ended");
    }

    /** Waits until an object of a name is as wanted. */
    public static ObjectNode until(
            ResourceClient client, String namespace, String name, Predicate<ObjectNode> wanted) {
        return until(client, ListOptions.in(namespace).withFields("metadata.name=" + name), wanted);
    }

    /** Waits until an object is gone. */
    public static void untilGone(ResourceClient client, String namespace, String name) {
        ListOptions selection = ListOptions.in(namespace).withFields("metadata.name=" + name);
        try (Watch watch = client.watch(WatchOptions.fromNow(selection))) {
            boolean there = false;
            for (WatchEvent event = watch.next(); event != null; event = watch.next()) {
                switch (event) {
                    case WatchEvent.Added _, WatchEvent.Modified _ -> there = true;
                    case WatchEvent.Deleted _ -> {
                        return;
                    }
                    case WatchEvent.Bookmark(_, boolean end) -> {
                        if (end && !there) {
                            return;
                        }
                    }
                    case WatchEvent.Error(var status) -> throw new ApiException(status);
                }
            }
        }
        throw new AssertionError("the watch ended");
    }
}
