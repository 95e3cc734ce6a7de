package dev.pilothouse.ui.manifest;

import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** What came of applying a text. */
public sealed interface Outcome {

    /**
     * The server has taken every document.
     *
     * @param objects what is there now
     * @param kept fields that were taken out of the text and are still there, as others own them
     */
    record Applied(List<ObjectNode> objects, List<String> kept) implements Outcome {
        /** Copies the lists. */
        public Applied {
            objects = List.copyOf(objects);
            kept = List.copyOf(kept);
        }
    }

    /**
     * The server has not taken a document; those before it are applied.
     *
     * @param document which one, from 0
     * @param refusal why
     */
    record Refused(int document, Refusal refusal) implements Outcome {}

    /**
     * Nothing was sent.
     *
     * @param reason why, in a sentence
     */
    record NotSent(String reason) implements Outcome {}
}
