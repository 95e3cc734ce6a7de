package dev.pilothouse.server.kubelet;

import dev.pilothouse.server.kubelet.cri.ContainerRuntime;
import dev.pilothouse.server.kubelet.cri.CriException;
import dev.pilothouse.server.kubelet.cri.PodSandboxStatus;
import dev.pilothouse.server.kubelet.pod.PodRemains;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Removes what is left of pods that nobody knows any longer. */
final class Orphans {

    private static final Logger LOG = LoggerFactory.getLogger(Orphans.class);

    private Orphans() {}

    /** Removes the files of pods other than these. */
    static void removeFiles(Path directory, Set<String> uids) {
        try (Stream<Path> pods = Files.list(directory.resolve("pods"))) {
            for (Path pod : pods.toList()) {
                String uid = pod.getFileName().toString();
                if (!uids.contains(uid)) {
                    PodRemains.delete(directory, "", "", uid);
                }
            }
        } catch (NoSuchFileException e) {
            LOG.trace("no pod has ever left files in {}", directory);
        } catch (IOException e) {
            LOG.warn("files of pods that are gone stay: {}", e.getMessage());
        }
    }

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
