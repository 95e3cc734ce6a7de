package dev.pilothouse.ui.cluster;

import dev.pilothouse.model.json.Json;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Keeps a few whole objects live. For many objects there is {@link TableWatcher}. */
final class ObjectWatcher extends ListAndWatch {

    private final HttpCluster cluster;
    private final Kind kind;
    private final String namespace;
    private final String query;
    private final ObjectEvents events;

    private ObjectWatcher(
            HttpCluster cluster, Kind kind, String namespace, String query, ObjectEvents events) {
        super(cluster, "follow-" + kind.resource(), events::connection);
        this.cluster = cluster;
        this.kind = kind;
        this.namespace = namespace;
        this.query = query;
        this.events = events;
    }

    static ObjectWatcher start(
            HttpCluster cluster, Kind kind, String namespace, String query, ObjectEvents events) {
        var watcher = new ObjectWatcher(cluster, kind, namespace, query, events);
        watcher.begin();
        return watcher;
    }

    @Override
    String list() throws IOException, InterruptedException {
        List<ObjectNode> objects = new ArrayList<>();
        JsonNode part = cluster.list(kind, namespace, query, "");
        objects.addAll(Json.objects(part, "items"));
        for (String next = next(part); !next.isEmpty() && !isClosed(); next = next(part)) {
            part = cluster.list(kind, namespace, query, next);
            objects.addAll(Json.objects(part, "items"));
        }
        events.listed(objects.stream().map(kind::typed).toList());
        return Json.text(part, "metadata", "resourceVersion");
    }

    @Override
    HttpCluster.Watch watch(String revision) throws IOException, InterruptedException {
        return cluster.watchObjects(kind, namespace, query, revision);
    }

    @Override
    @Nullable String change(String type, JsonNode seen, String before) {
        if (!(seen instanceof ObjectNode object)) {
            return null;
        }
        switch (type) {
            case "DELETED" -> events.removed(object);
            case "BOOKMARK" -> {}
            default -> events.changed(object);
        }
        return Json.text(object, "metadata", "resourceVersion");
    }
}
