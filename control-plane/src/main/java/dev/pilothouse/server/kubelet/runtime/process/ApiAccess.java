package dev.pilothouse.server.kubelet.runtime.process;

import dev.pilothouse.model.codec.YamlWriter;
import dev.pilothouse.model.json.Json;
import dev.pilothouse.server.kubelet.cri.CriException;
import dev.pilothouse.server.kubelet.cri.CriException.Code;
import dev.pilothouse.server.kubelet.cri.Mount;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/**
 * Tells processes how to speak to the API server. Clients look for the token of their pod at a
 * fixed path, which is the machine's for a process; without a hint they would take the kubeconfig
 * of the user who started this program, and his rights. So each container that has the token gets a
 * kubeconfig that names it.
 *
 * @param server where the API server listens
 */
record ApiAccess(URI server) {

    /** Where containers find the token of their service account. */
    private static final String MOUNT = "/var/run/secrets/kubernetes.io/serviceaccount";

    private static final String NAME = "in-cluster";

    /**
     * The variables for a container; none when it has no token.
     *
     * @param directory where its kubeconfig is kept
     */
    Map<String, String> environment(
            Path directory, String namespace, String container, List<Mount> mounts) {
        for (Mount mount : mounts) {
            if (mount.containerPath().equals(MOUNT)) {
                Path file = directory.resolve("kubeconfig-" + container);
                write(file, namespace, mount.hostPath());
                return Map.of(
                        "KUBECONFIG",
                        file.toString(),
                        "VOLUME_KUBE_API_ACCESS",
                        mount.hostPath().toString());
            }
        }
        return Map.of();
    }

    private void write(Path file, String namespace, Path account) {
        ObjectNode config = Json.object().put("apiVersion", "v1").put("kind", "Config");
        config.putArray("clusters")
                .addObject()
                .put("name", NAME)
                .putObject("cluster")
                .put("server", server.toString())
                .put("certificate-authority", account.resolve("ca.crt").toString());
        ObjectNode user = config.putArray("users").addObject().put("name", NAME).putObject("user");
        Path token = account.resolve("token");
        user.put("tokenFile", token.toString());
        config.putArray("contexts")
                .addObject()
                .put("name", NAME)
                .putObject("context")
                .put("cluster", NAME)
                .put("user", NAME)
                .put("namespace", namespace);
        config.put("current-context", NAME);
        try {
            // Some clients do not know token files; those that do prefer them, as they are renewed.
            user.put("token", Files.readString(token));
            Files.createDirectories(file.getParent());
            ContainerFiles.replace(file, YamlWriter.write(config));
        } catch (IOException e) {
            throw new CriException(
                    Code.INTERNAL, "the kubeconfig cannot be written: " + e.getMessage(), e);
        }
    }
}
