package dev.pilothouse.server.storage.cache;

import dev.pilothouse.server.storage.StoreEvent;
import java.util.ArrayList;
import java.util.List;

/**
 * The recent events of one resource, or of one namespace of it, as a linked list that is read
 * without a lock: each watcher keeps the node it has reached. Everything else is done under the
 * cache's lock.
 */
final class Channel {

    private final List<Watcher> watchers = new ArrayList<>();

    /** Before the oldest event. */
    private EventNode head = new EventNode(null);

    private EventNode tail = head;
    private boolean touched;

    /** Appends an event; whether it is the first since {@link #collectWaiting}. */
    boolean append(StoreEvent event) {
        EventNode node = new EventNode(event);
        tail.next = node;
        tail = node;
        boolean first = !touched;
        touched = true;
        return first;
    }

    /** Drops the oldest event if it is this one. */
    void drop(StoreEvent event) {
        EventNode oldest = head.next;
        StoreEvent first = oldest == null ? null : oldest.event;
        if (oldest != null && first != null && first.revision() == event.revision()) {
            oldest.event = null;
            head.next = EventNode.DROPPED;
            head = oldest;
        }
    }

    /** The node after which the events follow that are newer than a revision. */
    EventNode after(long revision) {
        StoreEvent newest = tail.event;
        if (newest == null || newest.revision() <= revision) {
            return tail;
        }
        EventNode node = head;
        while (true) {
            EventNode next = node.next;
            StoreEvent event = next == null ? null : next.event;
            if (next == null || event == null || event.revision() > revision) {
                return node;
            }
            node = next;
        }
    }

    /** Events after a revision and up to another, oldest first. */
    List<StoreEvent> events(long after, long upTo) {
        List<StoreEvent> events = new ArrayList<>();
        for (EventNode node = after(after).next; node != null; node = node.next) {
            StoreEvent event = node.event;
            if (event == null || event.revision() > upTo) {
                break;
            }
            events.add(event);
        }
        return events;
    }

    void add(Watcher watcher) {
        watcher.slot = watchers.size();
        watchers.add(watcher);
    }

    void remove(Watcher watcher) {
        Watcher last = watchers.removeLast();
        if (last != watcher) {
            watchers.set(watcher.slot, last);
            last.slot = watcher.slot;
        }
    }

    boolean unwatched() {
        return watchers.isEmpty();
    }

    /** Adds the watchers that wait for an event; they do not wait any more. */
    void collectWaiting(List<Watcher> waiting) {
        touched = false;
        for (Watcher watcher : watchers) {
            if (watcher.disarm()) {
                waiting.add(watcher);
            }
        }
    }
}
