package dev.pilothouse.model.codec;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import dev.pilothouse.model.json.Json;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The JSON of a generated message by its descriptor alone, without our schema data. */
final class OracleJson {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    /** Message fields whose fields Go's JSON shows in the message around them. */
    private static final Set<String> INLINED =
            Set.of(
                    "volumeSource",
                    "persistentVolumeSource",
                    "handler",
                    "localObjectReference",
                    "ephemeralContainerCommon",
                    "ruleWithOperations",
                    "rule",
                    "ingressRuleValue",
                    "deviceConfiguration");

    private OracleJson() {}

    static ObjectNode of(Message message) {
        ObjectNode json = Json.object();
        addFields(message, json);
        return json;
    }

    private static void addFields(Message message, ObjectNode json) {
        for (Map.Entry<FieldDescriptor, Object> entry : message.getAllFields().entrySet()) {
            FieldDescriptor field = entry.getKey();
            if (field.isMapField()) {
                addMap(json.putObject(name(field)), (List<?>) entry.getValue());
            } else if (field.isRepeated()) {
                ArrayNode array = json.putArray(name(field));
                ((List<?>) entry.getValue()).forEach(value -> array.add(value(value)));
            } else if (entry.getValue() instanceof Message nested
                    && INLINED.contains(field.getName())) {
                addFields(nested, json);
            } else {
                json.set(name(field), value(entry.getValue()));
            }
        }
    }

    private static void addMap(ObjectNode json, List<?> entries) {
        for (Object entry : entries) {
            Message message = (Message) entry;
            Descriptor type = message.getDescriptorForType();
            Object value = message.getField(type.findFieldByNumber(2));
            json.set((String) message.getField(type.findFieldByNumber(1)), value(value));
        }
    }

    private static String name(FieldDescriptor field) {
        String name = field.getName();
        if (!field.getContainingType().getName().equals("JSONSchemaProps")) {
            return switch (name) {
                case "uID" -> "uid";
                case "aPIGroup" -> "apiGroup";
                case "Port" -> "Port";
                default -> name.substring(0, 1).toLowerCase(Locale.ROOT) + name.substring(1);
            };
        }
        if (name.startsWith("xKubernetes")) {
            return name.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
        }
        return name.equals("ref") || name.equals("schema") ? "$" + name : name;
    }

    private static JsonNode value(Object value) {
        return switch (value) {
            case String text -> NODES.stringNode(text);
            case Boolean truth -> NODES.booleanNode(truth);
            case Integer number -> NODES.numberNode(number);
            case Long number ->
                    number == number.intValue()
                            ? NODES.numberNode(number.intValue())
                            : NODES.numberNode(number);
            case Double number -> NODES.numberNode(number);
            case ByteString bytes ->
                    NODES.stringNode(Base64.getEncoder().encodeToString(bytes.toByteArray()));
            case Message message -> message(message);
            default -> throw new IllegalStateException("no JSON for " + value.getClass());
        };
    }

    private static JsonNode message(Message message) {
        return switch (message.getDescriptorForType().getName()) {
            case "Time" -> NODES.stringNode(instant(message).toString());
            case "MicroTime" -> NODES.stringNode(instant(message).toString());
            case "Quantity" -> value(field(message, "string"));
            case "IntOrString" ->
                    value(
                            field(
                                    message,
                                    ((Number) field(message, "type")).longValue() == 0
                                            ? "intVal"
                                            : "strVal"));
            case "RawExtension", "FieldsV1", "JSON" ->
                    Json.parse(
                            ((ByteString) message.getAllFields().values().iterator().next())
                                    .toByteArray());
            case "ExtraValue" -> list(message, "items");
            case "JSONSchemaPropsOrArray" -> either(message, "schema", "jSONSchemas");
            case "JSONSchemaPropsOrStringArray" -> either(message, "schema", "property");
            case "JSONSchemaPropsOrBool" ->
                    has(message, "schema")
                            ? value(field(message, "schema"))
                            : value(field(message, "allows"));
            default -> of(message);
        };
    }

    private static Instant instant(Message message) {
        return Instant.ofEpochSecond(
                (Long) field(message, "seconds"), (Integer) field(message, "nanos"));
    }

    private static JsonNode either(Message message, String single, String list) {
        return has(message, single) ? value(field(message, single)) : list(message, list);
    }

    private static JsonNode list(Message message, String name) {
        ArrayNode array = Json.array();
        ((List<?>) field(message, name)).forEach(value -> array.add(value(value)));
        return array;
    }

    private static boolean has(Message message, String name) {
        return message.hasField(message.getDescriptorForType().findFieldByName(name));
    }

    private static Object field(Message message, String name) {
        return message.getField(message.getDescriptorForType().findFieldByName(name));
    }
}
