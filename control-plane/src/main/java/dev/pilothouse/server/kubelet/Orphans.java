package dev.pilothouse.server.kubelet;

import dev.pilothouse.server.kubelet.cri.ContainerRuntime;
import dev.pilothouse.server.kubelet.cri.CriException;
import dev.pilothouse.server.kubelet.cri.PodSandboxStatus;
import dev.pilothouse.server.kubelet.pod.PodRemains;
import java.io.IOException;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Removes what is left of pods that nobody knows any longer. */
final class Orphans {

    private static final Logger LOG = LoggerFactory.getLogger(Orphans.class);

    private Orphans() {}

    static void remove(ContainerRuntime runtime, PodSandboxStatus sandbox, Path directory) {
        try {
            runtime.removePodSandbox(sandbox.id());
            PodRemains.delete(directory, sandbox.namespace(), sandbox.name(), sandbox.uid());
        } catch (CriException | IOException e) {
            LOG.warn(
                    "what pod {}/{} left stays: {}",
                    sandbox.namespace(),
                    sandbox.name(),
                    e.getMessage());
        }
    }
}
