package dev.pilothouse.server.controller.job;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.server.controller.workload.Conditions;
import java.time.Instant;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * How a job is going to end. Pods are ended first, so that the condition that says so comes last.
 *
 * @param succeeds whether it ends well
 * @param reason the reason of the condition
 * @param message the message of the condition
 */
record Verdict(boolean succeeds, String reason, String message) {

    private static final String FAILURE_TARGET = "FailureTarget";
    private static final String SUCCESS_CRITERIA_MET = "SuccessCriteriaMet";

    /** The condition that announces the end. */
    String announcement() {
        return succeeds ? SUCCESS_CRITERIA_MET : FAILURE_TARGET;
    }

    /** The condition that says that it has ended. */
    String end() {
        return succeeds ? "Complete" : "Failed";
    }

    /**
     * Decides; null when the job goes on.
     *
     * @param succeeded how many pods have succeeded
     * @param failed how many pods have failed
     */
    static @Nullable Verdict of(
            JobState job, JobPods pods, long succeeded, long failed, Instant now) {
        Verdict announced = announced(job.status());
        if (announced != null) {
            return announced;
        }
        if (!pods.failJob.isEmpty()) {
            return new Verdict(false, "PodFailurePolicy", pods.failJob);
        }
        if (failed > job.backoffLimit() || restartedTooOften(job, pods)) {
            return new Verdict(
                    false, "BackoffLimitExceeded", "Job has reached the specified backoff limit");
        }
        Instant deadline = job.deadline();
        if (deadline != null && !job.suspended() && !deadline.isAfter(now)) {
            return new Verdict(
                    false, "DeadlineExceeded", "Job was active longer than specified deadline");
        }
        int failedIndexes = pods.failedIndexes.cardinality();
        if (job.limitsIndexes()
                && job.maxFailedIndexes() >= 0
                && failedIndexes > job.maxFailedIndexes()) {
            return new Verdict(
                    false,
                    "MaxFailedIndexesExceeded",
                    "Job has exceeded the specified maximal number of failed indexes");
        }
        if (job.limitsIndexes()
                && failedIndexes > 0
                && succeeded + failedIndexes >= job.completions().orElse(0)) {
            return new Verdict(false, "FailedIndexes", "Job has failed indexes");
        }
        return success(job, pods, succeeded);
    }

    private static @Nullable Verdict success(JobState job, JobPods pods, long succeeded) {
        List<ObjectNode> rules = job.successRules();
        for (int i = 0; i < rules.size(); i++) {
            if (matches(rules.get(i), pods.completedIndexes, job.completions().orElse(0))) {
                return new Verdict(true, "SuccessPolicy", "Matched rules at index " + i);
            }
        }
        boolean complete =
                job.completions().isPresent()
                        ? succeeded >= job.completions().getAsInt() && pods.active.isEmpty()
                        : succeeded > 0 && pods.active.isEmpty();
        return complete
                ? new Verdict(
                        true, "CompletionsReached", "Reached expected number of succeeded pods")
                : null;
    }

    static boolean matches(ObjectNode rule, BitSet completed, int completions) {
        String wanted = Json.text(rule, "succeededIndexes");
        long count = Json.number(rule, -1, "succeededCount");
        BitSet counted = (BitSet) completed.clone();
        if (!wanted.isEmpty()) {
            BitSet indexes = Indexes.parse(wanted, completions);
            counted.and(indexes);
            if (count < 0) {
                return counted.equals(indexes);
            }
        }
        return count >= 0 && counted.cardinality() >= count;
    }

    /** Containers that are restarted in their pods count as well. */
    private static boolean restartedTooOften(JobState job, JobPods pods) {
        if (!job.restartsContainers()) {
            return false;
        }
        long restarts = pods.active.stream().mapToLong(pod -> pod.restarts()).sum();
        return job.backoffLimit() == 0 ? restarts > 0 : restarts >= job.backoffLimit();
    }

    private static @Nullable Verdict announced(@Nullable ObjectNode status) {
        for (boolean succeeds : new boolean[] {false, true}) {
            ObjectNode condition =
                    Conditions.find(status, succeeds ? SUCCESS_CRITERIA_MET : FAILURE_TARGET);
            if (Json.text(condition, "status").equals("True")) {
                return new Verdict(
                        succeeds, Json.text(condition, "reason"), Json.text(condition, "message"));
            }
        }
        return null;
    }
}
