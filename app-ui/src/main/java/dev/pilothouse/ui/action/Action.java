package dev.pilothouse.ui.action;

import dev.pilothouse.ui.cluster.ApiCall;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import tools.jackson.databind.node.ObjectNode;

/**
 * Something that can be done to one object.
 *
 * @param id names it in texts ({@code action.ID}) and in the keymap
 * @param key the key that does it on a row, or empty
 * @param resources for which resources, as {@code deployments.apps}; none for all
 * @param fits for which of their objects, as they are now
 * @param input what the user has to say
 * @param plan the requests that do it
 */
public record Action(
        String id,
        String key,
        Set<String> resources,
        Predicate<ObjectNode> fits,
        Input input,
        Plan plan) {

    /** What the user has to say before it is done. */
    public enum Input {
        /** Nothing: it can be taken back as easily as it was done. */
        NONE,
        /** How many replicas. */
        REPLICAS,
        /** The image of the container that the user chooses. */
        IMAGE,
        /** Which labels there shall be. */
        LABELS,
        /** Which annotations there shall be. */
        ANNOTATIONS
    }

    /** Says which requests do it. */
    @FunctionalInterface
    public interface Plan {

        /**
         * The requests, to be sent one after the other.
         *
         * @param live the object as it is now
         * @param answer what the user has said
         * @param now the time
         */
        List<ApiCall> calls(Target target, ObjectNode live, Answer answer, Instant now);
    }

    /**
     * What the user has said.
     *
     * @param number how many
     * @param container which container
     * @param text what
     * @param pairs which labels or annotations
     */
    public record Answer(int number, String container, String text, PairChanges pairs) {

        /** Nothing was asked. */
        public static final Answer NONE = new Answer(0, "", "", PairChanges.NONE);

        /** A number. */
        public static Answer of(int number) {
            return new Answer(number, "", "", PairChanges.NONE);
        }

        /** An image for a container. */
        public static Answer image(String container, String image) {
            return new Answer(0, container, image, PairChanges.NONE);
        }

        /** Labels or annotations. */
        public static Answer pairs(PairChanges changes) {
            return new Answer(0, "", "", changes);
        }
    }

    /** Copies the resources. */
    public Action {
        resources = Set.copyOf(resources);
    }

    /** Whether objects of this kind can have it done to them. */
    public boolean isFor(Target target) {
        return resources.isEmpty() || resources.contains(target.resource());
    }
}
