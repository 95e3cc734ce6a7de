package dev.pilothouse.model.client;

import dev.pilothouse.model.json.Json;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/**
 * A list of objects, or a page of one.
 *
 * @param items the objects, as they stood in the list: built-in servers leave out their kind and
 *     apiVersion
 * @param resourceVersion the revision of the list
 * @param continueToken where the next page begins, empty on the last one
 * @param remaining how many objects follow, 0 when the server does not say
 */
public record ObjectList(
        List<ObjectNode> items, String resourceVersion, String continueToken, long remaining) {

    static ObjectList of(ObjectNode json) {
        return new ObjectList(
                Json.objects(json, "items"),
                Json.text(json, "metadata", "resourceVersion"),
                Json.text(json, "metadata", "continue"),
                Json.number(json, 0, "metadata", "remainingItemCount"));
    }
}
