package dev.pilothouse.server.scheduler.preemption;

import dev.pilothouse.server.scheduler.cluster.NodeInfo;
import dev.pilothouse.server.scheduler.cluster.PodInfo;
import dev.pilothouse.server.scheduler.cluster.Snapshot;
import dev.pilothouse.server.scheduler.framework.Status;
import dev.pilothouse.server.scheduler.placement.Checks;
import dev.pilothouse.server.scheduler.placement.Diagnosis;
import dev.pilothouse.server.scheduler.placement.Nominations;
import dev.pilothouse.server.scheduler.placement.Placement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Finds pods whose going would let a pod of higher priority in. Without side effects. */
public final class Preemption {

    /**
     * What kube-scheduler says from 1.34 on, where dynamic resource allocation is asked first:
     * tools look for these words, and here no pod has claims that could be given back.
     */
    private static final String SAID_BEFORE = "no new claims to deallocate, preemption: ";

    private static final int LEAST_CANDIDATES = 100;
    private static final int CANDIDATE_SHARE = 10;
    static final Status NO_VICTIMS =
            Status.unresolvable("", "No preemption victims found for incoming pod");
    private static final Status NOT_HELPFUL =
            Status.unresolvable("", "Preemption is not helpful for scheduling");

    private final Supplier<List<Budget>> budgets;
    private final Nominations nominations;
    private final Function<String, List<PodInfo>> latestOn;
    private final RandomGenerator random;

    /** What came of it. */
    public sealed interface Outcome {

        /** These would have to go. */
        record Room(Victims victims) implements Outcome {}

        /**
         * There is nothing to be gained.
         *
         * @param message why, in Kubernetes' words
         * @param hopeless whether room that is being made already is of no use any more
         */
        record Nothing(String message, boolean hopeless) implements Outcome {}
    }

    /**
     * Over these budgets.
     *
     * @param budgets all budgets
     * @param nominations where room is being made
     * @param latestOn the pods on a node as they were seen last
     * @param random where the search starts
     */
    public Preemption(
            Supplier<List<Budget>> budgets,
            Nominations nominations,
            Function<String, List<PodInfo>> latestOn,
            RandomGenerator random) {
        this.budgets = budgets;
        this.nominations = nominations;
        this.latestOn = latestOn;
        this.random = random;
    }

    /**
     * Looks for pods that could make room.
     *
     * @param none why there is no node as things are
     * @param checks the pod's filters over the snapshot, which are not changed
     */
    public Outcome find(PodInfo pod, Snapshot snapshot, Placement.None none, Checks checks) {
        String unfit = unfit(pod, snapshot, none);
        if (!unfit.isEmpty()) {
            return new Outcome.Nothing(SAID_BEFORE + unfit, false);
        }
        List<Integer> helpful = new ArrayList<>();
        for (int i = 0; i < none.statuses().size(); i++) {
            if (none.statuses().get(i).code() == Status.Code.UNSCHEDULABLE) {
                helpful.add(i);
            }
        }
        Status[] told = new Status[snapshot.size()];
        Arrays.fill(told, NOT_HELPFUL);
        Victims best = best(pod, snapshot, helpful, checks, told);
        if (best != null) {
            return new Outcome.Room(best);
        }
        Diagnosis diagnosis = Diagnosis.of(snapshot.size(), Arrays.asList(told));
        return new Outcome.Nothing(SAID_BEFORE + diagnosis.message(), true);
    }

    private String unfit(PodInfo pod, Snapshot snapshot, Placement.None none) {
        if (!pod.shape().preempts()) {
            return "not eligible due to preemptionPolicy=Never.";
        }
        int position = snapshot.position(pod.nominatedNode());
        boolean given = position >= 0 && position < none.statuses().size();
        if (given && none.statuses().get(position).code() == Status.Code.UNSCHEDULABLE) {
            for (PodInfo other : latestOn.apply(pod.nominatedNode())) {
                if (other.state() == PodInfo.State.PREEMPTED && other.priority() < pod.priority()) {
                    return "not eligible due to terminating pod on the nominated node.";
                }
            }
        }
        return "";
    }

    private @Nullable Victims best(
            PodInfo pod, Snapshot snapshot, List<Integer> helpful, Checks checks, Status[] told) {
        int count = helpful.size();
        if (count == 0) {
            return null;
        }
        int wanted = Math.min(count, Math.max(LEAST_CANDIDATES, count / CANDIDATE_SHARE));
        int offset = random.nextInt(count);
        List<Budget> all = budgets.get();
        Victims best = null;
        int found = 0;
        boolean harmless = false;
        for (int i = 0; i < count && !(harmless && found >= wanted); i++) {
            int position = helpful.get((offset + i) % count);
            NodeInfo node = snapshot.at(position);
            if (node.lowestPriority() >= pod.priority()) {
                told[position] = NO_VICTIMS;
                continue;
            }
            VictimSearch search = new VictimSearch(pod, node, checks, nominations, latestOn, all);
            Victims victims = search.run();
            if (victims == null) {
                told[position] = search.refusal();
                continue;
            }
            found++;
            harmless |= victims.violations() == 0;
            if (best == null || Victims.LEAST_HARM_FIRST.compare(victims, best) < 0) {
                best = victims;
            }
        }
        return best;
    }
}
