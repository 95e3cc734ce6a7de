package dev.pilothouse.server.controller.eventexpiry;

import dev.pilothouse.model.client.ApiClient;
import dev.pilothouse.model.client.DeleteOptions;
import dev.pilothouse.model.client.ResourceClient;
import dev.pilothouse.model.informer.Delta;
import dev.pilothouse.model.informer.Informer;
import dev.pilothouse.model.informer.InformerFactory;
import dev.pilothouse.model.meta.ApiException;
import dev.pilothouse.model.meta.GroupVersionResource;
import dev.pilothouse.model.meta.StatusReason;
import dev.pilothouse.server.controller.Component;
import dev.pilothouse.server.controller.Controller;
import dev.pilothouse.server.controller.Delays;
import dev.pilothouse.server.controller.Result;
import dev.pilothouse.server.controller.WorkQueue;
import dev.pilothouse.server.controller.objects.NamespacedName;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Deletes events once they have not happened again for an hour, a minute later at most. All that
 * end in the same minute share one timer, so that many events cost little while they wait. Source:
 * kube-apiserver's --event-ttl, which is an hour by default.
 */
public final class EventExpiry implements Component {

    /** Under which name it acts. */
    public static final String NAME = "event-expiry";

    private static final GroupVersionResource EVENTS = new GroupVersionResource("", "v1", "events");
    private static final int LIFE_MINUTES = 60;

    private final Informer<EventView> events;
    private final ResourceClient client;
    private final Delays delays;
    private final InstantSource clock;
    private final Map<Long, List<NamespacedName>> ending = new HashMap<>();
    private final WorkQueue<NamespacedName> queue;
    private final Controller<NamespacedName> controller;

    /**
     * A component that is not started.
     *
     * @param client acts as {@link #NAME}
     */
    public EventExpiry(
            ApiClient client, InformerFactory informers, Delays delays, InstantSource clock) {
        this.events =
                informers.views(EVENTS, event -> EventView.of(event, clock.instant()), Map.of());
        this.client = client.resource(EVENTS);
        this.delays = delays;
        this.clock = clock;
        this.queue = new WorkQueue<>(delays, clock);
        this.controller = new Controller<>(NAME, 2, queue, this::reconcile);
    }

    @Override
    public void start() {
        events.addHandler(delta -> {
            if (!(delta instanceof Delta.Deleted<EventView>)) {
                await(delta.object());
            }
        });
        controller.start();
    }

    @Override
    public void close() {
        controller.close();
    }

    private void await(EventView event) {
        long end = end(event);
        boolean first;
        synchronized (ending) {
            List<NamespacedName> others = ending.get(end);
            first = others == null;
            if (others == null) {
                others = new ArrayList<>();
                ending.put(end, others);
            }
            others.add(new NamespacedName(event.namespace(), event.name()));
        }
        if (first) {
            Duration left = Duration.between(clock.instant(), Instant.ofEpochSecond(end * 60));
            delays.after(left.isNegative() ? Duration.ZERO : left, () -> arrive(end));
        }
    }

    /** The first full minute at which the event is old enough. */
    private static long end(EventView event) {
        return event.minute() + LIFE_MINUTES + 1;
    }

    private void arrive(long minute) {
        List<NamespacedName> due;
        synchronized (ending) {
            due = ending.remove(minute);
        }
        if (due != null) {
            due.forEach(queue::add);
        }
    }

    private Result reconcile(NamespacedName key) {
        EventView event = events.lister().get(key.namespace(), key.name());
        // One that has happened again meanwhile waits for its new end.
        if (event != null && end(event) * 60 <= clock.instant().getEpochSecond()) {
            delete(key);
        }
        return Result.DONE;
    }

    private void delete(NamespacedName key) {
        try {
            client.delete(key.namespace(), key.name(), DeleteOptions.DEFAULT);
        } catch (ApiException e) {
            if (e.reason() != StatusReason.NOT_FOUND) {
                throw e;
            }
        }
    }
}
