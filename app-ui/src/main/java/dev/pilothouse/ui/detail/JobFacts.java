package dev.pilothouse.ui.detail;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.model.meta.HumanDuration;
import dev.pilothouse.model.schedule.CronSchedule;
import dev.pilothouse.ui.detail.Section.Fact;
import dev.pilothouse.ui.detail.Section.Tone;
import dev.pilothouse.ui.i18n.Texts;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** When jobs run, how long they took and how often they are tried. */
final class JobFacts {

    /** What the API takes when a job does not say. */
    private static final int RETRIES = 6;

    private JobFacts() {}

    static void ofJob(DetailData data, List<Fact> facts) {
        ObjectNode job = data.object();
        facts.add(
                Fact.of(
                        Texts.text("detail.parallelism"),
                        String.valueOf(Json.number(job, 1, "spec", "parallelism"))));
        facts.add(
                Fact.of(
                        Texts.text("detail.retries"),
                        Texts.text(
                                "detail.of",
                                Json.number(job, 0, "status", "failed"),
                                Json.number(job, RETRIES, "spec", "backoffLimit"))));
        String started = Json.text(job, "status", "startTime");
        String ended = Json.text(job, "status", "completionTime");
        if (!started.isEmpty()) {
            Instant until = ended.isEmpty() ? data.now() : Instant.parse(ended);
            facts.add(
                    Fact.of(
                            Texts.text("detail.duration"),
                            HumanDuration.of(Duration.between(Instant.parse(started), until))));
        }
    }

    static void ofCronJob(DetailData data, List<Fact> facts) {
        ObjectNode cron = data.object();
        String zone = Json.text(cron, "spec", "timeZone");
        facts.add(Fact.of(Texts.text("detail.timeZone"), zone));
        if (Json.bool(cron, "spec", "suspend")) {
            facts.add(
                    Fact.of(
                            Texts.text("detail.nextRun"),
                            Texts.text("detail.suspended"),
                            Tone.WAITING));
        } else {
            next(cron, data.now(), zone)
                    .ifPresent(at ->
                            facts.add(
                                    Fact.of(
                                            Texts.text("detail.nextRun"),
                                            Texts.text(
                                                    "detail.atIn",
                                                    at.toString(),
                                                    HumanDuration.of(
                                                            Duration.between(data.now(), at))))));
        }
        ago(data, facts, "detail.lastRun", Json.text(cron, "status", "lastScheduleTime"));
        ago(data, facts, "detail.lastSuccess", Json.text(cron, "status", "lastSuccessfulTime"));
        facts.add(
                Fact.of(
                        Texts.text("detail.concurrency"),
                        Json.text(cron, "spec", "concurrencyPolicy")));
        facts.add(
                Fact.of(
                        Texts.text("detail.activeJobs"),
                        String.valueOf(Json.objects(cron, "status", "active").size())));
    }

    private static void ago(DetailData data, List<Fact> facts, String name, String time) {
        if (!time.isEmpty()) {
            facts.add(
                    Fact.of(
                            Texts.text(name),
                            time + "  (" + HumanDuration.since(time, data.now()) + ")"));
        }
    }

    private static Optional<Instant> next(ObjectNode cron, Instant now, String zone) {
        try {
            return CronSchedule.parse(Json.text(cron, "spec", "schedule"))
                    .next(now, zone.isEmpty() ? ZoneOffset.UTC : ZoneId.of(zone));
        } catch (IllegalArgumentException | DateTimeException e) {
            // The server has let it pass, so it means something there that is not known here.
            return Optional.empty();
        }
    }
}
