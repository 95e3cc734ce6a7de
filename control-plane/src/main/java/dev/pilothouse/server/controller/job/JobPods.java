package dev.pilothouse.server.controller.job;

import dev.pilothouse.server.controller.job.FailurePolicy.Action;
import dev.pilothouse.server.controller.job.FailurePolicy.Decision;
import dev.pilothouse.server.controller.workload.PodPhase;
import dev.pilothouse.server.controller.workload.PodTrait;
import dev.pilothouse.server.controller.workload.PodView;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** The pods of a job, sorted by what has become of them. Changes nothing. */
final class JobPods {

    private final JobState job;
    final List<PodView> all;
    final List<PodView> active = new ArrayList<>();
    final List<PodView> terminating = new ArrayList<>();

    /** Ended, and not noted in the job's status yet. */
    final List<PodView> newSucceeded = new ArrayList<>();

    final List<PodView> newFailed = new ArrayList<>();

    /** Of the failed ones, those that do not count. */
    final List<PodView> ignored = new ArrayList<>();

    /**
     * The last failed pods of indexes that are to be tried again: they tell how often it failed.
     */
    final Map<Integer, PodView> lastFailed = new HashMap<>();

    final BitSet completedIndexes;
    final BitSet failedIndexes;

    /** Why the pod failure policy fails the job, or empty. */
    String failJob = "";

    /**
     * Sorts.
     *
     * @param noted whether a pod's uid is noted as ended already
     */
    JobPods(JobState job, List<PodView> pods, Predicate<PodView> noted) {
        this.job = job;
        this.all = pods;
        this.completedIndexes = job.completedIndexes();
        this.failedIndexes = job.failedIndexes();
        FailurePolicy policy = new FailurePolicy(job.failureRules());
        int completions = job.completions().orElse(0);
        for (PodView pod : pods) {
            if (pod.isActive()) {
                active.add(pod);
            } else if (pod.isTerminating()) {
                terminating.add(pod);
            }
            if (job.indexed() && pod.phase() == PodPhase.SUCCEEDED) {
                int index = index(pod);
                if (index >= 0 && index < completions) {
                    completedIndexes.set(index);
                }
            }
            if (!tracked(pod) || noted.test(pod)) {
                continue;
            }
            if (pod.phase() == PodPhase.SUCCEEDED) {
                newSucceeded.add(pod);
            } else if (isFailed(pod)) {
                failed(pod, policy.decide(pod), completions);
            }
        }
        failedIndexes.andNot(completedIndexes);
        lastFailed
                .keySet()
                .removeIf(index ->
                        failedIndexes.get(index) || completedIndexes.get(index) || isActive(index));
    }

    static boolean tracked(PodView pod) {
        return pod.trait() instanceof PodTrait.OfJob trait && trait.tracked();
    }

    static int index(PodView pod) {
        return pod.trait() instanceof PodTrait.OfJob trait ? trait.index() : -1;
    }

    static int failures(PodView pod) {
        return pod.trait() instanceof PodTrait.OfJob trait ? trait.indexFailures() : 0;
    }

    /** How often the pod's index failed before it, whether that counted or not. */
    static int attempts(PodView pod) {
        return pod.trait() instanceof PodTrait.OfJob trait
                ? trait.indexFailures() + trait.ignoredFailures()
                : 0;
    }

    static long finishedAt(PodView pod) {
        return pod.trait() instanceof PodTrait.OfJob trait ? trait.finishedAt() : 0;
    }

    /** The indexes that have a pod that may still succeed. */
    BitSet activeIndexes() {
        BitSet indexes = new BitSet();
        active.forEach(pod -> set(indexes, pod));
        if (job.replacesOnlyFailed()) {
            terminating.forEach(pod -> set(indexes, pod));
        }
        return indexes;
    }

    private static void set(BitSet indexes, PodView pod) {
        int index = index(pod);
        if (index >= 0) {
            indexes.set(index);
        }
    }

    private boolean isActive(int index) {
        for (PodView pod : active) {
            PodView failed = lastFailed.get(index);
            if (index(pod) == index && failed != null && attempts(pod) > attempts(failed)) {
                return true;
            }
        }
        return false;
    }

    private boolean isFailed(PodView pod) {
        return pod.phase() == PodPhase.FAILED || (pod.deleting() && !job.replacesOnlyFailed());
    }

    private void failed(PodView pod, Decision decision, int completions) {
        newFailed.add(pod);
        if (decision.action() == Action.IGNORE) {
            ignored.add(pod);
        }
        if (decision.action() == Action.FAIL_JOB && failJob.isEmpty()) {
            failJob = decision.message();
        }
        int index = index(pod);
        if (!job.limitsIndexes() || index < 0 || index >= completions) {
            return;
        }
        boolean spent =
                decision.action() != Action.IGNORE && failures(pod) >= job.backoffLimitPerIndex();
        if (decision.action() == Action.FAIL_INDEX || spent) {
            failedIndexes.set(index);
        } else {
            lastFailed.merge(index, pod, (a, b) -> attempts(b) >= attempts(a) ? b : a);
        }
    }
}
