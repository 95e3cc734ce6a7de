package dev.pilothouse.server.controller.job;

import dev.pilothouse.model.client.ResourceClient;
import dev.pilothouse.model.json.Json;
import dev.pilothouse.server.controller.Result;
import dev.pilothouse.server.controller.workload.Conditions;
import dev.pilothouse.server.controller.workload.PodPhase;
import dev.pilothouse.server.controller.workload.PodView;
import dev.pilothouse.server.record.EventRecorder;
import dev.pilothouse.server.record.ObjectReference;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * One attempt to bring a job on: pods are made or deleted, ends are noted in the status, then the
 * finalizers are taken, then the noted ends are counted. For one thread.
 */
final class JobSync {

    private static final String SUSPENDED = "Suspended";

    private final Tools tools;
    private final JobState job;
    private final ObjectReference about;
    private final Instant now;
    private final ObjectNode status;
    private final Uncounted uncounted;
    private final JobPods pods;
    private ObjectNode tree;

    /**
     * What an attempt works with, the same for all jobs.
     *
     * @param jobs writes statuses
     */
    record Tools(
            ResourceClient jobs,
            JobWorkers workers,
            Finalizers finalizers,
            Backoffs backoffs,
            EventRecorder events) {}

    JobSync(Tools tools, ObjectNode tree, ObjectReference about, List<PodView> owned, Instant now) {
        this.tools = tools;
        this.tree = tree;
        this.job = new JobState(tree);
        this.about = about;
        this.now = now;
        ObjectNode old = job.status();
        this.status = old == null ? Json.object() : old.deepCopy();
        this.uncounted = new Uncounted(status);
        Finalizers finalizers = tools.finalizers();
        this.pods =
                new JobPods(job, owned, pod -> finalizers.isTaken(pod) || uncounted.has(pod.uid()));
        uncounted.settle(
                owned.stream()
                        .filter(pod -> JobPods.tracked(pod) && !finalizers.isTaken(pod))
                        .map(PodView::uid)
                        .toList());
    }

    /**
     * Does what can be done now.
     *
     * @param upToDate whether all that was done for the job before has been seen
     */
    Result run(boolean upToDate) {
        start();
        long succeeded = succeeded();
        Verdict verdict = Verdict.of(job, pods, succeeded, failed(), now);
        JobWorkers.Outcome outcome = JobWorkers.Outcome.NONE;
        if (verdict != null) {
            announce(verdict);
            if (upToDate) {
                outcome = tools.workers().delete(job, pods.active, about);
            }
        } else if (!job.deleting()) {
            outcome = goOn(upToDate, succeeded);
        }
        counts(outcome.change());
        List<PodView> ended = note(verdict != null || job.deleting());
        boolean over =
                verdict != null
                        && pods.active.isEmpty()
                        && pods.terminating.isEmpty()
                        && uncounted.tookAll();
        if (ended.isEmpty() && over) {
            end(verdict);
        }
        write();
        noteFailures(ended);
        if (!ended.isEmpty()) {
            tools.finalizers().take(ended);
            uncounted.settle(List.of());
            if (over) {
                end(verdict);
            }
            write();
        }
        if (over && verdict != null) {
            tell(verdict);
            return Result.DONE;
        }
        if (outcome.failure() != null) {
            throw outcome.failure();
        }
        return later(outcome.pause());
    }

    private void start() {
        if (Json.text(status, "startTime").isEmpty() && !job.suspended() && !job.deleting()) {
            status.put("startTime", Conditions.time(now));
        }
    }

    private JobWorkers.Outcome goOn(boolean upToDate, long succeeded) {
        if (job.suspended()) {
            suspend();
            return upToDate
                    ? tools.workers().delete(job, pods.active, about)
                    : JobWorkers.Outcome.NONE;
        }
        if (Conditions.isTrue(status, SUSPENDED)) {
            Conditions.put(status, condition(SUSPENDED, "False", "JobResumed", "Job resumed"));
            status.put("startTime", Conditions.time(now));
            tools.events().normal(about, "Resumed", "Job resumed");
        }
        // A failure that is not noted yet may yet make the job wait.
        boolean settled = pods.newFailed.isEmpty() || job.limitsIndexes();
        return upToDate && settled
                ? tools.workers().manage(job, pods, succeeded, now, about)
                : JobWorkers.Outcome.NONE;
    }

    private void suspend() {
        if (!Conditions.isTrue(status, SUSPENDED)) {
            Conditions.put(status, condition(SUSPENDED, "True", "JobSuspended", "Job suspended"));
            tools.events().normal(about, "Suspended", "Job suspended");
        }
        status.remove("startTime");
    }

    private long succeeded() {
        return job.indexed()
                ? pods.completedIndexes.cardinality()
                : Json.number(status, 0, "succeeded")
                        + uncounted.succeeded()
                        + pods.newSucceeded.size();
    }

    private long failed() {
        return Json.number(status, 0, "failed")
                + uncounted.failed()
                + pods.newFailed.size()
                - pods.ignored.size();
    }

    private void announce(Verdict verdict) {
        if (!Conditions.isTrue(status, verdict.announcement())) {
            Conditions.put(
                    status,
                    condition(verdict.announcement(), "True", verdict.reason(), verdict.message()));
        }
    }

    private void end(@Nullable Verdict verdict) {
        if (verdict == null) {
            return;
        }
        Conditions.put(
                status, condition(verdict.end(), "True", verdict.reason(), verdict.message()));
        if (verdict.succeeds()) {
            status.put("completionTime", Conditions.time(now));
        }
    }

    private void tell(Verdict verdict) {
        if (verdict.succeeds()) {
            tools.events().normal(about, "Completed", "Job completed");
        } else {
            tools.events().warning(about, verdict.reason(), verdict.message());
        }
    }

    private void counts(int change) {
        int active = pods.active.size() + change;
        if (active > 0) {
            status.put("active", active);
        } else {
            status.remove("active");
        }
        status.put("ready", (int) pods.active.stream().filter(PodView::isReady).count());
        status.put("terminating", pods.terminating.size() + Math.max(0, -change));
        if (!job.indexed()) {
            return;
        }
        int completed = pods.completedIndexes.cardinality();
        if (completed > 0) {
            status.put("succeeded", completed);
            status.put("completedIndexes", Indexes.format(pods.completedIndexes));
        }
        if (job.limitsIndexes()) {
            status.put("failedIndexes", Indexes.format(pods.failedIndexes));
        }
    }

    /**
     * Notes how pods have ended.
     *
     * @param all whether none has to be kept for the sake of those that come after it
     * @return the pods whose finalizer is to be taken once that is written
     */
    private List<PodView> note(boolean all) {
        List<PodView> ended = new ArrayList<>();
        for (PodView pod : pods.all) {
            if (uncounted.has(pod.uid())
                    && JobPods.tracked(pod)
                    && !tools.finalizers().isTaken(pod)) {
                ended.add(pod);
            }
        }
        for (PodView pod : pods.newSucceeded) {
            if (job.indexed() || uncounted.addSucceeded(pod.uid())) {
                ended.add(pod);
            }
        }
        for (PodView pod : pods.newFailed) {
            boolean kept = !all && pod.equals(pods.lastFailed.get(JobPods.index(pod)));
            if (!kept && (pods.ignored.contains(pod) || uncounted.addFailed(pod.uid()))) {
                ended.add(pod);
            }
        }
        if (job.deleting()) {
            pods.all.stream()
                    .filter(pod -> pod.deleting() && JobPods.tracked(pod) && !ended.contains(pod))
                    .forEach(ended::add);
        }
        return ended;
    }

    private void noteFailures(List<PodView> ended) {
        List<Long> failures = new ArrayList<>();
        long success = 0;
        for (PodView pod : ended) {
            long at = JobPods.finishedAt(pod);
            if (pod.phase() == PodPhase.SUCCEEDED) {
                success = Math.max(success, at);
            } else if (pods.newFailed.contains(pod)) {
                failures.add(at == 0 ? now.getEpochSecond() : at);
            }
        }
        if (success > 0 || !failures.isEmpty()) {
            failures.sort(null);
            tools.backoffs().note(job.uid(), success, failures);
        }
    }

    private void write() {
        uncounted.write();
        if (!status.equals(tree.get("status"))) {
            tree.set("status", status.deepCopy());
            tree = tools.jobs().update(tree, "status");
        }
    }

    private Result later(@Nullable Duration pause) {
        @Nullable Duration next = pause;
        Instant deadline = job.deadline();
        String start = Json.text(status, "startTime");
        if (deadline == null && !start.isEmpty()) {
            deadline = new JobState(tree).deadline();
        }
        if (deadline != null && !job.suspended()) {
            Duration left = Duration.between(now, deadline);
            left = left.isPositive() ? left : Duration.ofMillis(1);
            next = next == null || left.compareTo(next) < 0 ? left : next;
        }
        return next == null ? Result.DONE : new Result.RequeueAfter(next);
    }

    private ObjectNode condition(String type, String value, String reason, String message) {
        return Conditions.condition(type, value, reason, message, now)
                .put("lastProbeTime", Conditions.time(now));
    }
}
