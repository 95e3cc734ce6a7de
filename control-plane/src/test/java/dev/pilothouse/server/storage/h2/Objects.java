package dev.pilothouse.server.storage.h2;

import dev.pilothouse.model.meta.GroupResource;
import dev.pilothouse.model.meta.ObjectKey;
import dev.pilothouse.server.storage.Durability;
import dev.pilothouse.server.storage.FieldExtractor;
import dev.pilothouse.server.storage.IndexFields;
import dev.pilothouse.server.storage.Provenance;
import dev.pilothouse.server.storage.Storage;
import dev.pilothouse.server.storage.StoredObject;
import dev.pilothouse.server.storage.WriteRequest;
import dev.pilothouse.server.storage.WriteRequest.Type;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Objects and writes for tests of the store. */
final class Objects {

    static final GroupResource PODS = new GroupResource("", "pods");
    static final GroupResource LEASES = new GroupResource("coordination.k8s.io", "leases");

    /** Takes the label {@code app} from the text. */
    static final FieldExtractor EXTRACTOR =
            (key, json) -> {
                String text = new String(json, StandardCharsets.UTF_8);
                int at = text.indexOf("\"app\":\"") + 7;
                String app = at < 7 ? "" : text.substring(at, text.indexOf('"', at));
                return IndexFields.of(Map.of("app", app), Map.of("metadata.name", key.name()));
            };

    private Objects() {}

    static ObjectKey pod(String namespace, String name) {
        return new ObjectKey(PODS, namespace, name);
    }

    static byte[] json(ObjectKey key, String app) {
        String text =
                "{\"kind\":\"Pod\",\"metadata\":{\"name\":\"%s\",\"namespace\":\"%s\",\"labels\":{\"app\":\"%s\"}}}"
                        .formatted(key.name(), key.namespace(), app);
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static WriteRequest request(
            Type type, ObjectKey key, long expected, String app, Durability durability) {
        byte[] json = json(key, app);
        return new WriteRequest(
                type,
                key,
                expected,
                json,
                EXTRACTOR.extract(key, json),
                durability,
                new Provenance("tester", "test " + app));
    }

    static StoredObject create(Storage store, ObjectKey key, String app) {
        return store.write(request(Type.CREATE, key, 0, app, Durability.STRICT)).join();
    }

    static StoredObject update(Storage store, StoredObject old, String app) {
        return store.write(request(Type.UPDATE, old.key(), old.revision(), app, Durability.STRICT))
                .join();
    }

    static StoredObject delete(Storage store, StoredObject old) {
        return store.write(
                        request(Type.DELETE, old.key(), old.revision(), "gone", Durability.STRICT))
                .join();
    }

    static String app(StoredObject object) {
        return String.valueOf(object.fields().label("app"));
    }

    static String text(StoredObject object) {
        return new String(object.json(), StandardCharsets.UTF_8);
    }
}
