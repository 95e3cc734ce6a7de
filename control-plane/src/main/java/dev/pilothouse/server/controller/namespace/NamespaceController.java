package dev.pilothouse.server.controller.namespace;

import dev.pilothouse.model.client.ApiClient;
import dev.pilothouse.model.client.ApiResource;
import dev.pilothouse.model.informer.Delta;
import dev.pilothouse.model.informer.Lister;
import dev.pilothouse.model.json.Json;
import dev.pilothouse.model.meta.ApiException;
import dev.pilothouse.model.meta.GroupVersionResource;
import dev.pilothouse.model.meta.ObjectMeta;
import dev.pilothouse.model.meta.StatusReason;
import dev.pilothouse.server.controller.Component;
import dev.pilothouse.server.controller.Controller;
import dev.pilothouse.server.controller.Delays;
import dev.pilothouse.server.controller.Result;
import dev.pilothouse.server.controller.WorkQueue;
import dev.pilothouse.server.controller.kinds.ObjectWatch;
import dev.pilothouse.server.controller.kinds.ServedKinds;
import dev.pilothouse.server.controller.namespace.NamespaceContent.Outcome;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Deletes all that is in a namespace that is going away, says in its status what is still there and
 * why, and takes the finalizer {@code kubernetes} from its spec when nothing is. Looks again when
 * the last object of a kind has gone. Source: pkg/controller/namespace.
 */
public final class NamespaceController implements Component {

    /** Its service account. */
    public static final String NAME = "namespace-controller";

    /** The namespaces. */
    public static final GroupVersionResource NAMESPACES =
            new GroupVersionResource("", "v1", "namespaces");

    private static final String FINALIZER = "kubernetes";
    private static final int WORKERS = 10;

    private final ApiClient client;
    private final ObjectWatch objects;
    private final Lister<ObjectMeta> namespaces;
    private final NamespaceContent content;
    private final NamespaceConditions conditions;
    private final WorkQueue<String> queue;
    private final Controller<String> controller;

    /**
     * A controller that is not started.
     *
     * @param client acts as {@link #NAME}
     * @param kinds what is served
     * @param objects tells when objects have gone; not started yet
     * @param namespaces the namespaces that there are
     */
    public NamespaceController(
            ApiClient client,
            ServedKinds kinds,
            ObjectWatch objects,
            Lister<ObjectMeta> namespaces,
            Delays delays,
            InstantSource clock) {
        this.client = client;
        this.objects = objects;
        this.namespaces = namespaces;
        this.content = new NamespaceContent(client, kinds, objects);
        this.conditions = new NamespaceConditions(clock);
        this.queue = new WorkQueue<>(delays, clock);
        this.controller = new Controller<>(NAME, WORKERS, queue, this::reconcile);
        objects.addHandler(this::changed);
    }

    @Override
    public void start() {
        controller.start();
    }

    @Override
    public void close() {
        controller.close();
    }

    private void changed(ApiResource kind, Delta<ObjectMeta> delta) {
        ObjectMeta object = delta.object();
        if (kind.resource().equals(NAMESPACES)) {
            if (object.deleting() && !(delta instanceof Delta.Deleted<ObjectMeta>)) {
                queue.add(object.name());
            }
            return;
        }
        if (delta instanceof Delta.Deleted<ObjectMeta> && !object.namespace().isEmpty()) {
            ObjectMeta namespace = namespaces.get("", object.namespace());
            if (namespace != null
                    && namespace.deleting()
                    && objects.isEmpty(kind, object.namespace())) {
                queue.add(object.namespace());
            }
        }
    }

    private Result reconcile(String name) {
        ObjectNode namespace = find(name);
        if (namespace == null || Json.text(namespace, "metadata", "deletionTimestamp").isEmpty()) {
            return Result.DONE;
        }
        if (!holds(namespace)) {
            return Result.DONE;
        }
        Outcome outcome = content.deleteAll(name);
        ObjectNode changed = conditions.apply(namespace, outcome);
        if (changed != null) {
            namespace = client.resource(NAMESPACES).update(changed, "status");
        }
        if (!outcome.failures().isEmpty()) {
            return new Result.Retry(outcome.failures().getFirst());
        }
        if (!outcome.remaining().isEmpty()) {
            return outcome.noticed()
                    ? Result.DONE
                    : new Result.RequeueAfter(NamespaceContent.UNNOTICED_DELAY);
        }
        release(namespace);
        return Result.DONE;
    }

    private @Nullable ObjectNode find(String name) {
        try {
            return client.resource(NAMESPACES).get("", name);
        } catch (ApiException e) {
            if (e.reason() == StatusReason.NOT_FOUND) {
                return null;
            }
            throw e;
        }
    }

    private void release(ObjectNode namespace) {
        ArrayNode kept = Json.array();
        for (String finalizer : finalizers(namespace)) {
            if (!finalizer.equals(FINALIZER)) {
                kept.add(finalizer);
            }
        }
        Json.child(namespace, "spec").set("finalizers", kept);
        try {
            client.resource(NAMESPACES).update(namespace, "finalize");
        } catch (ApiException e) {
            if (e.reason() != StatusReason.NOT_FOUND) {
                throw e;
            }
        }
    }

    private static boolean holds(ObjectNode namespace) {
        return finalizers(namespace).contains(FINALIZER);
    }

    private static List<String> finalizers(ObjectNode namespace) {
        List<String> finalizers = new ArrayList<>();
        ArrayNode array = Json.arrayAt(namespace, "spec", "finalizers");
        if (array != null) {
            array.forEach(finalizer -> finalizers.add(finalizer.asString("")));
        }
        return finalizers;
    }
}
