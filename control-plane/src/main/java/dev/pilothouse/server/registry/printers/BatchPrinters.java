package dev.pilothouse.server.registry.printers;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.model.meta.HumanDuration;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Rows of jobs and cron jobs. */
final class BatchPrinters {

    private BatchPrinters() {}

    static void register(Registry registry) {
        registry.add(
                "batch",
                "jobs",
                BatchPrinters::job,
                "Name",
                "Status",
                "Completions",
                "Duration",
                "Age",
                "+Containers",
                "+Images",
                "+Selector");
        registry.add(
                "batch",
                "cronjobs",
                BatchPrinters::cronJob,
                "Name",
                "Schedule",
                "Timezone",
                "Suspend:boolean",
                "Active:integer",
                "Last Schedule",
                "Age",
                "+Containers",
                "+Images",
                "+Selector");
    }

    private static List<Object> job(ObjectNode job, Instant now) {
        JsonNode pod = Json.at(job, "spec", "template", "spec");
        return List.of(
                Cells.name(job),
                status(job),
                completions(job),
                duration(job, now),
                Cells.age(job, now),
                Cells.containers(pod),
                Cells.images(pod),
                LabelSelectors.format(Json.at(job, "spec", "selector")));
    }

    private static String status(ObjectNode job) {
        if (condition(job, "Complete")) {
            return "Complete";
        }
        if (condition(job, "Failed")) {
            return "Failed";
        }
        if (Cells.terminating(job)) {
            return "Terminating";
        }
        if (condition(job, "Suspended")) {
            return "Suspended";
        }
        if (condition(job, "FailureTarget")) {
            return "FailureTarget";
        }
        return condition(job, "SuccessCriteriaMet") ? "SuccessCriteriaMet" : "Running";
    }

    private static boolean condition(ObjectNode job, String type) {
        return PodSummary.conditionTrue(job, type);
    }

    private static String completions(ObjectNode job) {
        long succeeded = Cells.number(job, "status", "succeeded");
        JsonNode wanted = Json.at(job, "spec", "completions");
        if (wanted != null) {
            return succeeded + "/" + wanted.asLong();
        }
        long parallelism = Cells.number(job, "spec", "parallelism");
        return parallelism > 1 ? succeeded + "/1 of " + parallelism : succeeded + "/1";
    }

    private static String duration(ObjectNode job, Instant now) {
        String start = Json.text(job, "status", "startTime");
        if (start.isEmpty()) {
            return "";
        }
        String end = Json.text(job, "status", "completionTime");
        try {
            return HumanDuration.since(
                    start, end.isEmpty() ? now : OffsetDateTime.parse(end).toInstant());
        } catch (DateTimeException e) {
            return HumanDuration.INVALID;
        }
    }

    private static List<Object> cronJob(ObjectNode cronJob, Instant now) {
        JsonNode job = Json.at(cronJob, "spec", "jobTemplate", "spec");
        JsonNode pod = Json.at(job, "template", "spec");
        JsonNode suspend = Json.at(cronJob, "spec", "suspend");
        String last = Json.text(cronJob, "status", "lastScheduleTime");
        return List.of(
                Cells.name(cronJob),
                Json.text(cronJob, "spec", "schedule"),
                Cells.textOr(cronJob, Cells.NONE, "spec", "timeZone"),
                suspend == null ? Cells.UNSET : Cells.truth(suspend.asBoolean(false)),
                Cells.size(cronJob, "status", "active"),
                last.isEmpty() ? Cells.NONE : HumanDuration.since(last, now),
                Cells.age(cronJob, now),
                Cells.containers(pod),
                Cells.images(pod),
                LabelSelectors.format(Json.at(job, "selector")));
    }
}
