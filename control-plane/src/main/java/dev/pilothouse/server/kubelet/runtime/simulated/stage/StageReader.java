package dev.pilothouse.server.kubelet.runtime.simulated.stage;

import dev.pilothouse.server.kubelet.runtime.simulated.stage.Stage.Action;
import dev.pilothouse.server.kubelet.runtime.simulated.stage.Stage.Delay;
import dev.pilothouse.server.kubelet.runtime.simulated.stage.Stage.Event;
import dev.pilothouse.server.kubelet.runtime.simulated.stage.Stage.Expression;
import dev.pilothouse.server.kubelet.runtime.simulated.stage.Stage.Finalizers;
import dev.pilothouse.server.kubelet.runtime.simulated.stage.Stage.Next;
import dev.pilothouse.server.kubelet.runtime.simulated.stage.Stage.Operator;
import dev.pilothouse.server.kubelet.runtime.simulated.stage.Stage.Patch;
import dev.pilothouse.server.kubelet.runtime.simulated.stage.YamlFile.Part;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads stages in kwok's format. What is not understood is an error and not passed over: a stage
 * that does less than it says would mislead.
 */
final class StageReader {

    private static final String API_GROUP = "kwok.x-k8s.io/";
    private static final long LONGEST_MILLIS = Duration.ofDays(365).toMillis();

    private StageReader() {}

    /**
     * Reads the stages of a file.
     *
     * @param file its name, for messages
     * @throws StageException when it cannot be used
     */
    static List<Stage> read(String file, String text) {
        return YamlFile.read(file, text).stream().map(StageReader::stage).toList();
    }

    private static Stage stage(Part document) {
        document.only(List.of("apiVersion", "kind", "metadata", "spec", "status"));
        Part version = document.need("apiVersion");
        if (!version.text().startsWith(API_GROUP)) {
            throw version.wrong("must be kwok.x-k8s.io/v1alpha1, not \"" + version.text() + "\"");
        }
        Part kind = document.need("kind");
        if (!kind.text().equals("Stage")) {
            throw kind.wrong("must be Stage, not \"" + kind.text() + "\"");
        }
        Part spec =
                document.need("spec")
                        .only(
                                List.of(
                                        "resourceRef",
                                        "selector",
                                        "weight",
                                        "delay",
                                        "next",
                                        "immediateNextStage"));
        Part selector = spec.get("selector");
        Part weight = spec.get("weight");
        return new Stage(
                document.need("metadata").need("name").text(),
                resource(spec.need("resourceRef")),
                texts(selector, "matchLabels"),
                texts(selector, "matchAnnotations"),
                expressions(selector),
                weight == null ? 0 : (int) weight.number(0, 1_000_000),
                delay(spec.get("delay")),
                next(spec.need("next")));
    }

    private static String resource(Part reference) {
        reference.only(List.of("apiGroup", "kind"));
        Part kind = reference.need("kind");
        if (!kind.text().equals("Pod") && !kind.text().equals("Node")) {
            throw kind.wrong("must be Pod or Node, not \"" + kind.text() + "\"");
        }
        return kind.text();
    }

    private static Map<String, String> texts(@Nullable Part selector, String field) {
        Part part = selector == null ? null : selector.get(field);
        Map<String, String> texts = new LinkedHashMap<>();
        if (part != null) {
            part.names()
                    .forEach(name -> {
                        Part value = part.get(name);
                        texts.put(name, value == null ? "" : value.text());
                    });
        }
        return texts;
    }

    private static List<Expression> expressions(@Nullable Part selector) {
        if (selector == null) {
            return List.of();
        }
        selector.only(List.of("matchLabels", "matchAnnotations", "matchExpressions"));
        Part list = selector.get("matchExpressions");
        return list == null
                ? List.of()
                : list.items().stream().map(StageReader::expression).toList();
    }

    private static Expression expression(Part part) {
        part.only(List.of("key", "operator", "values"));
        Operator operator = oneOf(part.need("operator"), Operator.values(), Operator::text);
        Part values = part.get("values");
        boolean compares = operator == Operator.IN || operator == Operator.NOT_IN;
        if (compares && values == null) {
            throw part.wrong(
                    "the field \"values\" is missing, which " + operator.text() + " needs");
        }
        return new Expression(
                path(part.need("key")),
                operator,
                values == null ? List.of() : values.items().stream().map(Part::text).toList());
    }

    private static JqPath path(Part part) {
        try {
            return JqPath.parse(part.text());
        } catch (IllegalArgumentException e) {
            throw part.wrong(String.valueOf(e.getMessage()));
        }
    }

    private static Delay delay(@Nullable Part part) {
        if (part == null) {
            return Delay.NONE;
        }
        part.only(
                List.of(
                        "durationMilliseconds",
                        "durationFrom",
                        "jitterDurationMilliseconds",
                        "jitterDurationFrom"));
        Duration duration = millis(part.get("durationMilliseconds"));
        Duration jitter = millis(part.get("jitterDurationMilliseconds"));
        return new Delay(
                duration == null ? Duration.ZERO : duration,
                from(part.get("durationFrom")),
                jitter,
                from(part.get("jitterDurationFrom")));
    }

    private static @Nullable Duration millis(@Nullable Part part) {
        return part == null ? null : Duration.ofMillis(part.number(0, LONGEST_MILLIS));
    }

    private static @Nullable JqPath from(@Nullable Part part) {
        return part == null
                ? null
                : path(part.only(List.of("expressionFrom")).need("expressionFrom"));
    }

    private static Next next(Part part) {
        part.only(
                List.of(
                        "action",
                        "statusTemplate",
                        "statusSubresource",
                        "patches",
                        "event",
                        "finalizers",
                        "delete"));
        List<Patch> patches = new ArrayList<>();
        Part status = part.get("statusTemplate");
        if (status != null) {
            Part subresource = part.get("statusSubresource");
            String name = subresource == null ? "status" : subresource.text();
            patches.add(new Patch(name, "status", false, template(status)));
        }
        Part list = part.get("patches");
        if (list != null) {
            list.items().forEach(item -> patches.add(patch(item)));
        }
        Part action = part.get("action");
        Part delete = part.get("delete");
        return new Next(
                action == null ? null : oneOf(action, Action.values(), Action::text),
                patches,
                event(part.get("event")),
                finalizers(part.get("finalizers")),
                delete != null && delete.truth());
    }

    private static Patch patch(Part part) {
        part.only(List.of("subresource", "root", "type", "template"));
        Part subresource = part.get("subresource");
        Part root = part.get("root");
        Part type = part.get("type");
        String form = type == null ? "merge" : type.text();
        if (type != null && !form.equals("merge") && !form.equals("strategic")) {
            throw type.wrong("must be merge or strategic, not \"" + form + "\"");
        }
        return new Patch(
                subresource == null ? "" : subresource.text(),
                root == null ? "" : root.text(),
                form.equals("strategic"),
                template(part.need("template")));
    }

    private static GoTemplate template(Part part) {
        try {
            return GoTemplate.parse(part.text());
        } catch (IllegalArgumentException e) {
            throw part.wrong(String.valueOf(e.getMessage()));
        }
    }

    private static @Nullable Event event(@Nullable Part part) {
        if (part == null) {
            return null;
        }
        part.only(List.of("type", "reason", "message"));
        Part type = part.need("type");
        if (!type.text().equals("Normal") && !type.text().equals("Warning")) {
            throw type.wrong("must be Normal or Warning, not \"" + type.text() + "\"");
        }
        return new Event(type.text(), part.need("reason").text(), part.need("message").text());
    }

    private static @Nullable Finalizers finalizers(@Nullable Part part) {
        if (part == null) {
            return null;
        }
        part.only(List.of("add", "remove", "empty"));
        Part empty = part.get("empty");
        return new Finalizers(
                values(part.get("add")),
                values(part.get("remove")),
                empty != null && empty.truth());
    }

    private static List<String> values(@Nullable Part list) {
        return list == null
                ? List.of()
                : list.items().stream()
                        .map(item -> item.only(List.of("value")).need("value").text())
                        .toList();
    }

    private static <T> T oneOf(Part part, T[] values, Function<T, String> text) {
        return Arrays.stream(values)
                .filter(value -> text.apply(value).equals(part.text()))
                .findFirst()
                .orElseThrow(() ->
                        part.wrong(
                                "must be one of "
                                        + String.join(
                                                ", ", Arrays.stream(values).map(text).toList())
                                        + ", not \""
                                        + part.text()
                                        + "\""));
    }
}
