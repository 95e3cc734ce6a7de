package dev.pilothouse.server.kubelet.pod;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.server.kubelet.cri.ContainerState;
import dev.pilothouse.server.kubelet.cri.ContainerStatus;
import dev.pilothouse.server.kubelet.probe.ContainerProbes;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The status of one container as the API has it. Source: the kubelet's convertStatusToAPIStatus.
 */
final class ContainerStatusTree {

    private final StatusInput input;
    private final String runtime;
    private final TerminationMessages messages;

    ContainerStatusTree(StatusInput input, String runtime, TerminationMessages messages) {
        this.input = input;
        this.runtime = runtime;
        this.messages = messages;
    }

    ArrayNode of(Iterable<ObjectNode> containers) {
        ArrayNode all = Json.array();
        containers.forEach(container -> all.add(of(container)));
        return all;
    }

    private ObjectNode of(ObjectNode container) {
        String name = PodTree.name(container);
        ContainerStatus latest = input.containers().latest(name);
        ContainerStatus previous = input.containers().previous(name);
        Waiting waiting = input.waiting().get(name);
        boolean running = latest != null && latest.state() == ContainerState.RUNNING;
        boolean ended = latest != null && latest.state() == ContainerState.EXITED;
        ObjectNode status = Json.object();
        status.put("name", name);
        ObjectNode state = status.putObject("state");
        ObjectNode last = status.putObject("lastState");
        ContainerStatus shownLast = previous;
        if (latest != null && running) {
            state.putObject("running").put("startedAt", time(latest.startedAt()));
        } else if (latest != null && ended && (waiting == null || isOver(container, latest))) {
            state.set("terminated", terminated(latest, container));
        } else {
            Waiting why = waiting == null ? waitingToBegin() : waiting;
            ObjectNode json = state.putObject("waiting").put("reason", why.reason());
            if (!why.message().isEmpty()) {
                json.put("message", why.message());
            }
            shownLast = latest != null && ended ? latest : previous;
        }
        if (shownLast != null && shownLast.state() == ContainerState.EXITED) {
            last.set("terminated", terminated(shownLast, container));
        }
        boolean sidecarOrMain =
                !input.pod().initContainers().contains(container) || PodTree.isSidecar(container);
        ContainerProbes probes = input.probes().apply(name);
        boolean started = running && probes != null && probes.started();
        boolean ready =
                sidecarOrMain
                        ? running && probes != null && probes.ready()
                        : latest != null && ended && latest.exitCode() == 0;
        boolean ephemeral = input.pod().ephemeralContainers().contains(container);
        status.put("ready", ready && !ephemeral);
        status.put("restartCount", latest == null ? 0 : latest.attempt());
        status.put("image", Json.text(container, "image"));
        status.put("imageID", latest == null ? "" : latest.imageRef());
        if (latest != null) {
            status.put("containerID", runtime + "://" + latest.id());
        }
        status.put("started", started);
        ObjectNode resources = Json.objectAt(container, "resources");
        if (running && resources != null && !resources.isEmpty()) {
            status.set("resources", resources.deepCopy());
            ObjectNode requests = Json.objectAt(resources, "requests");
            if (requests != null) {
                status.set("allocatedResources", requests.deepCopy());
            }
        }
        return status;
    }

    private boolean isOver(ObjectNode container, ContainerStatus latest) {
        return input.ending() || !input.pod().restarts(container, latest.exitCode());
    }

    private Waiting waitingToBegin() {
        return new Waiting(
                input.pod().initContainers().isEmpty() ? "ContainerCreating" : "PodInitializing",
                "");
    }

    private ObjectNode terminated(ContainerStatus ended, ObjectNode container) {
        ObjectNode json = Json.object();
        json.put("exitCode", ended.exitCode());
        String reason = ended.reason();
        if (reason.isEmpty()) {
            reason = ended.exitCode() == 0 ? "Completed" : "Error";
        }
        json.put("reason", reason);
        String message = messages.of(ended, container);
        if (!message.isEmpty()) {
            json.put("message", message);
        }
        json.put(
                "startedAt",
                time(ended.startedAt() == null ? ended.createdAt() : ended.startedAt()));
        json.put("finishedAt", time(ended.finishedAt()));
        json.put("containerID", runtime + "://" + ended.id());
        return json;
    }

    static String time(@Nullable Instant when) {
        Instant known = when == null ? Instant.EPOCH : when;
        return known.truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
