package dev.pilothouse.model.codec;

import dev.pilothouse.model.meta.Quantity;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * The canonical text of a quantity: {@code 0.5} becomes {@code 500m}, {@code 1024Mi} becomes {@code
 * 1Gi}. Source: apimachinery api/resource quantity.go and suffix.go.
 */
final class QuantityText {

    private static final int MAX_LENGTH = 400;

    private QuantityText() {}

    /** The node itself when its text is canonical, else a node with canonical text. */
    static JsonNode conform(JsonNode node) {
        String text =
                node.isString() ? node.stringValue() : node.isNumber() ? node.asString() : "?";
        if (node.isString() && plainCount(text)) {
            return node;
        }
        String canonical = canonical(text.strip());
        return node.isString() && canonical.equals(text)
                ? node
                : JsonNodeFactory.instance.stringNode(canonical);
    }

    /** Short whole numbers that need no work: no leading zero, no group of thousands. */
    private static boolean plainCount(String text) {
        if (text.isEmpty() || text.length() > 9 || text.charAt(0) == '0' || text.endsWith("000")) {
            return text.equals("0");
        }
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return true;
    }

    /**
     * Canonical text of a quantity.
     *
     * @throws BodySyntaxException when it is none
     */
    static String canonical(String text) {
        if (text.isEmpty() || text.length() > MAX_LENGTH) {
            throw new BodySyntaxException(Quantity.SYNTAX_ERROR);
        }
        try {
            return Quantity.canonical(text);
        } catch (IllegalArgumentException e) {
            throw new BodySyntaxException(Quantity.SYNTAX_ERROR);
        }
    }
}
