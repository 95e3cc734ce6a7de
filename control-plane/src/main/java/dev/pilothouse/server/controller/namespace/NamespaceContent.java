package dev.pilothouse.server.controller.namespace;

import dev.pilothouse.model.client.ApiClient;
import dev.pilothouse.model.client.ApiResource;
import dev.pilothouse.model.client.DeleteOptions;
import dev.pilothouse.model.client.DeleteOptions.Propagation;
import dev.pilothouse.model.client.ListOptions;
import dev.pilothouse.model.client.ResourceClient;
import dev.pilothouse.model.meta.ApiException;
import dev.pilothouse.model.meta.GroupResource;
import dev.pilothouse.model.meta.ObjectMeta;
import dev.pilothouse.model.meta.StatusReason;
import dev.pilothouse.server.controller.kinds.ObjectWatch;
import dev.pilothouse.server.controller.kinds.ServedKinds;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.node.ObjectNode;

/**
 * Deletes all that is in a namespace: the pods first, the rest when those have gone (KEP-5080), so
 * that nothing that guards a pod goes before it.
 */
final class NamespaceContent {

    /** When to look again at objects whose end nothing tells. */
    static final Duration UNNOTICED_DELAY = Duration.ofSeconds(8);

    private static final GroupResource PODS = new GroupResource("", "pods");

    private final ApiClient client;
    private final ServedKinds kinds;
    private final ObjectWatch objects;

    NamespaceContent(ApiClient client, ServedKinds kinds, ObjectWatch objects) {
        this.client = client;
        this.kinds = kinds;
        this.objects = objects;
    }

    /**
     * What came of it.
     *
     * @param stale groups and versions of which the server does not know what is in them
     * @param failures why kinds could not be deleted
     * @param remaining how many objects are left, by resource
     * @param finalizers how many objects each finalizer holds
     * @param noticed whether it will be noticed when the remaining objects have gone
     */
    record Outcome(
            List<String> stale,
            List<String> failures,
            Map<GroupResource, Integer> remaining,
            Map<String, Integer> finalizers,
            boolean noticed) {}

    /** Deletes what can be deleted now. */
    Outcome deleteAll(String namespace) {
        List<String> stale = kinds.stale();
        List<String> failures = new ArrayList<>();
        stale.forEach(version -> failures.add("stale GroupVersion discovery: " + version));
        Map<GroupResource, Integer> remaining = new TreeMap<>();
        Map<String, Integer> finalizers = new TreeMap<>();
        boolean noticed = true;
        for (ApiResource kind : podsFirst()) {
            try {
                int left = delete(kind, namespace, finalizers);
                if (left > 0) {
                    remaining.put(kind.resource().groupResource(), left);
                    noticed &= objects.watches(kind);
                    if (kind.resource().groupResource().equals(PODS)) {
                        break;
                    }
                }
            } catch (ApiException e) {
                if (e.reason() != StatusReason.METHOD_NOT_ALLOWED
                        && e.reason() != StatusReason.NOT_FOUND) {
                    failures.add(kind.resource() + ": " + e.getMessage());
                }
            }
        }
        return new Outcome(stale, failures, remaining, finalizers, noticed);
    }

    private List<ApiResource> podsFirst() {
        List<ApiResource> order = new ArrayList<>();
        for (ApiResource kind : kinds.preferred()) {
            if (kind.namespaced() && kind.can("list", "delete")) {
                if (kind.resource().groupResource().equals(PODS)) {
                    order.addFirst(kind);
                } else {
                    order.add(kind);
                }
            }
        }
        return order;
    }

    /** Returns how many objects of a kind are left, and counts what holds them. */
    private int delete(ApiResource kind, String namespace, Map<String, Integer> finalizers) {
        ResourceClient resource = client.metadata(kind.resource());
        List<ObjectNode> items = resource.list(ListOptions.in(namespace)).items();
        if (items.isEmpty()) {
            return 0;
        }
        DeleteOptions background = DeleteOptions.of(Propagation.BACKGROUND);
        if (kind.can("deletecollection")) {
            resource.deleteCollection(ListOptions.in(namespace), background);
        } else {
            items.forEach(item -> deleteOne(resource, ObjectMeta.of(item), background));
        }
        List<ObjectNode> left = resource.list(ListOptions.in(namespace)).items();
        for (ObjectNode item : left) {
            ObjectMeta.of(item)
                    .finalizers()
                    .forEach(name -> finalizers.merge(name, 1, Integer::sum));
        }
        return left.size();
    }

    private static void deleteOne(
            ResourceClient resource, ObjectMeta object, DeleteOptions options) {
        try {
            resource.delete(object.namespace(), object.name(), options);
        } catch (ApiException e) {
            if (e.reason() != StatusReason.NOT_FOUND) {
                throw e;
            }
        }
    }
}
