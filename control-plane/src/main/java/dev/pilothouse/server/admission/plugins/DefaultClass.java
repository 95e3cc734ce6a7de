package dev.pilothouse.server.admission.plugins;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.model.meta.GroupResource;
import dev.pilothouse.server.storage.Storage;
import dev.pilothouse.server.storage.StoredObject;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Finds the class that an annotation marks as the default. */
final class DefaultClass {

    private DefaultClass() {}

    /**
     * The name of the newest class with the annotation, the first by name among equals; null when
     * there is none.
     */
    static @Nullable String find(Storage storage, GroupResource classes, String annotation) {
        ObjectNode best = null;
        Iterator<StoredObject> all = storage.snapshot(classes).iterate("", null, null);
        while (all.hasNext()) {
            ObjectNode candidate = Json.parseObject(all.next().json());
            if (Json.text(candidate, "metadata", "annotations", annotation).equals("true")
                    && (best == null || created(candidate).compareTo(created(best)) > 0)) {
                best = candidate;
            }
        }
        return best == null ? null : Json.text(best, "metadata", "name");
    }

    private static String created(ObjectNode object) {
        return Json.text(object, "metadata", "creationTimestamp");
    }
}
