package dev.pilothouse.server.kubelet.runtime.simulated;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.server.kubelet.runtime.simulated.stage.Seeds;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The log of one instance of a container, made up: the same lines for the same instance, whenever
 * they are asked for, so nothing is kept. Every line says that it is simulated. Immutable.
 *
 * <p>The annotations {@code log-rate} (lines per second), {@code log-format} ({@code text} or
 * {@code json}) and {@code log-lines} (templates, one per line of the annotation, with {@code {n}},
 * {@code {pod}}, {@code {namespace}}, {@code {container}}, {@code {node}}, {@code {ms}}, {@code
 * {id}}) shape it.
 */
final class LogText {

    private static final double USUAL_RATE = 0.2;
    private static final double HIGHEST_RATE = 1000;

    /** As many lines as about fit in what a kubelet keeps of a log. */
    private static final long KEPT = 50_000;

    private static final List<String> USUAL =
            List.of(
                    "GET /api/items/{id} 200 {ms}ms",
                    "GET /healthz 200 0ms",
                    "POST /api/orders 201 {ms}ms",
                    "GET /api/orders/{id} 200 {ms}ms",
                    "cache refreshed in {ms}ms",
                    "GET /api/items?page={id} 200 {ms}ms",
                    "job {id} finished after {ms}ms",
                    "connection pool: 4 of 16 in use");
    private static final List<String> WARNINGS =
            List.of("GET /api/items/{id} 404 {ms}ms", "slow query took {ms}ms, retry {id}");
    private static final List<String> ERRORS =
            List.of("GET /api/orders/{id} 500 {ms}ms", "upstream did not answer within {ms}ms");

    private final PodView pod;
    private final String container;
    private final long started;
    private final double rate;
    private final boolean json;
    private final List<String> lines;
    private final long seed;

    /**
     * A line.
     *
     * @param time when it was written
     * @param text without its line feed
     * @param error whether to standard error
     */
    record Line(Instant time, String text, boolean error) {}

    /** The log of the instance that was started then, in seconds since 1970. */
    LogText(PodView pod, String container, long started) {
        this.pod = pod;
        this.container = container;
        this.started = started;
        Knobs knobs = pod.workload().knobs();
        this.rate = rate(knobs.text("log-rate", container));
        this.json = "json".equals(knobs.text("log-format", container));
        String given = knobs.text("log-lines", container);
        this.lines = given == null || given.isBlank() ? List.of() : given.lines().toList();
        this.seed = Seeds.mix(Seeds.of(pod.uid() + "/" + container), started);
    }

    private static double rate(@Nullable String text) {
        try {
            double rate = text == null ? USUAL_RATE : Double.parseDouble(text);
            return rate >= 0 && rate <= HIGHEST_RATE ? rate : USUAL_RATE;
        } catch (NumberFormatException _) {
            return USUAL_RATE;
        }
    }

    /** How many lines there are at a moment. */
    long count(Instant now) {
        double age = now.toEpochMilli() / 1000.0 - started;
        if (age < 0) {
            return 0;
        }
        long sure = (long) Math.floor(age * rate);
        // The last line may still be to come within its share of time.
        long count = sure + 1;
        while (count > 1 && !time(count - 1).isBefore(now)) {
            count--;
        }
        return count;
    }

    /** The first line that is kept when there are that many. */
    static long first(long count) {
        return Math.max(0, count - KEPT);
    }

    /** The first line that was not written before a moment. */
    long indexAt(Instant moment) {
        double age = moment.toEpochMilli() / 1000.0 - started;
        long index = age <= 0 ? 0 : (long) Math.floor(age * rate);
        while (time(index).isBefore(moment)) {
            index++;
        }
        return index;
    }

    /** When a line is written. */
    Instant time(long index) {
        double part = index == 0 ? 0 : Seeds.unit(Seeds.mix(seed, index));
        double age = rate == 0 ? (index == 0 ? 0 : 1e9) : (index + part * 0.9) / rate;
        return Instant.ofEpochSecond(started).plusNanos((long) (age * 1e9));
    }

    /** A line. */
    Line line(long index) {
        Instant time = time(index);
        if (index == 0) {
            return new Line(
                    time,
                    text(
                            "INFO",
                            time,
                            "simulated container %s of pod %s/%s on node %s: nothing runs, these lines are made up"
                                    .formatted(container, pod.namespace(), pod.name(), pod.node())),
                    false);
        }
        long random = Seeds.mix(seed, -index);
        int level = (int) Long.remainderUnsigned(random, 100);
        boolean error = lines.isEmpty() && level >= 98;
        boolean warning = lines.isEmpty() && !error && level >= 93;
        List<String> templates =
                !lines.isEmpty() ? lines : error ? ERRORS : warning ? WARNINGS : USUAL;
        long choice = lines.isEmpty() ? Seeds.mix(random, 1) : index - 1;
        String template = templates.get((int) Long.remainderUnsigned(choice, templates.size()));
        String message = fill(template, index, random);
        return new Line(
                time, text(error ? "ERROR" : warning ? "WARN" : "INFO", time, message), error);
    }

    private String fill(String template, long index, long random) {
        if (template.indexOf('{') < 0) {
            return template;
        }
        double share = Seeds.unit(Seeds.mix(random, 2));
        return template.replace("{n}", Long.toString(index))
                .replace("{pod}", pod.name())
                .replace("{namespace}", pod.namespace())
                .replace("{container}", container)
                .replace("{node}", pod.node())
                .replace("{ms}", Long.toString(1 + (long) (share * share * 250)))
                .replace("{id}", Long.toString(1 + Long.remainderUnsigned(random >>> 8, 9000)));
    }

    private String text(String level, Instant time, String message) {
        String when = time.truncatedTo(ChronoUnit.MILLIS).toString();
        if (!json) {
            return "%s %-5s [simulated] %s".formatted(when, level, message);
        }
        return Json.string(
                Json.object()
                        .put("time", when)
                        .put("level", level.toLowerCase(Locale.ROOT))
                        .put("msg", message)
                        .put("pod", pod.name())
                        .put("container", container)
                        .put("simulated", true));
    }
}
