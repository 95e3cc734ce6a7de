package dev.pilothouse.model.codec;

import dev.pilothouse.model.meta.ApiException;
import dev.pilothouse.model.schema.TypeSchema;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Turns request bodies into objects the way kube-apiserver's decoders do. Stateless and
 * thread-safe; the trees it hands out belong to the caller.
 */
public final class ObjectDecoder {

    private ObjectDecoder() {}

    /**
     * Parses a JSON object. Of duplicate fields the last one wins, and strict errors name them.
     *
     * @throws ApiException 400 when the body is not one JSON object
     */
    public static Decoded decodeJson(byte[] body) {
        try {
            JsonReader.Result result = JsonReader.read(body);
            return new Decoded(object(result.value()), result.strictErrors());
        } catch (BodySyntaxException e) {
            throw ApiException.badRequest(
                    "couldn't get version/kind; json parse error: " + e.text());
        }
    }

    /**
     * Parses the first YAML document as sigs.k8s.io/yaml does, that is with YAML 1.1 scalars. Of
     * duplicate keys the last one wins, and strict errors name them with their lines.
     *
     * @throws ApiException 400 when the body is not YAML or its top level is not a mapping
     */
    public static Decoded decodeYaml(byte[] body) {
        try {
            JsonReader.Result result = YamlReader.read(body);
            return new Decoded(object(result.value()), result.strictErrors());
        } catch (BodySyntaxException e) {
            throw ApiException.badRequest("error converting YAML to JSON: " + e.text());
        }
    }

    /**
     * Brings a parsed object to the shape that decoding into the Go type gives: undeclared fields
     * and nulls are dropped, values are checked, times and quantities get their canonical text. The
     * object is changed in place. Fields of free content are left alone.
     *
     * @return the undeclared fields in strict validation's words, for example {@code unknown field
     *     "spec.foo"}
     * @throws ApiException 400 when a value does not fit its field
     */
    public static List<String> conform(ObjectNode object, TypeSchema type) {
        return new Conformer(object, type).conform();
    }

    private static ObjectNode object(JsonNode value) {
        if (value instanceof ObjectNode object) {
            return object;
        }
        throw new BodySyntaxException(
                "json: cannot unmarshal "
                        + Conformer.goValue(value)
                        + " into Go value of type struct");
    }
}
