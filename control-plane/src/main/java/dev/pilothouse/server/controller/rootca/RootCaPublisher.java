package dev.pilothouse.server.controller.rootca;

import dev.pilothouse.model.client.ApiClient;
import dev.pilothouse.model.client.ListOptions;
import dev.pilothouse.model.informer.CachedObject;
import dev.pilothouse.model.informer.Delta;
import dev.pilothouse.model.informer.Informer;
import dev.pilothouse.model.json.Json;
import dev.pilothouse.model.meta.ApiException;
import dev.pilothouse.model.meta.GroupVersionResource;
import dev.pilothouse.model.meta.ObjectMeta;
import dev.pilothouse.server.controller.Component;
import dev.pilothouse.server.controller.Controller;
import dev.pilothouse.server.controller.Creation;
import dev.pilothouse.server.controller.Delays;
import dev.pilothouse.server.controller.Result;
import dev.pilothouse.server.controller.WorkQueue;
import java.time.InstantSource;
import tools.jackson.databind.node.ObjectNode;

/**
 * Keeps the ConfigMap {@code kube-root-ca.crt} in every namespace, by which pods know the API
 * server. Source: pkg/controller/certificates/rootcacertpublisher.
 */
public final class RootCaPublisher implements Component {

    /** Its service account. */
    public static final String NAME = "root-ca-cert-publisher";

    /** The config maps. */
    public static final GroupVersionResource CONFIG_MAPS =
            new GroupVersionResource("", "v1", "configmaps");

    private static final String MAP = "kube-root-ca.crt";
    private static final String KEY = "ca.crt";
    private static final String DESCRIPTION = "kubernetes.io/description";
    private static final String WHAT =
            "The certificate authority of this cluster's API server, for clients inside the cluster.";

    /** Which config maps the publisher's informer must select. */
    public static final ListOptions PUBLISHED = ListOptions.ALL.withFields("metadata.name=" + MAP);

    private final ApiClient client;
    private final Informer<ObjectMeta> namespaces;
    private final Informer<CachedObject> maps;
    private final String authority;
    private final WorkQueue<String> queue;
    private final Controller<String> controller;

    /**
     * A controller that is not started.
     *
     * @param client acts as {@link #NAME}
     * @param maps the config maps that {@link #PUBLISHED} selects
     * @param authority the authority's certificate as PEM
     */
    public RootCaPublisher(
            ApiClient client,
            Informer<ObjectMeta> namespaces,
            Informer<CachedObject> maps,
            String authority,
            Delays delays,
            InstantSource clock) {
        this.client = client;
        this.namespaces = namespaces;
        this.maps = maps;
        this.authority = authority;
        this.queue = new WorkQueue<>(delays, clock);
        this.controller = new Controller<>(NAME, 1, queue, this::reconcile);
    }

    @Override
    public void start() {
        namespaces.addHandler(delta -> {
            if (!(delta instanceof Delta.Deleted<ObjectMeta>)) {
                queue.add(delta.object().name());
            }
        });
        maps.addHandler(delta -> queue.add(delta.object().meta().namespace()));
        // Before all maps are known, every namespace would seem to have none.
        var _ = maps.synced().thenRun(controller::start);
    }

    @Override
    public void close() {
        controller.close();
    }

    private Result reconcile(String namespace) {
        ObjectMeta found = namespaces.lister().get("", namespace);
        if (found == null || found.deleting()) {
            return Result.DONE;
        }
        CachedObject present = maps.lister().get(namespace, MAP);
        try {
            if (present == null) {
                client.resource(CONFIG_MAPS).create(fill(typed(Json.object()), namespace));
                return Result.DONE;
            }
            // Items of lists do not say what they are.
            ObjectNode map = typed(present.tree());
            ObjectNode wanted = fill(map.deepCopy(), namespace);
            if (!wanted.equals(map)) {
                client.resource(CONFIG_MAPS).update(wanted);
            }
        } catch (ApiException e) {
            if (Creation.isSettled(e)) {
                return Result.DONE;
            }
            throw e;
        }
        return Result.DONE;
    }

    private ObjectNode fill(ObjectNode map, String namespace) {
        ObjectNode metadata = Json.child(map, "metadata");
        metadata.put("namespace", namespace).put("name", MAP);
        Json.child(metadata, "annotations").put(DESCRIPTION, WHAT);
        map.putObject("data").put(KEY, authority);
        return map;
    }

    private static ObjectNode typed(ObjectNode map) {
        map.put("kind", "ConfigMap");
        map.put("apiVersion", "v1");
        return map;
    }
}
