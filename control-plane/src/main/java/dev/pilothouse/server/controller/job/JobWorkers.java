package dev.pilothouse.server.controller.job;

import dev.pilothouse.model.meta.ApiException;
import dev.pilothouse.server.controller.Creation;
import dev.pilothouse.server.controller.workload.Batches;
import dev.pilothouse.server.controller.workload.ControllerContext;
import dev.pilothouse.server.controller.workload.Expectations;
import dev.pilothouse.server.controller.workload.PodControl;
import dev.pilothouse.server.controller.workload.PodView;
import dev.pilothouse.server.record.ObjectReference;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Makes the pods that a job needs and deletes those that it does not. Thread-safe. */
final class JobWorkers {

    private static final int BURST = 500;

    private final PodControl control;
    private final Expectations expectations;
    private final Backoffs backoffs;

    JobWorkers(ControllerContext context, Expectations expectations, Backoffs backoffs) {
        this.control = new PodControl(context);
        this.expectations = expectations;
        this.backoffs = backoffs;
    }

    /**
     * What came of it.
     *
     * @param change how many active pods there are more, or negative, fewer
     * @param pause when to look again, or null
     * @param failure why it could not be done, or null
     */
    record Outcome(int change, @Nullable Duration pause, @Nullable RuntimeException failure) {

        static final Outcome NONE = new Outcome(0, null, null);
    }

    /** Brings the number of active pods to what is wanted. */
    Outcome manage(JobState job, JobPods pods, long succeeded, Instant now, ObjectReference about) {
        int active = pods.active.size();
        int wanted = wanted(job, pods, succeeded);
        if (active > wanted) {
            return delete(job, surplus(job, pods, active - wanted), about);
        }
        int missing = wanted - active;
        if (job.replacesOnlyFailed()) {
            missing -= pods.terminating.size();
        }
        if (missing <= 0) {
            return Outcome.NONE;
        }
        if (!job.limitsIndexes()) {
            Duration pause = backoffs.remaining(job.uid(), now);
            if (pause.isPositive()) {
                return new Outcome(0, pause, null);
            }
        }
        int count = Math.min(missing, BURST);
        return job.indexed()
                ? createIndexed(job, pods, count, now, about)
                : create(job, repeated(new PodFactory(job).pod(), count), null, about);
    }

    /** Deletes pods. */
    Outcome delete(JobState job, List<PodView> surplus, ObjectReference about) {
        if (surplus.isEmpty()) {
            return Outcome.NONE;
        }
        List<PodView> now = surplus.subList(0, Math.min(BURST, surplus.size()));
        expectations.expect(job.uid(), 0, now.stream().map(PodView::uid).toList());
        Batches.Outcome outcome = Batches.all(now.size(), i -> delete(job, now.get(i), about));
        return new Outcome(-outcome.done(), null, outcome.failure());
    }

    private void delete(JobState job, PodView pod, ObjectReference about) {
        try {
            if (!control.delete(pod, about)) {
                expectations.deleted(job.uid(), pod.uid());
            }
        } catch (RuntimeException e) {
            expectations.deleted(job.uid(), pod.uid());
            throw e;
        }
    }

    static int wanted(JobState job, JobPods pods, long succeeded) {
        OptionalInt completions = job.completions();
        if (completions.isEmpty()) {
            // Once one has succeeded the others finish, and no more are begun.
            return succeeded > 0 ? pods.active.size() : job.parallelism();
        }
        long left = completions.getAsInt() - succeeded;
        if (job.limitsIndexes()) {
            left -= pods.failedIndexes.cardinality();
        }
        return (int) Math.clamp(left, 0, job.parallelism());
    }

    /** Pods whose index another one has go first, then those that have done least. */
    private static List<PodView> surplus(JobState job, JobPods pods, int count) {
        List<PodView> sorted = new ArrayList<>(pods.active);
        sorted.sort(
                Comparator.comparing((PodView pod) -> !pod.node().isEmpty())
                        .thenComparing(PodView::phase)
                        .thenComparing(PodView::isReady)
                        .thenComparing(Comparator.comparing(PodView::created).reversed()));
        if (job.indexed()) {
            BitSet kept = (BitSet) pods.completedIndexes.clone();
            List<PodView> useless = new ArrayList<>();
            List<PodView> useful = new ArrayList<>();
            for (PodView pod : sorted.reversed()) {
                int index = JobPods.index(pod);
                boolean needed =
                        index >= 0 && index < job.completions().orElse(0) && !kept.get(index);
                (needed ? useful : useless).add(pod);
                if (needed) {
                    kept.set(index);
                }
            }
            sorted = new ArrayList<>(useless);
            sorted.addAll(useful.reversed());
        }
        return sorted.subList(0, Math.min(count, sorted.size()));
    }

    private Outcome createIndexed(
            JobState job, JobPods pods, int count, Instant now, ObjectReference about) {
        BitSet taken = pods.activeIndexes();
        taken.or(pods.completedIndexes);
        taken.or(pods.failedIndexes);
        PodFactory factory = new PodFactory(job);
        List<ObjectNode> created = new ArrayList<>();
        @Nullable Duration pause = null;
        int completions = job.completions().orElse(0);
        for (int index = taken.nextClearBit(0);
                index < completions && created.size() < count;
                index = taken.nextClearBit(index + 1)) {
            PodView failed = pods.lastFailed.get(index);
            Duration wait =
                    failed == null
                            ? Duration.ZERO
                            : Backoffs.remaining(
                                    JobPods.attempts(failed) + 1, JobPods.finishedAt(failed), now);
            if (wait.isPositive()) {
                pause = pause == null || wait.compareTo(pause) < 0 ? wait : pause;
            } else {
                created.add(factory.pod(index, failed, pods.ignored.contains(failed)));
            }
        }
        return create(job, created, pause, about);
    }

    private Outcome create(
            JobState job, List<ObjectNode> pods, @Nullable Duration pause, ObjectReference about) {
        if (pods.isEmpty()) {
            return new Outcome(0, pause, null);
        }
        expectations.expect(job.uid(), pods.size(), List.of());
        Batches.Outcome outcome =
                Batches.slowStart(
                        pods.size(),
                        i -> {
                            try {
                                control.create(pods.get(i), about);
                            } catch (ApiException e) {
                                if (!Creation.isInTerminatingNamespace(e)) {
                                    throw e;
                                }
                            }
                        });
        for (int i = outcome.done(); i < pods.size(); i++) {
            expectations.created(job.uid());
        }
        return new Outcome(outcome.done(), pause, outcome.failure());
    }

    private static List<ObjectNode> repeated(ObjectNode pod, int count) {
        return Collections.nCopies(count, pod);
    }
}
