package dev.pilothouse.server.registry.batch;

import dev.pilothouse.model.schedule.CronSchedule;
import dev.pilothouse.server.registry.ResourceStrategy;
import dev.pilothouse.server.registry.pod.Defaults;
import dev.pilothouse.server.registry.pod.PodWarnings;
import dev.pilothouse.server.registry.pod.WorkloadRules;
import dev.pilothouse.server.registry.validation.FieldChecks;
import dev.pilothouse.server.registry.validation.FieldErrors;
import dev.pilothouse.server.registry.validation.FieldPath;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Rules of cron jobs. */
public final class CronJobStrategy implements ResourceStrategy {

    private static final FieldPath SPEC = FieldPath.of("spec");

    /** A job's name has 63 characters, eleven of them the time it was due. */
    private static final int MAX_NAME = 52;

    private static final List<String> POLICIES = List.of("Allow", "Forbid", "Replace");
    private static final String NOT_EXPLICIT =
            "timeZone must be an explicit time zone as defined in"
                    + " https://www.iana.org/time-zones";

    @Override
    public void setDefaults(ObjectNode object) {
        ObjectNode spec = Defaults.object(object, "spec");
        Defaults.text(spec, "concurrencyPolicy", "Allow");
        Defaults.bool(spec, "suspend", false);
        Defaults.number(spec, "successfulJobsHistoryLimit", 3);
        Defaults.number(spec, "failedJobsHistoryLimit", 1);
        ObjectNode job = Defaults.object(Defaults.object(spec, "jobTemplate"), "spec");
        WorkloadRules.templateDefaults(job);
    }

    @Override
    public void validate(ObjectNode object, FieldErrors errors) {
        spec(object, null, errors);
        String name = object.path("metadata").path("name").asString("");
        if (name.length() > MAX_NAME) {
            errors.invalid(
                    FieldPath.of("metadata").child("name"),
                    name,
                    "must be no more than 52 characters");
        }
    }

    @Override
    public void validateUpdate(ObjectNode object, ObjectNode old, FieldErrors errors) {
        spec(object, old.path("spec"), errors);
    }

    @Override
    public List<String> warnings(ObjectNode object) {
        var all = new ArrayList<>(WorkloadRules.nameWarnings(object, "Pod names and hostnames"));
        all.addAll(
                PodWarnings.ofTemplate(
                        object.path("spec").path("jobTemplate").path("spec").path("template"),
                        "spec.jobTemplate.spec.template"));
        String schedule = FieldChecks.text(object.path("spec"), "schedule");
        if (schedule.contains("TZ")) {
            all.add(
                    "spec.schedule: CRON_TZ or TZ used in \""
                            + schedule
                            + "\" is not officially supported, see"
                            + " https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/"
                            + " for more details");
        }
        return all;
    }

    @Override
    public boolean hasStatus() {
        return true;
    }

    @Override
    public boolean tracksGeneration() {
        return true;
    }

    private static void spec(
            ObjectNode object,
            @org.jspecify.annotations.Nullable JsonNode old,
            FieldErrors errors) {
        JsonNode spec = object.path("spec");
        String schedule = FieldChecks.text(spec, "schedule");
        boolean keepsZone = old != null && FieldChecks.text(old, "schedule").contains("TZ");
        if (schedule.isEmpty()) {
            errors.required(SPEC.child("schedule"), "");
        } else {
            schedule(schedule, keepsZone, spec.has("timeZone"), errors);
        }
        FieldChecks.nonNegative(spec, "startingDeadlineSeconds", SPEC, errors);
        boolean sameZone = old != null && spec.path("timeZone").equals(old.path("timeZone"));
        if (spec.has("timeZone") && !sameZone) {
            timeZone(FieldChecks.text(spec, "timeZone"), errors);
        }
        FieldChecks.requiredOneOf(spec, "concurrencyPolicy", POLICIES, SPEC, errors);
        FieldPath job = SPEC.child("jobTemplate").child("spec");
        JsonNode jobSpec = spec.path("jobTemplate").path("spec");
        JobSpecValidator.validate(jobSpec, job, errors);
        if (FieldChecks.has(jobSpec, "selector")) {
            errors.invalid(
                    job.child("selector"),
                    jobSpec.get("selector"),
                    "`selector` will be auto-generated");
        }
        if (jobSpec.path("manualSelector").asBoolean(false)) {
            errors.notSupported(job.child("manualSelector"), true, List.of("nil", "false"));
        }
        FieldChecks.nonNegative(spec, "successfulJobsHistoryLimit", SPEC, errors);
        FieldChecks.nonNegative(spec, "failedJobsHistoryLimit", SPEC, errors);
    }

    private static void schedule(
            String schedule, boolean mayHaveZone, boolean hasTimeZone, FieldErrors errors) {
        FieldPath path = SPEC.child("schedule");
        try {
            CronSchedule.parse(schedule);
        } catch (IllegalArgumentException e) {
            errors.invalid(path, schedule, String.valueOf(e.getMessage()));
        }
        if (schedule.contains("TZ") && hasTimeZone) {
            errors.invalid(
                    path, schedule, "cannot use both timeZone field and TZ or CRON_TZ in schedule");
        } else if (schedule.contains("TZ") && !mayHaveZone) {
            errors.invalid(
                    path,
                    schedule,
                    "cannot use TZ or CRON_TZ in schedule, use timeZone field instead");
        }
    }

    private static void timeZone(String zone, FieldErrors errors) {
        FieldPath path = SPEC.child("timeZone");
        if (zone.isEmpty()) {
            errors.invalid(path, zone, "timeZone must be nil or non-empty string");
        } else if (zone.toLowerCase(Locale.ROOT).equals("local")) {
            errors.invalid(path, zone, NOT_EXPLICIT);
        } else if (!ZoneId.getAvailableZoneIds().contains(zone)) {
            errors.invalid(path, zone, "unknown time zone " + zone);
        }
    }
}
