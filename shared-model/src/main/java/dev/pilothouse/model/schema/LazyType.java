package dev.pilothouse.model.schema;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * A type as read, turned into a TypeSchema when it is first needed: a start needs few of the 771
 * types.
 */
final class LazyType {

    private final String name;
    private final SchemaLoader loader;
    private @Nullable ObjectNode data;
    private volatile @Nullable TypeSchema built;

    LazyType(String name, ObjectNode data, SchemaLoader loader) {
        this.name = name;
        this.data = data;
        this.loader = loader;
    }

    TypeSchema get() {
        TypeSchema type = built;
        return type != null ? type : build();
    }

    private synchronized TypeSchema build() {
        TypeSchema type = built;
        if (type == null) {
            ObjectNode source = data;
            if (source == null) {
                throw new IllegalStateException("type " + name + " has no data");
            }
            type = loader.buildType(name, source);
            built = type;
            data = null;
        }
        return type;
    }
}
