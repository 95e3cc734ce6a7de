package dev.pilothouse.model.schema;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The type of a field. */
public sealed interface FieldType {

    /** Types without structure. */
    enum Scalar implements FieldType {
        STRING,
        INT32,
        INT64,
        /** A whole number of unstated width. */
        INTEGER,
        DOUBLE,
        /** A number of unstated kind. */
        NUMBER,
        BOOLEAN,
        /** Base64 text of bytes. */
        BYTES,
        /** RFC 3339 text; see the referring type's name for Time or MicroTime. */
        TIME,
        INT_OR_STRING,
        /** An object of any content. */
        OBJECT,
        /** Any JSON value. */
        ANY
    }

    /**
     * A list.
     *
     * @param element type of its elements
     */
    record ListOf(FieldType element) implements FieldType {}

    /**
     * A map from text.
     *
     * @param value type of its values
     */
    record MapOf(FieldType value) implements FieldType {}

    /**
     * A named or nested type; resolved on first use because types refer to each other in cycles.
     */
    final class Ref implements FieldType {
        private final String name;
        private final Supplier<TypeSchema> target;

        // Always the same, so that it does no harm when two threads find it.
        private volatile @Nullable TypeSchema found;

        /** Refers to a type by name; {@code target} finds it. */
        public Ref(String name, Supplier<TypeSchema> target) {
            this.name = name;
            this.target = target;
        }

        /** The type's name, for example {@code core.v1.PodSpec}. */
        public String name() {
            return name;
        }

        /** The type itself. */
        public TypeSchema target() {
            TypeSchema known = found;
            if (known == null) {
                known = target.get();
                found = known;
            }
            return known;
        }

        @Override
        public String toString() {
            return "@" + name;
        }
    }
}
