package dev.pilothouse.server.kubelet.pod;

import java.nio.file.Path;

/**
 * Where the files of one pod are.
 *
 * @param base the node's directory of pods and logs
 * @param pod the pod
 */
record PodDirectory(Path base, PodTree pod) {

    Path root() {
        return base.resolve("pods").resolve(pod.uid());
    }

    Path volumes() {
        return root().resolve("volumes");
    }

    Path terminationFile(String container, int attempt) {
        return root().resolve("termination").resolve(container + "-" + attempt);
    }

    Path logs() {
        return base.resolve("logs").resolve(pod.namespace() + "_" + pod.name() + "_" + pod.uid());
    }

    Path log(String container, int attempt) {
        return logs().resolve(container).resolve(attempt + ".log");
    }
}
