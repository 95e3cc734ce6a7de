package dev.pilothouse.model.codec;

import dev.pilothouse.model.json.Json;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.common.Anchor;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads the first document of a YAML stream into a tree as sigs.k8s.io/yaml does: YAML 1.1 scalars,
 * merge keys, aliases by copy.
 */
final class YamlReader {

    /** Longest document in code points; request bodies are limited long before. */
    private static final int MAX_CODE_POINTS = 64 << 20;

    /** Most nodes that aliases may add, so that nested aliases cannot fill the memory. */
    private static final int MAX_ALIASED_NODES = 100_000;

    private static final LoadSettings SETTINGS =
            LoadSettings.builder().setCodePointLimit(MAX_CODE_POINTS).build();

    private final Iterator<Event> events;
    private final StrictErrors strict = new StrictErrors();
    private final Map<Anchor, JsonNode> anchors = new HashMap<>();
    private final Set<Anchor> open = new HashSet<>();
    private int aliasedNodes;

    private YamlReader(Iterator<Event> events) {
        this.events = events;
    }

    /**
     * Reads one document; an empty stream is JSON null.
     *
     * @throws BodySyntaxException when it is not YAML
     */
    static JsonReader.Result read(byte[] body) {
        String text = decode(body);
        try {
            var reader = new YamlReader(new Parse(SETTINGS).parseString(text).iterator());
            JsonNode value = reader.document();
            return new JsonReader.Result(value, reader.strict.list());
        } catch (BodySyntaxException e) {
            throw e;
        } catch (MarkedYamlEngineException e) {
            throw new BodySyntaxException(describe(e));
        } catch (RuntimeException e) {
            // The parser lets plain runtime exceptions through for some malformed input, such as
            // escapes beyond Unicode.
            throw new BodySyntaxException("yaml: invalid document: " + e.getMessage());
        }
    }

    private static String decode(byte[] body) {
        try {
            String text =
                    StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString();
            return text.startsWith("\uFEFF") ? text.substring(1) : text;
        } catch (CharacterCodingException e) {
            throw new BodySyntaxException("yaml: invalid UTF-8");
        }
    }

    private static String describe(MarkedYamlEngineException e) {
        return e.getProblemMark()
                .map(mark -> "yaml: line " + (mark.getLine() + 1) + ": " + e.getProblem())
                .orElseGet(() -> "yaml: " + e.getProblem());
    }

    private JsonNode document() {
        while (events.hasNext()) {
            Event event = events.next();
            switch (event.getEventId()) {
                case StreamStart, DocumentStart, Comment -> {}
                case StreamEnd -> {
                    return NullNode.getInstance();
                }
                default -> {
                    return node(event, 0);
                }
            }
        }
        return NullNode.getInstance();
    }

    private JsonNode node(Event event, int depth) {
        return switch (event) {
            case AliasEvent alias -> aliased(alias);
            case ScalarEvent scalar -> anchored(scalar, YamlScalars.resolve(scalar));
            case CollectionStartEvent start -> collection(start, depth + 1);
            default -> throw new BodySyntaxException("yaml: unexpected " + event.getEventId());
        };
    }

    private JsonNode collection(CollectionStartEvent start, int depth) {
        if (depth > JsonReader.MAX_DEPTH) {
            throw new BodySyntaxException("yaml: exceeded max depth");
        }
        Anchor anchor = start.getAnchor().orElse(null);
        if (anchor != null) {
            open.add(anchor);
        }
        JsonNode node = start instanceof MappingStartEvent ? mapping(depth) : sequence(depth);
        if (anchor != null) {
            open.remove(anchor);
        }
        return anchored(start, node);
    }

    private JsonNode anchored(NodeEvent event, JsonNode node) {
        event.getAnchor().ifPresent(anchor -> anchors.put(anchor, node));
        return node;
    }

    private JsonNode aliased(AliasEvent event) {
        Anchor anchor = event.getAlias();
        if (open.contains(anchor)) {
            throw new BodySyntaxException(
                    "yaml: anchor '" + anchor.getValue() + "' value contains itself");
        }
        JsonNode node = anchors.get(anchor);
        if (node == null) {
            throw new BodySyntaxException(
                    "yaml: unknown anchor '" + anchor.getValue() + "' referenced");
        }
        return copy(node);
    }

    private JsonNode copy(JsonNode node) {
        if (++aliasedNodes > MAX_ALIASED_NODES) {
            throw new BodySyntaxException("yaml: document contains excessive aliasing");
        }
        return switch (node) {
            case ObjectNode object -> {
                ObjectNode copy = Json.object();
                for (Map.Entry<String, JsonNode> entry : object.properties()) {
                    copy.set(entry.getKey(), copy(entry.getValue()));
                }
                yield copy;
            }
            case ArrayNode array -> {
                ArrayNode copy = Json.array();
                for (JsonNode element : array) {
                    copy.add(copy(element));
                }
                yield copy;
            }
            default -> node;
        };
    }

    private ArrayNode sequence(int depth) {
        ArrayNode array = Json.array();
        Event event = events.next();
        while (event.getEventId() != Event.ID.SequenceEnd) {
            array.add(node(event, depth));
            event = events.next();
        }
        return array;
    }

    private ObjectNode mapping(int depth) {
        ObjectNode object = Json.object();
        ObjectNode merged = null;
        Event event = events.next();
        while (event.getEventId() != Event.ID.MappingEnd) {
            if (isMerge(event)) {
                merged = merge(merged, node(events.next(), depth));
            } else {
                String key = key(event, depth);
                JsonNode value = node(events.next(), depth);
                if (object.replace(key, value) != null) {
                    duplicate(event, key);
                }
            }
            event = events.next();
        }
        addMissing(object, merged);
        return object;
    }

    private void duplicate(Event event, String key) {
        int line = event.getStartMark().map(mark -> mark.getLine() + 1).orElse(0);
        strict.add("line " + line + ": key \"" + key + "\" already set in map");
    }

    private static boolean isMerge(Event event) {
        return event instanceof ScalarEvent scalar
                && scalar.isPlain()
                && scalar.getTag().isEmpty()
                && scalar.getValue().equals("<<");
    }

    private static ObjectNode merge(@Nullable ObjectNode before, JsonNode value) {
        ObjectNode merged = before == null ? Json.object() : before;
        switch (value) {
            case ObjectNode object -> addMissing(merged, object);
            case ArrayNode array -> {
                for (JsonNode element : array) {
                    if (!(element instanceof ObjectNode object)) {
                        throw badMerge();
                    }
                    addMissing(merged, object);
                }
            }
            default -> throw badMerge();
        }
        return merged;
    }

    private static BodySyntaxException badMerge() {
        return new BodySyntaxException(
                "yaml: map merge requires map or sequence of maps as the value");
    }

    private static void addMissing(ObjectNode target, @Nullable ObjectNode source) {
        if (source != null) {
            for (Map.Entry<String, JsonNode> entry : source.properties()) {
                target.putIfAbsent(entry.getKey(), entry.getValue());
            }
        }
    }

    private String key(Event event, int depth) {
        JsonNode key = node(event, depth);
        if (!key.isValueNode() || key.isNull()) {
            throw new BodySyntaxException("yaml: unsupported map key");
        }
        return key.asString();
    }
}
