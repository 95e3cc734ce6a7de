package dev.pilothouse.server.scheduler.decision;

import dev.pilothouse.model.client.ResourceClient;
import dev.pilothouse.model.json.Json;
import dev.pilothouse.model.meta.ApiException;
import dev.pilothouse.model.meta.StatusReason;
import dev.pilothouse.server.advice.PlacementAdvisor;
import dev.pilothouse.server.scheduler.cluster.PodInfo;
import dev.pilothouse.server.scheduler.cluster.PodReader;
import dev.pilothouse.server.scheduler.cluster.Snapshot;
import dev.pilothouse.server.scheduler.framework.Profile;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Answers from the log of attempts and from the nodes as they are now. Thread-safe. */
public final class Advisor implements PlacementAdvisor {

    private final DecisionLog log;
    private final ResourceClient pods;
    private final Supplier<Snapshot> now;
    private final InstantSource clock;
    private final FixFinder fixes;
    private final DecisionWriter writer;
    private final Simulation simulation;

    /**
     * Over this log.
     *
     * @param pods reads pods whole
     * @param now the nodes as they are
     * @param namespaces the labels of a namespace by its name
     */
    public Advisor(
            DecisionLog log,
            ResourceClient pods,
            Supplier<Snapshot> now,
            Profile profile,
            Function<String, Map<String, String>> namespaces,
            InstantSource clock) {
        this.log = log;
        this.pods = pods;
        this.now = now;
        this.clock = clock;
        this.fixes = new FixFinder(profile, namespaces);
        this.writer = new DecisionWriter(profile);
        this.simulation = new Simulation(profile);
    }

    @Override
    public @Nullable ObjectNode decision(String namespace, String name, int nodes) {
        Attempt attempt = log.find(namespace, name);
        ObjectNode pod = read(namespace, name);
        if (pod == null) {
            return attempt == null ? null : writer.write(attempt, List.of(), nodes);
        }
        boolean bound = !Json.text(pod, "spec", "nodeName").isEmpty();
        if (attempt == null || !attempt.pod().uid().equals(Json.text(pod, "metadata", "uid"))) {
            return bound ? null : untried(pod, nodes);
        }
        return writer.write(attempt, bound ? List.of() : fixes.find(pod, now.get()), nodes);
    }

    /** A pod that waits for its gates, or for another scheduler: what would be if it were tried. */
    private ObjectNode untried(ObjectNode pod, int nodes) {
        PodInfo info = new PodReader().read(pod);
        Attempt attempt = new Attempt(info, now.get(), clock.instant(), 0, "", "", null);
        ObjectNode decision = writer.write(attempt, fixes.find(pod, now.get()), nodes);
        Json.child(decision, "status")
                .put("outcome", info.gates().isEmpty() ? "NotTried" : "SchedulingGated");
        return decision;
    }

    @Override
    public ObjectNode simulate(ObjectNode question) {
        return simulation.run(question, now.get());
    }

    private @Nullable ObjectNode read(String namespace, String name) {
        try {
            return pods.get(namespace, name);
        } catch (ApiException e) {
            if (e.reason() == StatusReason.NOT_FOUND) {
                return null;
            }
            throw e;
        }
    }
}
