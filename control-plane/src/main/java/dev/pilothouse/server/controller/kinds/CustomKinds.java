package dev.pilothouse.server.controller.kinds;

import dev.pilothouse.model.client.ApiClient;
import dev.pilothouse.model.informer.Informer;
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
import java.time.InstantSource;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ObjectNode;

/**
 * Has {@link ServedKinds} look again when custom resource definitions come, change or go, until
 * what is served is what they say.
 */
public final class CustomKinds implements Component {

    /** The definitions. */
    public static final GroupVersionResource DEFINITIONS =
            new GroupVersionResource("apiextensions.k8s.io", "v1", "customresourcedefinitions");

    private final ApiClient client;
    private final ServedKinds kinds;
    private final Informer<ObjectMeta> definitions;
    private final WorkQueue<String> queue;
    private final Controller<String> controller;

    /** Follows the definitions of an informer. */
    public CustomKinds(
            ApiClient client,
            ServedKinds kinds,
            Informer<ObjectMeta> definitions,
            Delays delays,
            InstantSource clock) {
        this.client = client;
        this.kinds = kinds;
        this.definitions = definitions;
        this.queue = new WorkQueue<>(delays, clock);
        this.controller = new Controller<>("custom-kinds", 1, queue, this::reconcile);
    }

    @Override
    public void start() {
        definitions.addHandler(delta -> queue.add(delta.object().name()));
        controller.start();
    }

    @Override
    public void close() {
        controller.close();
    }

    private Result reconcile(String name) {
        kinds.refresh();
        ObjectNode definition;
        try {
            definition = client.resource(DEFINITIONS).get("", name);
        } catch (ApiException e) {
            if (e.reason() == StatusReason.NOT_FOUND) {
                return served(name).isEmpty() ? Result.DONE : new Result.Retry("still served");
            }
            throw e;
        }
        return !established(definition) || served(name).equals(wanted(definition))
                ? Result.DONE
                : new Result.Retry("not served as defined yet");
    }

    private Set<String> served(String definition) {
        return kinds.all().stream()
                .filter(kind -> kind.resource().groupResource().toString().equals(definition))
                .map(kind -> kind.resource().version())
                .collect(Collectors.toSet());
    }

    private static Set<String> wanted(ObjectNode definition) {
        return Json.objects(definition, "spec", "versions").stream()
                .filter(version -> Json.bool(version, "served"))
                .map(version -> Json.text(version, "name"))
                .collect(Collectors.toSet());
    }

    private static boolean established(ObjectNode definition) {
        return Json.objects(definition, "status", "conditions").stream()
                .anyMatch(condition ->
                        Json.text(condition, "type").equals("Established")
                                && Json.text(condition, "status").equals("True"));
    }
}
