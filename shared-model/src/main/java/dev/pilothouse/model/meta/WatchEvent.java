package dev.pilothouse.model.meta;

import dev.pilothouse.model.json.Json;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.node.ObjectNode;

/**
 * One event of a watch. The objects belong to whoever read the event. Source: meta/v1 WatchEvent.
 */
public sealed interface WatchEvent {

    /** The annotation of the bookmark that ends the present state. */
    String INITIAL_EVENTS_END = "k8s.io/initial-events-end";

    /** An object is there, or begins to match. */
    record Added(ObjectNode object) implements WatchEvent {}

    /** An object has changed. */
    record Modified(ObjectNode object) implements WatchEvent {}

    /** An object has gone or ceased to match; this was its last state. */
    record Deleted(ObjectNode object) implements WatchEvent {}

    /**
     * All events up to a revision have been sent.
     *
     * @param resourceVersion the revision
     * @param endsInitialEvents whether the present state is complete with this
     */
    record Bookmark(String resourceVersion, boolean endsInitialEvents) implements WatchEvent {}

    /** The watch cannot go on. */
    record Error(Status status) implements WatchEvent {}

    /**
     * Reads an event.
     *
     * @param json the JSON document
     * @throws ApiException when it is none
     */
    static WatchEvent parse(byte[] json) {
        try {
            return of(Json.parseObject(json));
        } catch (JacksonException | ClassCastException e) {
            throw ApiException.internal("unable to decode watch event", e);
        }
    }

    private static WatchEvent of(ObjectNode event) {
        ObjectNode object = Json.objectAt(event, "object");
        if (object == null) {
            throw ApiException.internal("watch event without an object", null);
        }
        String type = Json.text(event, "type");
        return switch (type) {
            case "ADDED" -> new Added(object);
            case "MODIFIED" -> new Modified(object);
            case "DELETED" -> new Deleted(object);
            case "BOOKMARK" ->
                    new Bookmark(
                            Json.text(object, "metadata", "resourceVersion"),
                            Json.text(object, "metadata", "annotations", INITIAL_EVENTS_END)
                                    .equals("true"));
            case "ERROR" -> new Error(Status.fromJson(object));
            default ->
                    throw ApiException.internal("unknown watch event type \"" + type + "\"", null);
        };
    }
}
