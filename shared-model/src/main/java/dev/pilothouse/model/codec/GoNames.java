package dev.pilothouse.model.codec;

import dev.pilothouse.model.schema.FieldType;
import dev.pilothouse.model.schema.FieldType.ListOf;
import dev.pilothouse.model.schema.FieldType.MapOf;
import dev.pilothouse.model.schema.FieldType.Ref;
import dev.pilothouse.model.schema.FieldType.Scalar;

/** Names of types as Go prints them in error messages. */
final class GoNames {

    private GoNames() {}

    /** {@code DeploymentSpec} for {@code apps.v1.DeploymentSpec}. */
    static String simple(String typeName) {
        return typeName.substring(typeName.lastIndexOf('.') + 1);
    }

    /** For example {@code []v1.Container} or {@code map[string]string}. */
    static String of(FieldType type) {
        return switch (type) {
            case Scalar scalar -> scalar(scalar);
            case ListOf list -> "[]" + of(list.element());
            case MapOf map -> "map[string]" + of(map.value());
            case Ref ref -> qualified(ref);
        };
    }

    private static String qualified(Ref ref) {
        String name = ref.name();
        int last = name.lastIndexOf('.');
        return name.substring(name.lastIndexOf('.', last - 1) + 1);
    }

    private static String scalar(Scalar scalar) {
        return switch (scalar) {
            case STRING, TIME -> "string";
            case INT32, INT_OR_STRING -> "int32";
            case INT64, INTEGER -> "int64";
            case DOUBLE, NUMBER -> "float64";
            case BOOLEAN -> "bool";
            case BYTES -> "[]uint8";
            case OBJECT -> "map[string]interface {}";
            case ANY -> "interface {}";
        };
    }
}
