package dev.pilothouse.ui.detail;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.ui.cluster.Cluster;
import dev.pilothouse.ui.cluster.Connection;
import dev.pilothouse.ui.cluster.Kind;
import dev.pilothouse.ui.cluster.ObjectEvents;
import dev.pilothouse.ui.cluster.ObjectRef;
import dev.pilothouse.ui.cluster.Subscription;
import dev.pilothouse.ui.fx.Batch;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Keeps an object and those around it live. Changes are handed over together, once per turn of the
 * executor. Methods belong to the thread of the executor.
 */
final class Feed {

    /** The key of the states in which the object was before. */
    static final String PAST = "past";

    /** The key of what pods of a node use. */
    static final String USAGE = "usage";

    private static final int MOST_PAST = 500;

    private final Cluster cluster;
    private final ObjectRef ref;
    private final List<Kind> kinds;
    private final InstantSource clock;
    private final Predicate<Relations.Follow> wanted;
    private final Listener listener;
    private final Batch<Runnable> batch;
    private final Map<String, Map<String, ObjectNode>> related = new LinkedHashMap<>();
    private final Map<String, Subscription> subscriptions = new ConcurrentHashMap<>();
    private @Nullable ObjectNode object;
    private @Nullable UsagePoll polling;
    private @Nullable Thread remembering;
    private boolean lacking;
    private boolean closed;

    /** Is told what there is. */
    interface Listener {
        /** The object as it is, with those around it. */
        void data(DetailData data);

        /** The object is gone; its last state stays. */
        void gone();

        /** There is no such object, and has been none since it is followed. */
        void missing();

        /** The object is there, for the first time or again. */
        void back();

        /** The connection to the object has changed. */
        void connection(Connection state);
    }

    /**
     * Follows nothing yet.
     *
     * @param wanted which of the objects around are followed
     */
    Feed(
            Cluster cluster,
            ObjectRef ref,
            List<Kind> kinds,
            Executor pulse,
            InstantSource clock,
            Predicate<Relations.Follow> wanted,
            Listener listener) {
        this.cluster = cluster;
        this.ref = ref;
        this.kinds = kinds;
        this.clock = clock;
        this.wanted = wanted;
        this.listener = listener;
        this.batch = new Batch<>(pulse, changes -> apply(changes.values()));
    }

    void start() {
        follow(
                "self",
                ref.kind(),
                ref.namespace(),
                "fieldSelector=metadata.name%3D" + ref.name(),
                this::own);
    }

    private void apply(Iterable<Runnable> changes) {
        changes.forEach(Runnable::run);
        if (!closed && object != null) {
            Map<String, List<ObjectNode>> lists = new LinkedHashMap<>();
            related.forEach((name, objects) -> lists.put(name, List.copyOf(objects.values())));
            listener.data(new DetailData(ref, object, lists, kinds, clock.instant()));
        }
    }

    private void own(Map<String, ObjectNode> objects) {
        if (objects.isEmpty()) {
            lacking = true;
            if (object == null) {
                listener.missing();
            } else {
                listener.gone();
            }
            return;
        }
        if (lacking || object == null) {
            lacking = false;
            listener.back();
        }
        ObjectNode now = objects.values().iterator().next();
        keep(object, now);
        object = now;
        for (Relations.Follow more : Relations.of(ref, now)) {
            Kind kind = kind(more.kind(), more.resource());
            String key = more.resource();
            if (kind != null && wanted.test(more) && !subscriptions.containsKey(key)) {
                related.put(key, new LinkedHashMap<>());
                follow(
                        key,
                        kind,
                        more.namespace(),
                        more.query(),
                        found -> {
                            related.put(key, found);
                            measure(key, found);
                        });
            }
        }
    }

    /** Of pods, whose containers come and go, the states before are kept as well. */
    private void keep(@Nullable ObjectNode before, ObjectNode now) {
        if (!ref.kind().resource().equals("pods")
                || !wanted.test(new Relations.Follow(PAST, "", "", ""))) {
            return;
        }
        if (before == null) {
            related.put(PAST, new LinkedHashMap<>());
            remembering = Thread.ofVirtual().name("past").start(() -> remember(now));
        } else if (related.get(PAST) instanceof Map<String, ObjectNode> past
                && past.size() < MOST_PAST) {
            past.putIfAbsent(revision(before), before);
        }
    }

    /** What pods of a node use is read as long as they are shown. */
    private void measure(String key, Map<String, ObjectNode> pods) {
        if (!ref.kind().resource().equals("nodes") || !key.equals("pods")) {
            return;
        }
        if (polling != null) {
            polling.pods(pods);
        } else {
            polling =
                    new UsagePoll(
                            cluster,
                            ref.name(),
                            pods,
                            usage -> batch.put(USAGE, () -> used(usage)));
        }
    }

    private void used(Map<String, ObjectNode> usage) {
        usage.forEach((uid, metrics) -> metrics.put("uid", uid));
        related.put(USAGE, usage);
    }

    private void remember(ObjectNode now) {
        try {
            List<ObjectNode> states = PastStates.read(cluster, ref, now);
            batch.put(
                    PAST,
                    () -> {
                        Map<String, ObjectNode> all = new LinkedHashMap<>();
                        states.forEach(state -> all.put(revision(state), state));
                        all.putAll(related.getOrDefault(PAST, Map.of()));
                        related.put(PAST, all);
                    });
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static String revision(ObjectNode state) {
        return Json.text(state, "metadata", "resourceVersion");
    }

    private @Nullable Kind kind(String name, String resource) {
        return kinds.stream()
                .filter(kind -> kind.kind().equals(name) && kind.resource().equals(resource))
                // Events are served by two groups; the fields read here are those of the first.
                .sorted((one, other) -> one.group().compareTo(other.group()))
                .findFirst()
                .orElse(null);
    }

    private void follow(
            String key,
            Kind kind,
            String namespace,
            String query,
            Consumer<Map<String, ObjectNode>> found) {
        subscriptions.put(
                key, cluster.followObjects(kind, namespace, query, new Follower(key, found)));
    }

    void retry() {
        subscriptions.values().forEach(Subscription::retry);
    }

    void close() {
        closed = true;
        if (polling != null) {
            polling.close();
        }
        if (remembering != null) {
            remembering.interrupt();
        }
        subscriptions.values().forEach(Subscription::close);
        subscriptions.clear();
    }

    /** Keeps one list by uid on the watching thread and hands copies over. */
    private final class Follower implements ObjectEvents {
        private final String key;
        private final Consumer<Map<String, ObjectNode>> found;
        private final Map<String, ObjectNode> objects = new LinkedHashMap<>();

        Follower(String key, Consumer<Map<String, ObjectNode>> found) {
            this.key = key;
            this.found = found;
        }

        @Override
        public void listed(List<ObjectNode> all) {
            objects.clear();
            new ArrayList<>(all).forEach(each -> objects.put(uid(each), each));
            tell();
        }

        @Override
        public void changed(ObjectNode each) {
            objects.put(uid(each), each);
            tell();
        }

        @Override
        public void removed(ObjectNode each) {
            objects.remove(uid(each));
            tell();
        }

        @Override
        public void connection(Connection state) {
            if (key.equals("self")) {
                batch.put("connection", () -> listener.connection(state));
            }
        }

        private void tell() {
            Map<String, ObjectNode> copy = new LinkedHashMap<>(objects);
            batch.put(
                    key,
                    () -> {
                        if (!closed) {
                            found.accept(copy);
                        }
                    });
        }

        private static String uid(ObjectNode each) {
            return Json.text(each, "metadata", "uid");
        }
    }
}
