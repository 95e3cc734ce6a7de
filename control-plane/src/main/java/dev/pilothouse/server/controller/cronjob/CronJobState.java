package dev.pilothouse.server.controller.cronjob;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.model.schedule.CronSchedule;
import dev.pilothouse.server.controller.workload.WorkloadKind;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A cron job; the status is changed in place. For one thread. */
record CronJobState(ObjectNode tree) {

    private static final String SCHEDULED_AT = "batch.kubernetes.io/cronjob-scheduled-timestamp";

    String name() {
        return Json.text(tree, "metadata", "name");
    }

    String namespace() {
        return Json.text(tree, "metadata", "namespace");
    }

    String uid() {
        return Json.text(tree, "metadata", "uid");
    }

    boolean suspended() {
        return Json.bool(tree, "spec", "suspend");
    }

    String schedule() {
        return Json.text(tree, "spec", "schedule");
    }

    String timeZone() {
        return Json.text(tree, "spec", "timeZone");
    }

    String concurrency() {
        return Json.text(tree, "spec", "concurrencyPolicy");
    }

    /** How long after its time a job may still be made; empty for ever. */
    OptionalLong startingDeadlineSeconds() {
        JsonNode seconds = Json.at(tree, "spec", "startingDeadlineSeconds");
        return seconds == null ? OptionalLong.empty() : OptionalLong.of(seconds.asLong());
    }

    /** How many jobs to keep, -1 for all. */
    int historyLimit(boolean successful) {
        return (int)
                Json.number(
                        tree,
                        -1,
                        "spec",
                        successful ? "successfulJobsHistoryLimit" : "failedJobsHistoryLimit");
    }

    /** The times that have passed since the last job, as far as they are not too long ago. */
    Missed missed(CronSchedule schedule, ZoneId zone, Instant now) {
        String last = Json.text(tree, "status", "lastScheduleTime");
        String since = last.isEmpty() ? Json.text(tree, "metadata", "creationTimestamp") : last;
        Instant after = Instant.parse(since);
        if (startingDeadlineSeconds().isPresent()) {
            Instant earliest = now.minus(Duration.ofSeconds(startingDeadlineSeconds().getAsLong()));
            after = earliest.isAfter(after) ? earliest : after;
        }
        return Missed.between(schedule, zone, after, now);
    }

    boolean isTooLate(Instant scheduled, Instant now) {
        OptionalLong deadline = startingDeadlineSeconds();
        return deadline.isPresent() && scheduled.plusSeconds(deadline.getAsLong()).isBefore(now);
    }

    boolean hasMade(Instant scheduled) {
        String last = Json.text(tree, "status", "lastScheduleTime");
        return !last.isEmpty() && !Instant.parse(last).isBefore(scheduled);
    }

    /** The jobs that are noted as running. */
    ArrayNode active() {
        ArrayNode active = Json.arrayAt(tree, "status", "active");
        return active == null ? Json.array() : active;
    }

    boolean isActive(String jobUid) {
        for (JsonNode reference : active()) {
            if (Json.text(reference, "uid").equals(jobUid)) {
                return true;
            }
        }
        return false;
    }

    void activate(ObjectNode job) {
        Json.child(tree, "status")
                .withArray("active")
                .addObject()
                .put("kind", WorkloadKind.JOB.kind())
                .put("namespace", namespace())
                .put("name", Json.text(job, "metadata", "name"))
                .put("uid", Json.text(job, "metadata", "uid"))
                .put("apiVersion", WorkloadKind.JOB.apiVersion())
                .put("resourceVersion", Json.text(job, "metadata", "resourceVersion"));
    }

    void deactivate(String jobUid) {
        ArrayNode kept = Json.array();
        active().forEach(reference -> {
            if (!Json.text(reference, "uid").equals(jobUid)) {
                kept.add(reference);
            }
        });
        if (kept.isEmpty()) {
            Json.child(tree, "status").remove("active");
        } else {
            Json.child(tree, "status").set("active", kept);
        }
    }

    void noteSchedule(Instant scheduled) {
        Json.child(tree, "status").put("lastScheduleTime", scheduled.toString());
    }

    void noteSuccess(String completion) {
        String before = Json.text(tree, "status", "lastSuccessfulTime");
        if (!completion.isEmpty()
                && (before.isEmpty()
                        || Instant.parse(before).isBefore(Instant.parse(completion)))) {
            Json.child(tree, "status").put("lastSuccessfulTime", completion);
        }
    }

    /** The zone of the schedule, null when nobody knows it. */
    @Nullable ZoneId zone() {
        if (timeZone().isEmpty()) {
            return ZoneOffset.UTC;
        }
        return ZoneId.getAvailableZoneIds().contains(timeZone()) ? ZoneId.of(timeZone()) : null;
    }

    /** The job for a time, which has the same name however often it is made. */
    ObjectNode job(Instant scheduled, ZoneId zone) {
        ObjectNode job = Json.object();
        job.put("apiVersion", WorkloadKind.JOB.apiVersion());
        job.put("kind", WorkloadKind.JOB.kind());
        ObjectNode metadata = job.putObject("metadata");
        metadata.put("name", name() + "-" + scheduled.getEpochSecond() / 60);
        metadata.put("namespace", namespace());
        ObjectNode template = Json.objectAt(tree, "spec", "jobTemplate");
        for (String member : new String[] {"labels", "annotations"}) {
            ObjectNode value = Json.objectAt(template, "metadata", member);
            if (value != null) {
                metadata.set(member, value.deepCopy());
            }
        }
        Json.child(metadata, "annotations")
                .put(
                        SCHEDULED_AT,
                        DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(scheduled.atZone(zone)));
        metadata.putArray("ownerReferences")
                .add(WorkloadKind.CRON_JOB.controllerReference(name(), uid()));
        ObjectNode spec = Json.objectAt(template, "spec");
        job.set("spec", spec == null ? Json.object() : spec.deepCopy());
        return job;
    }
}
