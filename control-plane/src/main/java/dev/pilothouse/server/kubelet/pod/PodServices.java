package dev.pilothouse.server.kubelet.pod;

import dev.pilothouse.model.client.ApiClient;
import dev.pilothouse.server.controller.Delays;
import dev.pilothouse.server.kubelet.cri.ContainerRuntime;
import dev.pilothouse.server.kubelet.env.ServiceAddresses;
import dev.pilothouse.server.kubelet.env.ServiceView;
import dev.pilothouse.server.kubelet.log.LogReader;
import dev.pilothouse.server.kubelet.volume.ReferencedObjects;
import dev.pilothouse.server.record.EventRecorder;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Map;
import java.util.function.Supplier;

/**
 * What all pods of a node share.
 *
 * @param client acts as the node
 * @param runtime runs the containers
 * @param objects the ConfigMaps and Secrets that pods refer to
 * @param services the Services that there are
 * @param addresses where pods reach them
 * @param events tells people
 * @param delays runs things later
 * @param clock the time
 * @param hostIp the node's address
 * @param allocatable what the node has to give
 * @param directory where the files of pods are
 * @param logs reads logs
 * @param apiServer variables by which pods find the API server from where they are
 */
public record PodServices(
        ApiClient client,
        ContainerRuntime runtime,
        ReferencedObjects objects,
        Supplier<Collection<ServiceView>> services,
        ServiceAddresses addresses,
        EventRecorder events,
        Delays delays,
        InstantSource clock,
        String hostIp,
        Map<String, String> allocatable,
        Path directory,
        LogReader logs,
        Map<String, String> apiServer) {

    /** Copies the maps. */
    public PodServices {
        allocatable = Map.copyOf(allocatable);
        apiServer = Map.copyOf(apiServer);
    }
}
