package dev.pilothouse.server.controller.cronjob;

import dev.pilothouse.model.client.DeleteOptions;
import dev.pilothouse.model.client.DeleteOptions.Propagation;
import dev.pilothouse.model.client.ResourceClient;
import dev.pilothouse.model.json.Json;
import dev.pilothouse.model.meta.ApiException;
import dev.pilothouse.model.meta.StatusReason;
import dev.pilothouse.model.schedule.CronSchedule;
import dev.pilothouse.server.controller.Creation;
import dev.pilothouse.server.controller.workload.Conditions;
import dev.pilothouse.server.controller.workload.ControllerContext;
import dev.pilothouse.server.controller.workload.Owner;
import dev.pilothouse.server.controller.workload.WorkloadKind;
import dev.pilothouse.server.record.EventRecorder;
import dev.pilothouse.server.record.ObjectReference;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** One attempt to bring a cron job up to the present. For one thread. */
final class CronJobSync {

    private static final DateTimeFormatter RFC_1123 =
            DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss Z", Locale.ENGLISH)
                    .withZone(ZoneOffset.UTC);

    private final ResourceClient jobs;
    private final EventRecorder events;
    private final CronJobState cron;
    private final ObjectReference about;
    private final List<ObjectNode> owned;
    private final Instant now;

    CronJobSync(
            ControllerContext context,
            CronJobState cron,
            ObjectReference about,
            List<ObjectNode> owned) {
        this.jobs = context.client().resource(WorkloadKind.JOB.resource());
        this.events = context.events();
        this.cron = cron;
        this.about = about;
        this.owned = owned;
        this.now = context.now();
    }

    /** Notes what has become of jobs, and deletes those that are not to be kept. */
    void lookAtJobs() {
        Set<String> there = new HashSet<>();
        for (ObjectNode job : owned) {
            String uid = Json.text(job, "metadata", "uid");
            String name = Json.text(job, "metadata", "name");
            String end = end(job);
            there.add(uid);
            if (!cron.isActive(uid)) {
                if (end.isEmpty()) {
                    events.warning(
                            about,
                            "UnexpectedJob",
                            "Saw a job that the controller did not create or forgot: " + name);
                }
            } else if (!end.isEmpty()) {
                cron.deactivate(uid);
                events.normal(
                        about,
                        "SawCompletedJob",
                        "Saw completed job: " + name + ", condition: " + end);
            }
            if (end.equals("Complete")) {
                cron.noteSuccess(Json.text(job, "status", "completionTime"));
            }
        }
        for (JsonNode reference : cron.active().deepCopy()) {
            String uid = Json.text(reference, "uid");
            String name = Json.text(reference, "name");
            if (!there.contains(uid) && !exists(name, uid)) {
                cron.deactivate(uid);
                events.normal(about, "MissingJob", "Active job went missing: " + name);
            }
        }
        truncate(true);
        truncate(false);
    }

    /**
     * Makes the job that is due, if there is one.
     *
     * @return how long to wait for the next time, null when there is none
     */
    @Nullable Duration makeDueJob() {
        if (cron.suspended()) {
            return null;
        }
        ZoneId zone = cron.zone();
        CronSchedule schedule = zone == null ? null : parse();
        if (zone == null) {
            events.warning(
                    about,
                    "UnknownTimeZone",
                    "invalid timeZone: \""
                            + cron.timeZone()
                            + "\": unknown time zone "
                            + cron.timeZone());
        }
        if (zone == null || schedule == null) {
            return null;
        }
        Missed missed = cron.missed(schedule, zone, now);
        if (missed.many()) {
            events.warning(
                    about,
                    "TooManyMissedTimes",
                    "too many missed start times. Set or decrease .spec.startingDeadlineSeconds or"
                            + " check clock skew");
        }
        if (missed.latest() != null && !cron.hasMade(missed.latest())) {
            make(missed.latest(), zone);
        }
        Instant next = schedule.next(now, zone).orElse(null);
        return next == null ? null : Duration.between(now, next);
    }

    private @Nullable CronSchedule parse() {
        try {
            return CronSchedule.parse(cron.schedule());
        } catch (IllegalArgumentException e) {
            events.warning(
                    about,
                    "UnparseableSchedule",
                    "unparseable schedule: \"" + cron.schedule() + "\" : " + e.getMessage());
            return null;
        }
    }

    private void make(Instant scheduled, ZoneId zone) {
        if (cron.isTooLate(scheduled, now)) {
            events.warning(
                    about,
                    "MissSchedule",
                    "Missed scheduled time to start a job: " + RFC_1123.format(scheduled));
            return;
        }
        if (cron.concurrency().equals("Forbid") && !cron.active().isEmpty()) {
            events.normal(
                    about,
                    "JobAlreadyActive",
                    "Not starting job because prior execution is running and concurrency policy is"
                            + " Forbid");
            return;
        }
        if (cron.concurrency().equals("Replace")) {
            for (JsonNode reference : cron.active().deepCopy()) {
                delete(Json.text(reference, "name"), Json.text(reference, "uid"));
            }
        }
        ObjectNode created = create(cron.job(scheduled, zone));
        if (created != null) {
            if (!cron.isActive(Json.text(created, "metadata", "uid"))) {
                cron.activate(created);
            }
            cron.noteSchedule(scheduled);
        }
    }

    /** Null in a namespace that is going. */
    private @Nullable ObjectNode create(ObjectNode job) {
        String name = Json.text(job, "metadata", "name");
        try {
            ObjectNode created = jobs.create(job);
            events.normal(about, "SuccessfulCreate", "Created job " + name);
            return created;
        } catch (ApiException e) {
            if (Creation.isInTerminatingNamespace(e)) {
                return null;
            }
            if (e.reason() == StatusReason.ALREADY_EXISTS) {
                ObjectNode found = jobs.get(cron.namespace(), name);
                Owner owner = Owner.controllerOf(found);
                if (owner != null && owner.uid().equals(cron.uid())) {
                    return found;
                }
            }
            events.warning(about, "FailedCreate", "Error creating job: " + e.getMessage());
            throw e;
        }
    }

    private void truncate(boolean successful) {
        int limit = cron.historyLimit(successful);
        if (limit < 0) {
            return;
        }
        List<ObjectNode> ended = new ArrayList<>();
        for (ObjectNode job : owned) {
            if (end(job).equals(successful ? "Complete" : "Failed")
                    && Json.at(job, "metadata", "deletionTimestamp") == null) {
                ended.add(job);
            }
        }
        ended.sort(
                Comparator.comparing((ObjectNode job) -> Json.text(job, "status", "startTime"))
                        .thenComparing(job -> Json.text(job, "metadata", "name")));
        for (ObjectNode job : ended.subList(0, Math.max(0, ended.size() - limit))) {
            delete(Json.text(job, "metadata", "name"), Json.text(job, "metadata", "uid"));
        }
    }

    private void delete(String name, String uid) {
        try {
            jobs.delete(
                    cron.namespace(), name, DeleteOptions.of(Propagation.BACKGROUND).only(uid, ""));
            events.normal(about, "SuccessfulDelete", "Deleted job " + name);
        } catch (ApiException e) {
            if (e.reason() != StatusReason.NOT_FOUND && e.reason() != StatusReason.CONFLICT) {
                events.warning(about, "FailedDelete", "Deleted job: " + e.getMessage());
                throw e;
            }
        }
        cron.deactivate(uid);
    }

    private boolean exists(String name, String uid) {
        try {
            return Json.text(jobs.get(cron.namespace(), name), "metadata", "uid").equals(uid);
        } catch (ApiException e) {
            if (e.reason() == StatusReason.NOT_FOUND) {
                return false;
            }
            throw e;
        }
    }

    /** The condition by which a job has ended, empty while it has not. */
    private static String end(ObjectNode job) {
        ObjectNode status = Json.objectAt(job, "status");
        if (Conditions.isTrue(status, "Complete")) {
            return "Complete";
        }
        return Conditions.isTrue(status, "Failed") ? "Failed" : "";
    }
}
