package dev.pilothouse.model.patch;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.model.meta.ApiException;
import dev.pilothouse.model.schema.TypeSchema;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A set of field paths, as managed fields own them: a trie whose branches are sorted. Immutable and
 * thread-safe. The semantics are those of structured-merge-diff's fieldpath.Set.
 */
public final class FieldSet {

    private static final FieldSet EMPTY = new FieldSet(false, new PathElement[0], new FieldSet[0]);
    private static final FieldSet LEAF = new FieldSet(true, new PathElement[0], new FieldSet[0]);

    private final boolean member;
    private final PathElement[] names;
    private final FieldSet[] children;

    private FieldSet(boolean member, PathElement[] names, FieldSet[] children) {
        this.member = member;
        this.names = names;
        this.children = children;
    }

    /** The set of no path. */
    public static FieldSet empty() {
        return EMPTY;
    }

    /** The set that has only the path to where it hangs. */
    static FieldSet leaf() {
        return LEAF;
    }

    /** All fields that an applier of this object owns. */
    public static FieldSet of(ObjectNode object, TypeSchema type) {
        return FieldSetBuilder.build(object, Shape.of(type));
    }

    /**
     * Reads the value of a managed fields entry's {@code fieldsV1}.
     *
     * @throws ApiException 400 when it is malformed
     */
    public static FieldSet fromFieldsV1(JsonNode fields) {
        if (!fields.isObject()) {
            throw ApiException.badRequest("fieldsV1 must be an object");
        }
        Builder builder = new Builder();
        for (Map.Entry<String, JsonNode> entry : fields.properties()) {
            if (entry.getKey().equals(".")) {
                builder.addSelf();
            } else {
                PathElement name = PathElement.parse(entry.getKey());
                FieldSet child = fromFieldsV1(entry.getValue());
                // "f:x": {} means that x itself is in the set.
                builder.add(name, child.isEmpty() ? LEAF : child);
            }
        }
        return builder.build();
    }

    /** The value of {@code fieldsV1}, in the order Kubernetes writes it. */
    public ObjectNode toFieldsV1() {
        ObjectNode fields = Json.object();
        if (member) {
            fields.putObject(".");
        }
        for (int i = 0; i < names.length; i++) {
            FieldSet child = children[i];
            fields.set(
                    names[i].wire(), child.names.length == 0 ? Json.object() : child.toFieldsV1());
        }
        return fields;
    }

    /** Whether it has no path. */
    public boolean isEmpty() {
        return !member && names.length == 0;
    }

    boolean hasSelf() {
        return member;
    }

    int size() {
        return names.length;
    }

    PathElement name(int index) {
        return names[index];
    }

    FieldSet child(int index) {
        return children[index];
    }

    /** What is in the set below that element; empty when nothing is. */
    FieldSet below(PathElement name) {
        int index = Arrays.binarySearch(names, name);
        return index < 0 ? EMPTY : children[index];
    }

    /** The paths that are in either. */
    public FieldSet union(FieldSet other) {
        if (other.isEmpty()) {
            return this;
        }
        if (isEmpty()) {
            return other;
        }
        Builder result = new Builder();
        if (member || other.member) {
            result.addSelf();
        }
        int i = 0;
        int j = 0;
        while (i < names.length || j < other.names.length) {
            int order = order(i, other, j);
            if (order < 0) {
                result.add(names[i], children[i++]);
            } else if (order > 0) {
                result.add(other.names[j], other.children[j++]);
            } else {
                result.add(names[i], children[i++].union(other.children[j++]));
            }
        }
        return result.build();
    }

    /** The paths of this set that are not in the other. */
    public FieldSet difference(FieldSet other) {
        if (isEmpty() || other.isEmpty()) {
            return this;
        }
        Builder result = new Builder();
        if (member && !other.member) {
            result.addSelf();
        }
        for (int i = 0; i < names.length; i++) {
            result.add(names[i], children[i].difference(other.below(names[i])));
        }
        return result.build();
    }

    /** The paths that are in both. */
    public FieldSet intersection(FieldSet other) {
        if (isEmpty() || other.isEmpty()) {
            return EMPTY;
        }
        Builder result = new Builder();
        if (member && other.member) {
            result.addSelf();
        }
        for (int i = 0; i < names.length; i++) {
            result.add(names[i], children[i].intersection(other.below(names[i])));
        }
        return result.build();
    }

    /** Whether every path of the other set is in this one. */
    public boolean contains(FieldSet other) {
        if (other.member && !member) {
            return false;
        }
        for (int i = 0; i < other.names.length; i++) {
            if (!below(other.names[i]).contains(other.children[i])) {
                return false;
            }
        }
        return true;
    }

    /**
     * This set with the struct fields on the way to its paths as members too; map keys and list
     * items on the way are left out. Removal needs it, because a struct field has no owner of its
     * own.
     */
    FieldSet withStructFields(Shape shape) {
        if (names.length == 0) {
            return this;
        }
        Builder result = new Builder();
        if (member) {
            result.addSelf();
        }
        for (int i = 0; i < names.length; i++) {
            FieldSet child = children[i].withStructFields(shape.below(names[i]));
            boolean struct = names[i].isField() && shape.declares(names[i].fieldName());
            result.add(names[i], struct ? child.union(LEAF) : child);
        }
        return result.build();
    }

    /** The paths in order, as messages write them: {@code .spec.containers[name="nginx"].image}. */
    public List<String> paths() {
        List<String> paths = new ArrayList<>();
        collect(new StringBuilder(), paths);
        return paths;
    }

    private void collect(StringBuilder path, List<String> paths) {
        if (member) {
            paths.add(path.toString());
        }
        int length = path.length();
        for (int i = 0; i < names.length; i++) {
            path.append(names[i]);
            children[i].collect(path, paths);
            path.setLength(length);
        }
    }

    private int order(int index, FieldSet other, int otherIndex) {
        if (index == names.length) {
            return 1;
        }
        return otherIndex == other.names.length
                ? -1
                : names[index].compareTo(other.names[otherIndex]);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof FieldSet set
                && set.member == member
                && Arrays.equals(set.names, names)
                && Arrays.equals(set.children, children);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(names) + Arrays.hashCode(children) + (member ? 1 : 0);
    }

    @Override
    public String toString() {
        return String.join(" ", paths());
    }

    /** Collects one level of a set in any order; equal names are united. */
    static final class Builder {

        private static final PathElement[] NO_NAMES = {};
        private static final FieldSet[] NO_CHILDREN = {};

        /** Beyond so many branches insertion takes too long. */
        private static final int MANY = 64;

        private boolean self;
        private boolean sorted = true;
        private int size;
        private PathElement[] names;
        private FieldSet[] children;

        Builder() {
            this(0);
        }

        /** A builder that expects so many branches. */
        Builder(int expected) {
            names = expected == 0 ? NO_NAMES : new PathElement[expected];
            children = expected == 0 ? NO_CHILDREN : new FieldSet[expected];
        }

        void addSelf() {
            self = true;
        }

        /** Adds a branch unless it is empty. */
        void add(PathElement name, FieldSet child) {
            if (child.isEmpty()) {
                return;
            }
            if (size == names.length) {
                int larger = Math.max(8, 2 * size);
                names = Arrays.copyOf(names, larger);
                children = Arrays.copyOf(children, larger);
            }
            sorted &= size == 0 || names[size - 1].compareTo(name) < 0;
            names[size] = name;
            children[size++] = child;
        }

        /** The set; the builder is not to be used any more. */
        FieldSet build() {
            if (size == 0) {
                return self ? LEAF : EMPTY;
            }
            if (!sorted) {
                if (size > MANY) {
                    sortMany();
                }
                insertInOrder();
            }
            return new FieldSet(self, exact(names), exact(children));
        }

        private <T> T[] exact(T[] array) {
            return array.length == size ? array : Arrays.copyOf(array, size);
        }

        /** Sorts long levels, which then are only to be looked at for equal names. */
        private void sortMany() {
            Integer[] order = new Integer[size];
            Arrays.setAll(order, Integer::valueOf);
            PathElement[] unsorted = names;
            Arrays.sort(order, Comparator.comparing(i -> unsorted[i]));
            FieldSet[] of = children;
            names = new PathElement[size];
            children = new FieldSet[size];
            for (int i = 0; i < size; i++) {
                names[i] = unsorted[order[i]];
                children[i] = of[order[i]];
            }
        }

        /** Sorts by insertion, and unites what has the same name. */
        private void insertInOrder() {
            int count = 1;
            for (int i = 1; i < size; i++) {
                PathElement name = names[i];
                FieldSet child = children[i];
                int found = Arrays.binarySearch(names, 0, count, name);
                if (found >= 0) {
                    children[found] = children[found].union(child);
                    continue;
                }
                int at = -found - 1;
                System.arraycopy(names, at, names, at + 1, count - at);
                System.arraycopy(children, at, children, at + 1, count - at);
                names[at] = name;
                children[at] = child;
                count++;
            }
            size = count;
        }
    }
}
