package dev.pilothouse.model.patch;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.model.meta.ApiException;
import dev.pilothouse.model.meta.Status;
import dev.pilothouse.model.meta.StatusReason;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * JSON patch, RFC 6902, with the limits and answers of kube-apiserver (apiserver
 * endpoints/handlers/patch.go).
 */
public final class JsonPatch {

    /** The most operations one patch may have. */
    public static final int MAX_OPERATIONS = 10_000;

    // The server's limit on a request body also bounds what "copy" may add to the document.
    private static final long MAX_COPIED_BYTES = 3L * 1024 * 1024;

    private JsonNode document;
    private long copiedBytes;

    private JsonPatch(JsonNode document) {
        this.document = document;
    }

    /**
     * Applies the operations in turn to a copy of the document.
     *
     * @throws ApiException 400 when the patch is malformed, 413 when it has too many operations or
     *     copies too much, 422 when an operation cannot be done or a test fails
     */
    public static JsonNode apply(JsonNode document, JsonNode operations) {
        if (!operations.isArray()) {
            throw ApiException.badRequest("a JSON patch must be an array of operations");
        }
        if (operations.size() > MAX_OPERATIONS) {
            throw ApiException.tooLarge(
                    "Request entity too large: The allowed maximum operations in a JSON patch is "
                            + MAX_OPERATIONS
                            + ", got "
                            + operations.size());
        }
        JsonPatch patch = new JsonPatch(document.deepCopy());
        for (JsonNode operation : operations) {
            patch.run(operation);
        }
        return patch.document;
    }

    private void run(JsonNode operation) {
        if (!operation.isObject()) {
            throw ApiException.badRequest("a JSON patch operation must be an object");
        }
        JsonPointer path = pointer(operation, "path");
        switch (member(operation, "op")) {
            case "add" -> add(path, value(operation).deepCopy());
            case "remove" -> remove(path);
            case "replace" -> replace(path, value(operation).deepCopy());
            case "move" -> move(pointer(operation, "from"), path);
            case "copy" -> add(path, copied(find(pointer(operation, "from"))));
            case "test" -> test(path, operation.get("value"));
            default ->
                    throw ApiException.badRequest("Unexpected kind: " + Json.text(operation, "op"));
        }
    }

    private static JsonPointer pointer(JsonNode operation, String member) {
        return JsonPointer.parse(member(operation, member));
    }

    private static String member(JsonNode operation, String name) {
        JsonNode value = operation.get(name);
        if (value == null || !value.isString()) {
            throw ApiException.badRequest(
                    "JSON patch operation needs the text member \"" + name + "\"");
        }
        return value.stringValue();
    }

    private static JsonNode value(JsonNode operation) {
        JsonNode value = operation.get("value");
        if (value == null) {
            throw ApiException.badRequest("JSON patch operation needs the member \"value\"");
        }
        return value;
    }

    private void add(JsonPointer path, JsonNode value) {
        if (path.isRoot()) {
            document = value;
            return;
        }
        switch (find(path.parent())) {
            case ObjectNode object -> object.set(path.last(), value);
            case ArrayNode array -> {
                int index =
                        path.last().equals("-")
                                ? array.size()
                                : index(path.last(), array.size() + 1);
                array.insert(index, value);
            }
            default -> throw rejected();
        }
    }

    private JsonNode remove(JsonPointer path) {
        if (path.isRoot()) {
            throw rejected();
        }
        JsonNode removed =
                switch (find(path.parent())) {
                    case ObjectNode object -> object.remove(path.last());
                    case ArrayNode array -> array.remove(index(path.last(), array.size()));
                    default -> null;
                };
        if (removed == null) {
            throw rejected();
        }
        return removed;
    }

    private void replace(JsonPointer path, JsonNode value) {
        if (path.isRoot()) {
            document = value;
            return;
        }
        find(path);
        switch (find(path.parent())) {
            case ObjectNode object -> object.set(path.last(), value);
            case ArrayNode array -> array.set(index(path.last(), array.size()), value);
            default -> throw rejected();
        }
    }

    private void move(JsonPointer from, JsonPointer to) {
        if (to.isBelow(from)) {
            throw rejected();
        }
        if (from.equals(to)) {
            find(from);
            return;
        }
        add(to, remove(from));
    }

    private void test(JsonPointer path, @Nullable JsonNode expected) {
        JsonNode actual = lookUp(path.tokens());
        boolean nothingExpected = expected == null || expected.isNull();
        boolean equal =
                actual == null || actual.isNull()
                        ? nothingExpected
                        : expected != null && JsonEquality.same(actual, expected);
        if (!equal) {
            throw rejected();
        }
    }

    // Repeated copies of a growing value would otherwise grow the document without bound.
    private JsonNode copied(JsonNode source) {
        copiedBytes += Json.bytes(source).length;
        if (copiedBytes > MAX_COPIED_BYTES) {
            throw ApiException.tooLarge(
                    "Request entity too large: Unable to complete the copy, the accumulated size"
                            + " increase of copy is "
                            + copiedBytes
                            + ", exceeding the limit "
                            + MAX_COPIED_BYTES);
        }
        return source.deepCopy();
    }

    private JsonNode find(JsonPointer path) {
        JsonNode node = lookUp(path.tokens());
        if (node == null) {
            throw rejected();
        }
        return node;
    }

    private @Nullable JsonNode lookUp(List<String> tokens) {
        JsonNode node = document;
        for (String token : tokens) {
            JsonNode next =
                    switch (node) {
                        case ObjectNode object -> object.get(token);
                        case ArrayNode array -> array.get(index(token, array.size()));
                        default -> null;
                    };
            if (next == null) {
                return null;
            }
            node = next;
        }
        return node;
    }

    private static int index(String token, int bound) {
        boolean digits = !token.isEmpty() && token.chars().allMatch(c -> c >= '0' && c <= '9');
        if (!digits || token.length() > 9 || (token.length() > 1 && token.charAt(0) == '0')) {
            throw rejected();
        }
        int index = Integer.parseInt(token);
        if (index >= bound) {
            throw rejected();
        }
        return index;
    }

    private static ApiException rejected() {
        return new ApiException(
                Status.failure(
                        StatusReason.INVALID,
                        "the server rejected our request due to an error in our request",
                        new Status.Details("", "", "", "", List.of(), 0)));
    }
}
