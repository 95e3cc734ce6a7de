package dev.pilothouse.model.schema;

import dev.pilothouse.model.json.Json;
import org.jspecify.annotations.Nullable;

/**
 * A place in the data, read and turned into a TypeSchema when it is first needed: a start needs few
 * of the 771 types.
 */
final class LazyType {

    private final String name;
    private final byte[] json;
    private final int start;
    private final int end;
    private final SchemaLoader loader;
    private volatile @Nullable TypeSchema built;

    LazyType(String name, byte[] json, int start, int end, SchemaLoader loader) {
        this.name = name;
        this.json = json;
        this.start = start;
        this.end = end;
        this.loader = loader;
    }

    TypeSchema get() {
        TypeSchema type = built;
        return type != null ? type : build();
    }

    private synchronized TypeSchema build() {
        TypeSchema type = built;
        if (type == null) {
            type = loader.buildType(name, Json.parse(json, start, end - start));
            built = type;
        }
        return type;
    }
}
