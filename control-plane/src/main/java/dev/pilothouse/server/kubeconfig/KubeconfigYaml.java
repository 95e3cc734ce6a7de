package dev.pilothouse.server.kubeconfig;

import java.io.IOException;
import java.nio.file.Path;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;
import tools.jackson.dataformat.yaml.YAMLParser;
import tools.jackson.dataformat.yaml.YAMLWriteFeature;

/** YAML text of kubeconfigs to trees and back. */
final class KubeconfigYaml {

    private static final YAMLMapper MAPPER =
            YAMLMapper.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .enable(YAMLWriteFeature.MINIMIZE_QUOTES)
                    .enable(YAMLWriteFeature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
                    .disable(YAMLWriteFeature.WRITE_DOC_START_MARKER)
                    .disable(YAMLWriteFeature.SPLIT_LINES)
                    .build();

    private KubeconfigYaml() {}

    /**
     * Parses a kubeconfig; empty text is an empty object.
     *
     * @throws IOException when it is not a kubeconfig; one sentence that names the file
     */
    static ObjectNode parse(Path file, String text) throws IOException {
        JsonNode root;
        try (JsonParser parser = MAPPER.createParser(text)) {
            root = MAPPER.readTree(parser);
            if (parser.nextToken() != null) {
                throw new IOException(file + " holds more than one YAML document.");
            }
        } catch (JacksonException e) {
            throw new IOException(
                    file + " is not a kubeconfig (" + firstLine(e.getOriginalMessage()) + ").", e);
        }
        if (root == null || root.isMissingNode() || root.isNull()) {
            return JsonNodeFactory.instance.objectNode();
        }
        boolean config = !root.has("kind") || root.path("kind").asString("").equals("Config");
        if (!(root instanceof ObjectNode object) || !config) {
            throw new IOException(file + " is not a kubeconfig (its kind is not Config).");
        }
        return object;
    }

    /** Parses a part of a kubeconfig. */
    static JsonNode parseAny(String text) {
        return MAPPER.readTree(text);
    }

    /** Block-style text of a tree, with a line end. */
    static String write(JsonNode node) {
        return MAPPER.writeValueAsString(node);
    }

    /** Whether the text uses anchors or aliases, which a tree cannot keep. */
    static boolean hasAnchors(String text) {
        try (YAMLParser parser = (YAMLParser) MAPPER.createParser(text)) {
            while (parser.nextToken() != null) {
                if (parser.isCurrentAlias() || parser.getObjectId() != null) {
                    return true;
                }
            }
            return false;
        }
    }

    private static String firstLine(String message) {
        return message.lines().findFirst().orElse("").strip();
    }
}
