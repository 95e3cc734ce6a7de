package dev.pilothouse.server.scheduler;

import dev.pilothouse.model.client.ApiClient;
import dev.pilothouse.model.client.DeleteOptions;
import dev.pilothouse.model.client.PatchForm;
import dev.pilothouse.model.client.ResourceClient;
import dev.pilothouse.model.client.TransportException;
import dev.pilothouse.model.json.Json;
import dev.pilothouse.model.meta.ApiException;
import dev.pilothouse.model.meta.GroupVersionResource;
import dev.pilothouse.model.meta.StatusReason;
import dev.pilothouse.server.record.EventRecorder;
import dev.pilothouse.server.record.ObjectReference;
import dev.pilothouse.server.scheduler.cluster.PodInfo;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes what the scheduler has to say about pods: bindings, conditions and events. Thread-safe.
 */
final class PodWriter {

    static final GroupVersionResource PODS = new GroupVersionResource("", "v1", "pods");
    static final String UNSCHEDULABLE = "Unschedulable";
    static final String ERROR = "SchedulerError";

    private static final Logger LOG = LoggerFactory.getLogger(PodWriter.class);
    private static final int LONGEST_MESSAGE = 1024;
    private static final String CUT = " ...";

    private final ResourceClient pods;
    private final EventRecorder events;
    private final InstantSource clock;

    PodWriter(ApiClient client, EventRecorder events, InstantSource clock) {
        this.pods = client.resource(PODS);
        this.events = events;
        this.clock = clock;
    }

    /** Puts a pod on a node; throws what the server refuses. */
    void bind(PodInfo pod, String node) {
        ObjectNode binding = Json.object();
        binding.put("apiVersion", "v1").put("kind", "Binding");
        binding.putObject("metadata")
                .put("namespace", pod.namespace())
                .put("name", pod.name())
                .put("uid", pod.uid());
        binding.putObject("target").put("kind", "Node").put("name", node);
        pods.create(pod.namespace(), pod.name(), "binding", binding);
    }

    /** Tells that a pod has a node. */
    void scheduled(PodInfo pod, String node) {
        events.normal(
                reference(pod), "Scheduled", "Successfully assigned " + pod.key() + " to " + node);
    }

    /** Tells that a pod has no node, in an event. */
    void refused(PodInfo pod, String message) {
        events.warning(reference(pod), "FailedScheduling", cut(message));
    }

    /**
     * Tells that a pod has no node, in its status.
     *
     * @param nominated the node on which room is being made, empty for none, null to leave it as is
     */
    void mark(PodInfo pod, String reason, String message, @Nullable String nominated) {
        ObjectNode patch = Json.object();
        ObjectNode status = patch.putObject("status");
        ObjectNode condition = status.putArray("conditions").addObject();
        condition.put("type", "PodScheduled").put("status", "False");
        condition.put("reason", reason).put("message", message);
        if (!pod.marked()) {
            condition.put("lastTransitionTime", now());
        }
        if (nominated != null) {
            if (nominated.isEmpty()) {
                status.putNull("nominatedNodeName");
            } else {
                status.put("nominatedNodeName", nominated);
            }
        }
        patchStatus(pod, patch);
    }

    /** Takes a pod away to make room for another one. */
    void preempt(PodInfo victim, PodInfo preemptor, String node) {
        ObjectNode patch = Json.object();
        ObjectNode condition = patch.putObject("status").putArray("conditions").addObject();
        condition.put("type", "DisruptionTarget").put("status", "True");
        condition.put("reason", "PreemptionByScheduler");
        condition.put(
                "message", Scheduler.NAME + ": preempting to accommodate a higher priority pod");
        condition.put("lastTransitionTime", now());
        patchStatus(victim, patch);
        try {
            pods.delete(
                    victim.namespace(),
                    victim.name(),
                    DeleteOptions.DEFAULT.only(victim.uid(), ""));
        } catch (ApiException e) {
            if (e.reason() != StatusReason.NOT_FOUND && e.reason() != StatusReason.CONFLICT) {
                LOG.warn("pod {} could not be taken away: {}", victim.key(), e.getMessage());
            }
            return;
        } catch (TransportException e) {
            LOG.warn("pod {} could not be taken away: {}", victim.key(), e.getMessage());
            return;
        }
        events.normal(
                reference(victim),
                "Preempted",
                "Preempted by pod " + preemptor.uid() + " on node " + node);
    }

    /** Room is no longer being made for a pod. */
    void withdraw(PodInfo pod) {
        ObjectNode patch = Json.object();
        patch.putObject("status").putNull("nominatedNodeName");
        patchStatus(pod, patch);
    }

    private String now() {
        return clock.instant().truncatedTo(ChronoUnit.SECONDS).toString();
    }

    private void patchStatus(PodInfo pod, ObjectNode patch) {
        patch.putObject("metadata").put("uid", pod.uid());
        try {
            pods.patch(pod.namespace(), pod.name(), "status", PatchForm.STRATEGIC, patch);
        } catch (ApiException e) {
            if (e.reason() != StatusReason.NOT_FOUND && e.reason() != StatusReason.CONFLICT) {
                LOG.warn("the status of pod {} was refused: {}", pod.key(), e.getMessage());
            }
        } catch (TransportException e) {
            LOG.warn("the status of pod {} could not be written: {}", pod.key(), e.getMessage());
        }
    }

    static ObjectReference reference(PodInfo pod) {
        return new ObjectReference("v1", "Pod", pod.namespace(), pod.name(), pod.uid(), "", "");
    }

    private static String cut(String message) {
        return message.length() <= LONGEST_MESSAGE
                ? message
                : message.substring(0, LONGEST_MESSAGE - CUT.length()) + CUT;
    }
}
