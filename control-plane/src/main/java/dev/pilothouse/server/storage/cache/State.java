package dev.pilothouse.server.storage.cache;

import dev.pilothouse.model.meta.ObjectKey;
import dev.pilothouse.server.storage.StoredObject;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Everything there is at one revision. Immutable; replaced as a whole, so readers always see a
 * state that really was.
 *
 * @param revision the revision
 * @param maps the objects of each resource at its {@link Catalog} number; may be shorter
 */
record State(long revision, ObjectMap[] maps) {

    ObjectMap map(int resource) {
        return resource < maps.length ? maps[resource] : ObjectMap.EMPTY;
    }

    /** A copy to change. For one thread. */
    static final class Draft {

        private final Catalog catalog;
        private ObjectMap[] maps;

        Draft(State state, Catalog catalog) {
            this.maps = state.maps.clone();
            this.catalog = catalog;
        }

        @Nullable StoredObject get(ObjectKey key) {
            int resource = catalog.number(key.resource());
            return resource < maps.length ? maps[resource].get(key) : null;
        }

        void put(StoredObject object) {
            int resource = catalog.number(object.key().resource());
            grow(resource);
            maps[resource] = maps[resource].with(object);
        }

        void remove(ObjectKey key) {
            int resource = catalog.number(key.resource());
            grow(resource);
            maps[resource] = maps[resource].without(key);
        }

        /** The state with these changes; the draft must not be used any more. */
        State at(long revision) {
            return new State(revision, maps);
        }

        private void grow(int resource) {
            int length = maps.length;
            if (resource >= length) {
                maps = Arrays.copyOf(maps, resource + 8);
                Arrays.fill(maps, length, maps.length, ObjectMap.EMPTY);
            }
        }
    }
}
