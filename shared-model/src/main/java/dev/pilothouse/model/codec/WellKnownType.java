package dev.pilothouse.model.codec;

/**
 * Types whose JSON and protobuf forms have nothing in common. Source: the custom marshalling of
 * apimachinery and apiextensions.
 */
enum WellKnownType {
    TIME,
    MICRO_TIME,
    QUANTITY,
    INT_OR_STRING,
    /** A message with JSON bytes in field 1: RawExtension, FieldsV1 and apiextensions' JSON. */
    RAW_JSON,
    SCHEMA_OR_ARRAY,
    SCHEMA_OR_BOOL,
    SCHEMA_OR_STRINGS,
    /** A message without fields of its own. */
    EMPTY,
    /** Nothing special. */
    NONE;

    /** The well-known type of that schema name. */
    static WellKnownType of(String typeName) {
        return switch (typeName) {
            case "meta.v1.Time" -> TIME;
            case "meta.v1.MicroTime" -> MICRO_TIME;
            case "apimachinery.api.resource.Quantity" -> QUANTITY;
            case "apimachinery.util.intstr.IntOrString" -> INT_OR_STRING;
            case "apimachinery.runtime.RawExtension", "meta.v1.FieldsV1", "apiextensions.v1.JSON" ->
                    RAW_JSON;
            case "apiextensions.v1.JSONSchemaPropsOrArray" -> SCHEMA_OR_ARRAY;
            case "apiextensions.v1.JSONSchemaPropsOrBool" -> SCHEMA_OR_BOOL;
            case "apiextensions.v1.JSONSchemaPropsOrStringArray" -> SCHEMA_OR_STRINGS;
            case "apiextensions.v1.CustomResourceSubresourceStatus",
                    "apiserverinternal.v1alpha1.StorageVersionSpec",
                    "scheduling.v1alpha2.BasicSchedulingPolicy",
                    "meta.v1.Patch" ->
                    EMPTY;
            default -> NONE;
        };
    }
}
