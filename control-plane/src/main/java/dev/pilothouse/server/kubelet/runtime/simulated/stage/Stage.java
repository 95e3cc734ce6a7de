package dev.pilothouse.server.kubelet.runtime.simulated.stage;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A stage. Source of the format: kwok's api/v1alpha1/stage_types.go.
 *
 * @param name its name
 * @param kind {@code Pod} or {@code Node}
 * @param labels which labels an object must have
 * @param annotations which annotations an object must have
 * @param expressions what else must hold of it
 * @param weight how often it is chosen among those that fit; those with 0 only when there are no
 *     others, and then the first of them
 * @param delay how long it takes
 * @param next what becomes of the object
 */
public record Stage(
        String name,
        String kind,
        Map<String, String> labels,
        Map<String, String> annotations,
        List<Expression> expressions,
        int weight,
        Delay delay,
        Next next) {

    /** Copies the collections. */
    public Stage {
        labels = Map.copyOf(labels);
        annotations = Map.copyOf(annotations);
        expressions = List.copyOf(expressions);
    }

    /** What must hold of the values at a path. */
    record Expression(JqPath path, Operator operator, List<String> values) {
        Expression {
            values = List.copyOf(values);
        }
    }

    /** How values are compared. */
    enum Operator {
        IN("In"),
        NOT_IN("NotIn"),
        EXISTS("Exists"),
        DOES_NOT_EXIST("DoesNotExist");

        private final String text;

        Operator(String text) {
            this.text = text;
        }

        String text() {
            return text;
        }
    }

    /**
     * How long a stage takes: a time, or up to a longer one by chance; both may come from a path of
     * the object.
     */
    record Delay(
            Duration duration,
            @Nullable JqPath durationFrom,
            @Nullable Duration jitter,
            @Nullable JqPath jitterFrom) {
        static final Delay NONE = new Delay(Duration.ZERO, null, null, null);
    }

    /**
     * What becomes of an object.
     *
     * @param action what the fleet does by itself, or null
     * @param patches changes of the object
     * @param event what is told, or null
     * @param finalizers changes of its finalizers, or null
     * @param delete whether it goes
     */
    public record Next(
            @Nullable Action action,
            List<Patch> patches,
            @Nullable Event event,
            @Nullable Finalizers finalizers,
            boolean delete) {

        /** Copies the list. */
        public Next {
            patches = List.copyOf(patches);
        }
    }

    /** What the fleet can do by itself; an addition to kwok's format. */
    public enum Action {
        /** What a kubelet would do, as far as it can by now. */
        ADVANCE("Advance"),
        /** Stop the pod and let it go. */
        TERMINATE("Terminate");

        private final String text;

        Action(String text) {
            this.text = text;
        }

        String text() {
            return text;
        }
    }

    /**
     * A change of the object.
     *
     * @param subresource empty for the object itself
     * @param root the field that the template is the value of, empty for the whole object
     * @param strategic a strategic merge patch, else a plain merge patch
     * @param template makes the patch as YAML
     */
    public record Patch(String subresource, String root, boolean strategic, GoTemplate template) {}

    /** An event. */
    public record Event(String type, String reason, String message) {}

    /**
     * Changes of the finalizers.
     *
     * @param add to be there
     * @param remove not to be there
     * @param empty whether all go before some are added
     */
    public record Finalizers(List<String> add, List<String> remove, boolean empty) {

        /** Copies the lists. */
        public Finalizers {
            add = List.copyOf(add);
            remove = List.copyOf(remove);
        }
    }
}
