package dev.pilothouse.ui.detail;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.ui.cluster.EventTimes;
import dev.pilothouse.ui.detail.Section.Timeline;
import dev.pilothouse.ui.detail.Section.Timeline.Lane;
import dev.pilothouse.ui.detail.Section.Timeline.Mark;
import dev.pilothouse.ui.detail.Section.Timeline.Span;
import dev.pilothouse.ui.detail.Section.Tone;
import dev.pilothouse.ui.i18n.Texts;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What the containers of a pod did when, on one axis: from their statuses, now and in the revisions
 * that the server still has, and from events. A status tells only of the present and of the last
 * run, so runs before that are known only as far as revisions are kept; how many are missing is
 * said.
 */
final class PodTimeline {

    private static final int MOST_MARKS = 200;

    private final DetailData data;
    private final Instant begin;

    /** One run of a container; open when it goes on. */
    private record Run(Instant start, @Nullable Instant end, long code, String reason) {}

    private PodTimeline(DetailData data) {
        this.data = data;
        Instant created = time(Json.text(data.object(), "metadata", "creationTimestamp"));
        this.begin = created == null ? data.now() : created;
    }

    static Timeline of(DetailData data) {
        PodTimeline timeline = new PodTimeline(data);
        List<Lane> lanes = new ArrayList<>();
        lanes.addAll(timeline.lanes("initContainers", "initContainerStatuses"));
        lanes.addAll(timeline.lanes("containers", "containerStatuses"));
        lanes.addAll(timeline.lanes("ephemeralContainers", "ephemeralContainerStatuses"));
        return new Timeline(timeline.begin, data.now(), lanes, timeline.marks());
    }

    private List<Lane> lanes(String field, String statuses) {
        List<Lane> lanes = new ArrayList<>();
        for (ObjectNode container : Json.objects(data.object(), "spec", field)) {
            String name = Json.text(container, "name");
            List<ObjectNode> states = new ArrayList<>();
            data.related(Feed.PAST).forEach(past -> states.addAll(status(past, statuses, name)));
            states.addAll(status(data.object(), statuses, name));
            String title = field.equals("containers") ? name : Texts.text("detail." + field, name);
            lanes.add(new Lane(title, spans(states)));
        }
        return lanes;
    }

    private static List<ObjectNode> status(ObjectNode pod, String field, String name) {
        return Json.objects(pod, "status", field).stream()
                .filter(each -> Json.text(each, "name").equals(name))
                .toList();
    }

    private List<Span> spans(List<ObjectNode> states) {
        if (states.isEmpty()) {
            return List.of(waiting(begin, data.now(), ""));
        }
        TreeMap<Instant, Run> runs = new TreeMap<>();
        TreeMap<Instant, String> reasons = new TreeMap<>();
        String first = "";
        for (ObjectNode status : states) {
            add(runs, status.path("lastState"));
            add(runs, status.path("state"));
            String reason = Json.text(status, "state", "waiting", "reason");
            Instant ended = time(Json.text(status, "lastState", "terminated", "finishedAt"));
            if (!reason.isEmpty() && ended != null) {
                reasons.put(ended, reason);
            } else if (!reason.isEmpty()) {
                first = reason;
            }
        }
        return spans(runs, reasons, first, states.getLast());
    }

    private List<Span> spans(
            TreeMap<Instant, Run> runs,
            TreeMap<Instant, String> reasons,
            String first,
            ObjectNode now) {
        List<Span> spans = new ArrayList<>();
        boolean over = now.path("state").has("terminated");
        long restarts = Json.number(now, 0, "restartCount");
        long missing = Math.max(0, restarts + (over || isRunning(now) ? 1 : 0) - runs.size());
        Instant at = begin;
        String reason = missing > 0 ? Texts.text("timeline.missing", missing) : first;
        for (Run run : runs.values()) {
            if (run.start.isAfter(at)) {
                spans.add(
                        missing > 0 && at.equals(begin)
                                ? new Span(at, run.start, Tone.PLAIN, false, reason, "")
                                : waiting(at, run.start, reason));
            }
            Instant end = run.end == null ? data.now() : run.end;
            spans.add(run(run, end));
            at = end;
            reason = run.end == null ? "" : reasons.getOrDefault(run.end, "");
        }
        if (at.isBefore(data.now()) && !over) {
            String waits = Json.text(now, "state", "waiting", "reason");
            spans.add(waiting(at, data.now(), waits.isEmpty() ? reason : waits));
        }
        return spans;
    }

    private static boolean isRunning(ObjectNode status) {
        return status.path("state").has("running");
    }

    private static void add(TreeMap<Instant, Run> runs, JsonNode state) {
        Instant running = time(Json.text(state, "running", "startedAt"));
        if (running != null) {
            runs.putIfAbsent(running, new Run(running, null, 0, ""));
        }
        JsonNode ended = state.path("terminated");
        Instant start = time(Json.text(ended, "startedAt"));
        Instant end = time(Json.text(ended, "finishedAt"));
        if (end != null) {
            Instant begun = start == null ? end : start;
            runs.put(
                    begun,
                    new Run(
                            begun,
                            end,
                            Json.number(ended, 0, "exitCode"),
                            Json.text(ended, "reason")));
        }
    }

    private static Span waiting(Instant from, Instant to, String reason) {
        Tone tone = reason.matches(".*(BackOff|Err|Invalid).*") ? Tone.BAD : Tone.WAITING;
        String word = reason.isEmpty() ? Texts.text("timeline.waiting") : reason;
        return new Span(from, to, tone, false, word, "");
    }

    private static Span run(Run run, Instant end) {
        if (run.end == null) {
            return new Span(run.start, end, Tone.GOOD, true, Texts.text("timeline.runs"), "");
        }
        String explained =
                Texts.text(
                        "timeline.ended",
                        run.reason,
                        String.valueOf(run.code),
                        ExitCodes.explain(run.code, run.reason));
        return new Span(
                run.start,
                end,
                run.code == 0 ? Tone.GOOD : Tone.BAD,
                true,
                run.reason.isEmpty() ? String.valueOf(run.code) : run.reason,
                explained);
    }

    private List<Mark> marks() {
        List<Mark> marks = new ArrayList<>();
        for (ObjectNode event : data.related("events")) {
            mark(event, EventTimes.last(event), marks);
            if (Json.number(event, 1, "count") > 1) {
                mark(event, Json.text(event, "firstTimestamp"), marks);
            }
        }
        marks.sort(Comparator.comparing(Mark::at));
        return marks.subList(Math.max(0, marks.size() - MOST_MARKS), marks.size());
    }

    private static void mark(ObjectNode event, String when, List<Mark> marks) {
        Instant at = time(when);
        if (at != null) {
            boolean warning = Json.text(event, "type").equals("Warning");
            marks.add(
                    new Mark(
                            at,
                            warning ? Tone.WAITING : Tone.PLAIN,
                            Json.text(event, "reason") + ": " + Json.text(event, "message")));
        }
    }

    private static @Nullable Instant time(String text) {
        try {
            return text.isEmpty() ? null : Instant.parse(text);
        } catch (DateTimeParseException e) {
            return null;
        }
    }
}
