package dev.pilothouse.server.history;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.model.meta.ApiException;
import dev.pilothouse.server.pipeline.ApiHandler;
import dev.pilothouse.server.request.ApiRequest;
import dev.pilothouse.server.request.ApiResponse;
import dev.pilothouse.server.request.Parameters;
import dev.pilothouse.server.request.RequestInfo;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads the metrics history: {@code
 * /apis/metrics.pilothouse.dev/v1/namespaces/NS/pods/NAME/history} and {@code
 * /apis/metrics.pilothouse.dev/v1/nodes/NAME/history} with {@code from}, {@code to} and {@code
 * step}. See docs/metrics.md.
 */
public final class MetricsHistoryEndpoint implements ApiHandler {

    /** The API group. */
    public static final String GROUP = "metrics.pilothouse.dev";

    private static final Duration USUAL_RANGE = Duration.ofHours(1);
    private static final long USUAL_POINTS = 500;
    private static final long MOST_POINTS = 11_000;
    private static final Pattern STEP = Pattern.compile("(\\d{1,7})(s|m|h|d)?");

    private final MetricsHistory history;
    private final InstantSource clock;

    /** An endpoint over a history. */
    public MetricsHistoryEndpoint(MetricsHistory history, InstantSource clock) {
        this.history = history;
        this.clock = clock;
    }

    @Override
    public boolean mayBlock(ApiRequest request) {
        return true;
    }

    @Override
    public ApiResponse handle(ApiRequest request) {
        RequestInfo info = request.info();
        boolean pods = info.resource().equals("pods") && !info.namespace().isEmpty();
        boolean nodes = info.resource().equals("nodes") && info.namespace().isEmpty();
        if (!info.version().equals("v1")
                || !info.subresource().equals("history")
                || info.parts().size() != 3
                || !(pods || nodes)) {
            throw ApiException.noSuchPath();
        }
        if (!request.method().equals("GET")) {
            throw ApiException.badRequest("the metrics history can only be read");
        }
        Range range = range(request.query());
        ObjectNode answer = Json.object();
        answer.put("kind", pods ? "PodMetricsHistory" : "NodeMetricsHistory");
        answer.put("apiVersion", GROUP + "/v1");
        ObjectNode metadata = answer.putObject("metadata").put("name", info.name());
        if (pods) {
            metadata.put("namespace", info.namespace());
        }
        answer.put("from", Instant.ofEpochSecond(range.from()).toString());
        answer.put("to", Instant.ofEpochSecond(range.to()).toString());
        answer.put("step", range.step() + "s");
        times(answer, range);
        if (nodes) {
            values(answer, history.node(info.name(), range.first(), range.last()), range);
        } else {
            pod(answer, info, range);
        }
        return ApiResponse.Body.of(200, "application/json", Json.bytes(answer));
    }

    /** Points lie at whole multiples of the step; each stands for the time that follows. */
    private record Range(long from, long to, long step) {

        long first() {
            return from - Math.floorMod(from, step);
        }

        long last() {
            return first() + (points() - 1) * step + step - 1;
        }

        int points() {
            return (int) ((to - first()) / step + 1);
        }
    }

    private Range range(Parameters query) {
        long to = moment(query.text("to"), clock.instant());
        long from = moment(query.text("from"), Instant.ofEpochSecond(to).minus(USUAL_RANGE));
        if (from > to) {
            throw ApiException.badRequest("from must not be after to");
        }
        long step = step(query.text("step"), to - from);
        if ((to - from) / step > MOST_POINTS) {
            throw ApiException.badRequest(
                    "the range has more than " + MOST_POINTS + " steps; ask for a longer step");
        }
        return new Range(from, to, step);
    }

    private static long moment(String text, Instant missing) {
        if (text.isEmpty()) {
            return missing.getEpochSecond();
        }
        try {
            return text.matches("\\d{1,11}")
                    ? Long.parseLong(text)
                    : Instant.parse(text).getEpochSecond();
        } catch (DateTimeException _) {
            throw ApiException.badRequest(
                    "\"" + text + "\" is neither an RFC 3339 time nor seconds since 1970");
        }
    }

    private static long step(String text, long range) {
        long fine = Span.FINE.step();
        if (text.isEmpty()) {
            long wanted = range / USUAL_POINTS;
            return Math.max(fine, (wanted + fine - 1) / fine * fine);
        }
        Matcher matcher = STEP.matcher(text);
        if (!matcher.matches()) {
            throw ApiException.badRequest("\"" + text + "\" is not a step such as 15s, 5m or 1h");
        }
        long unit =
                switch (matcher.group(2)) {
                    case "m" -> 60;
                    case "h" -> 3600;
                    case "d" -> 86_400;
                    case null, default -> 1;
                };
        long seconds = Long.parseLong(matcher.group(1)) * unit;
        if (seconds < fine) {
            throw ApiException.badRequest("the step must be at least " + fine + "s");
        }
        return seconds;
    }

    private static void times(ObjectNode answer, Range range) {
        ArrayNode times = answer.putArray("timestamps");
        for (int i = 0; i < range.points(); i++) {
            times.add(range.first() + i * range.step());
        }
    }

    private void pod(ObjectNode answer, RequestInfo info, Range range) {
        Map<String, Samples> containers =
                history.pod(info.namespace(), info.name(), range.first(), range.last());
        Points sum = new Points(range.points());
        ArrayNode list = Json.array();
        containers.forEach((name, samples) -> {
            Points points = new Points(samples, range.first(), range.step(), range.points());
            sum.add(points);
            write(list.addObject().put("name", name), points);
        });
        write(answer, sum);
        answer.set("containers", list);
    }

    private static void values(ObjectNode target, Samples samples, Range range) {
        write(target, new Points(samples, range.first(), range.step(), range.points()));
    }

    private static void write(ObjectNode target, Points points) {
        ArrayNode cpu = target.putArray("cpuMillicores");
        ArrayNode memory = target.putArray("memoryBytes");
        for (int i = 0; i < points.size(); i++) {
            if (points.has(i)) {
                cpu.add(Math.round(points.microCores(i)) / 1000.0);
                memory.add(Math.round(points.kibibytes(i)) * 1024);
            } else {
                cpu.addNull();
                memory.addNull();
            }
        }
    }
}
