package dev.pilothouse.server.controller.deployment;

import dev.pilothouse.server.controller.Result;
import dev.pilothouse.server.controller.workload.PodPhase;
import dev.pilothouse.server.controller.workload.PodView;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** One attempt to bring a deployment where it should be. For one thread. */
final class Rollout {

    private final ReplicaSets sets;
    private final DeploymentState deployment;
    private final List<ReplicaSetState> owned;
    private final Function<String, List<PodView>> podsOf;
    private final Rolling rolling;
    private final Instant now;
    private List<ReplicaSetState> old = List.of();
    private @Nullable ReplicaSetState latest;

    /**
     * An attempt.
     *
     * @param owned the deployment's replica sets
     * @param podsOf the pods of a replica set by its uid
     */
    Rollout(
            ReplicaSets sets,
            DeploymentState deployment,
            List<ReplicaSetState> owned,
            Function<String, List<PodView>> podsOf,
            Instant now) {
        this.sets = sets;
        this.deployment = deployment;
        this.owned = owned;
        this.podsOf = podsOf;
        this.rolling = new Rolling(deployment);
        this.now = now;
    }

    Result run(boolean deleting) {
        if (deleting) {
            find();
            return writeStatus(status().counted(all(), latest));
        }
        if (status().pausing(deployment.statusToChange())) {
            sets.writeStatus(deployment);
        }
        if (deployment.paused()) {
            find();
            scaleOnly();
            sets.cleanUp(deployment, old);
            return writeStatus(status().counted(all(), latest));
        }
        if (hasBeenScaled()) {
            find();
            scaleOnly();
            return writeStatus(status().counted(all(), latest));
        }
        return deployment.recreates() ? recreate() : roll();
    }

    private Result roll() {
        ReplicaSetState set = findOrCreate();
        boolean moved = sets.scale(deployment, set, newSize(set));
        if (!moved) {
            moved = sets.scale(deployment, rolling.shrunk(all(), activeOld(), set));
        }
        if (!moved && status().isComplete(deployment.status())) {
            sets.cleanUp(deployment, old);
        }
        return finish();
    }

    private Result recreate() {
        find();
        Map<ReplicaSetState, Integer> none = new LinkedHashMap<>();
        activeOld().forEach(set -> none.put(set, 0));
        if (sets.scale(deployment, none) || oldPodsRun()) {
            return finish();
        }
        ReplicaSetState set = findOrCreate();
        sets.scale(deployment, set, deployment.replicas());
        if (status().isComplete(deployment.status())) {
            sets.cleanUp(deployment, old);
        }
        return finish();
    }

    private int newSize(ReplicaSetState set) {
        return set.replicas() >= deployment.replicas()
                ? deployment.replicas()
                : rolling.newSize(all(), set.replicas());
    }

    /** The desired size is noted on replica sets; one that differs has not been acted on. */
    private boolean hasBeenScaled() {
        for (ReplicaSetState set : ReplicaSetState.active(owned)) {
            String desired = set.annotation(ReplicaSetState.DESIRED);
            if (!desired.isEmpty() && ReplicaSetState.number(desired) != deployment.replicas()) {
                return true;
            }
        }
        return false;
    }

    private void scaleOnly() {
        ReplicaSetState only = Rolling.onlyActiveOrLatest(latest, old);
        if (only != null) {
            sets.scale(deployment, only, deployment.replicas());
            return;
        }
        if (rolling.isSaturated(latest)) {
            Map<ReplicaSetState, Integer> none = new LinkedHashMap<>();
            activeOld().forEach(set -> none.put(set, 0));
            sets.scale(deployment, none);
            return;
        }
        if (!deployment.recreates()) {
            sets.scale(deployment, rolling.proportional(ReplicaSetState.active(all())));
        }
    }

    private boolean oldPodsRun() {
        if (ReplicaSetState.sumOfActual(old) > 0) {
            return true;
        }
        return old.stream()
                .flatMap(set -> podsOf.apply(set.uid()).stream())
                .anyMatch(pod -> !pod.phase().isTerminal() || pod.phase() == PodPhase.UNKNOWN);
    }

    private Result finish() {
        ObjectNode status = status().rolled(all(), latest);
        if (!status.equals(deployment.status())) {
            return writeStatus(status);
        }
        Duration wait = status().untilTimeOut(status);
        return wait == null ? Result.DONE : new Result.RequeueAfter(wait);
    }

    private Result writeStatus(ObjectNode status) {
        if (!status.equals(deployment.status())) {
            deployment.tree().set("status", status);
            sets.writeStatus(deployment);
        }
        return Result.DONE;
    }

    /** Sorts out which replica set is the latest, if there is one. */
    private @Nullable ReplicaSetState find() {
        ReplicaSetState found = ReplicaSets.latest(deployment, owned);
        old = owned.stream().filter(set -> !set.equals(found)).toList();
        if (found != null) {
            sets.refresh(deployment, found, old);
        }
        latest = found;
        return found;
    }

    /** The latest replica set, which is made if there is none. */
    private ReplicaSetState findOrCreate() {
        ReplicaSetState found = find();
        ReplicaSetState set = found == null ? sets.create(deployment, old) : found;
        latest = set;
        return set;
    }

    private List<ReplicaSetState> activeOld() {
        return ReplicaSetState.active(old);
    }

    private List<ReplicaSetState> all() {
        List<ReplicaSetState> all = new ArrayList<>(old);
        if (latest != null) {
            all.add(latest);
        }
        return all;
    }

    private DeploymentStatus status() {
        return new DeploymentStatus(deployment, now);
    }
}
