package dev.pilothouse.model.informer;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.model.meta.ObjectMeta;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** An object kept as bytes beside the part of its metadata that is asked for most. Immutable. */
public final class CachedObject {

    private final ObjectMeta meta;
    private final byte[] json;

    private CachedObject(ObjectMeta meta, byte[] json) {
        this.meta = meta;
        this.json = json;
    }

    /** Keeps an object. */
    public static CachedObject of(ObjectNode object) {
        return new CachedObject(ObjectMeta.of(object), Json.bytes(object));
    }

    /** Part of its metadata. */
    public ObjectMeta meta() {
        return meta;
    }

    /** The object as a new tree, which belongs to the caller. */
    public ObjectNode tree() {
        return Json.parseObject(json);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof CachedObject that
                && meta.equals(that.meta)
                && Arrays.equals(json, that.json);
    }

    @Override
    public int hashCode() {
        return meta.hashCode();
    }
}
