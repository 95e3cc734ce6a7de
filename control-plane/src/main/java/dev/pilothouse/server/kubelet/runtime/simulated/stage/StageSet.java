package dev.pilothouse.server.kubelet.runtime.simulated.stage;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.server.kubelet.runtime.simulated.stage.Stage.Expression;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The stages that are in force. Immutable. */
public final class StageSet {

    private static final List<String> BUILT_IN = List.of("pod.yaml", "node.yaml");

    private final List<Stage> stages;

    /**
     * The stage that an object is in.
     *
     * @param stage the stage
     * @param delay how long it takes for this object
     * @param until when it is over if the object names a moment, else null
     */
    public record Match(Stage stage, Duration delay, @Nullable Instant until) {}

    private StageSet(List<Stage> stages) {
        this.stages = List.copyOf(stages);
    }

    /** The stages that come with the program. */
    public static StageSet builtIn() {
        List<Stage> stages = new ArrayList<>();
        for (String name : BUILT_IN) {
            try (InputStream in = StageSet.class.getResourceAsStream(name)) {
                if (in == null) {
                    throw new IllegalStateException("resource " + name + " is missing");
                }
                stages.addAll(
                        StageReader.read(
                                name, new String(in.readAllBytes(), StandardCharsets.UTF_8)));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return new StageSet(stages);
    }

    /**
     * These stages and those of a file, or of all {@code .yaml} and {@code .yml} files of a
     * directory; a stage of the name of one that is there takes its place.
     *
     * @throws StageException when a file cannot be used
     * @throws IOException when it cannot be read
     */
    public StageSet with(Path path) throws IOException {
        Map<String, Stage> all = new LinkedHashMap<>();
        for (Path file : files(path)) {
            for (Stage stage : StageReader.read(file.toString(), Files.readString(file))) {
                if (all.put(stage.name(), stage) != null) {
                    throw new StageException(
                            file
                                    + ": metadata.name: there are two stages \""
                                    + stage.name()
                                    + "\"");
                }
            }
        }
        stages.forEach(stage -> all.putIfAbsent(stage.name(), stage));
        return new StageSet(List.copyOf(all.values()));
    }

    private static List<Path> files(Path path) throws IOException {
        if (!Files.isDirectory(path)) {
            return List.of(path);
        }
        try (Stream<Path> files = Files.list(path)) {
            return files.filter(file ->
                            file.toString().endsWith(".yaml") || file.toString().endsWith(".yml"))
                    .sorted()
                    .toList();
        }
    }

    /** The stage that an object is in, or null. */
    public @Nullable Match choose(String kind, ObjectNode object) {
        List<Stage> fitting =
                stages.stream()
                        .filter(stage -> stage.kind().equals(kind) && fits(stage, object))
                        .toList();
        if (fitting.isEmpty()) {
            return null;
        }
        long seed = Seeds.of(Json.text(object, "metadata", "uid"));
        Stage chosen = choose(fitting, seed);
        return match(chosen, object, Seeds.mix(seed, chosen.name().hashCode()));
    }

    private static Stage choose(List<Stage> fitting, long seed) {
        long sum = fitting.stream().mapToLong(Stage::weight).sum();
        if (sum == 0) {
            return fitting.getFirst();
        }
        long left =
                Long.remainderUnsigned(
                        Seeds.mix(seed, fitting.stream().map(Stage::name).toList().hashCode()),
                        sum);
        for (Stage stage : fitting) {
            left -= stage.weight();
            if (left < 0) {
                return stage;
            }
        }
        return fitting.getLast();
    }

    private static boolean fits(Stage stage, ObjectNode object) {
        return has(object, "labels", stage.labels())
                && has(object, "annotations", stage.annotations())
                && stage.expressions().stream().allMatch(expression -> holds(expression, object));
    }

    private static boolean has(ObjectNode object, String field, Map<String, String> wanted) {
        return wanted.isEmpty()
                || Json.stringMap(object, "metadata", field)
                        .entrySet()
                        .containsAll(wanted.entrySet());
    }

    private static boolean holds(Expression expression, JsonNode object) {
        List<String> found = expression.path().values(object);
        return switch (expression.operator()) {
            case EXISTS -> !found.isEmpty();
            case DOES_NOT_EXIST -> found.isEmpty();
            case IN -> found.stream().anyMatch(expression.values()::contains);
            case NOT_IN -> found.stream().noneMatch(expression.values()::contains);
        };
    }

    private static Match match(Stage stage, ObjectNode object, long seed) {
        Stage.Delay delay = stage.delay();
        String named = delay.durationFrom() == null ? "" : first(delay.durationFrom(), object);
        Duration given = Times.parse(named);
        Instant until = given == null ? moment(named) : null;
        Duration least = given == null ? delay.duration() : given;
        Duration most = delay.jitter();
        if (delay.jitterFrom() != null) {
            Duration from = Times.parse(first(delay.jitterFrom(), object));
            most = from == null ? most : from;
        }
        if (most == null || most.compareTo(least) <= 0) {
            return new Match(stage, least, until);
        }
        long extra = (long) (Seeds.unit(seed) * most.minus(least).toMillis());
        return new Match(stage, least.plusMillis(extra), until);
    }

    private static String first(JqPath path, ObjectNode object) {
        List<String> values = path.values(object);
        return values.isEmpty() ? "" : values.getFirst();
    }

    private static @Nullable Instant moment(String text) {
        try {
            return text.isEmpty() ? null : Instant.parse(text);
        } catch (DateTimeException _) {
            return null;
        }
    }
}
