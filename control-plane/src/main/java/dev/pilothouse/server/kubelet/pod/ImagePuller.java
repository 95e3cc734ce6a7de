package dev.pilothouse.server.kubelet.pod;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.server.kubelet.cri.CriException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** Gets images onto the node, in the kubelet's words. Source: pkg/kubelet/images. */
final class ImagePuller {

    private final PodServices services;

    ImagePuller(PodServices services) {
        this.services = services;
    }

    void ensure(PodTree pod, ObjectNode container) throws StartFailure {
        String image = Json.text(container, "image");
        String policy = Json.text(container, "imagePullPolicy");
        boolean present = !services.runtime().images().imageStatus(image).isEmpty();
        var about = pod.reference(container);
        if (present && !policy.equals("Always")) {
            services.events()
                    .normal(
                            about,
                            "Pulled",
                            "Container image \""
                                    + image
                                    + "\" already present on machine and can be accessed by the pod");
            return;
        }
        if (policy.equals("Never")) {
            String message =
                    "Container image \"" + image + "\" is not present with pull policy of Never";
            services.events().warning(about, "ErrImageNeverPull", message);
            throw new StartFailure("ErrImageNeverPull", message);
        }
        services.events().normal(about, "Pulling", "Pulling image \"" + image + "\"");
        Instant begin = services.clock().instant();
        try {
            services.runtime().images().pullImage(image, List.of());
        } catch (CriException e) {
            String message = "Failed to pull image \"" + image + "\": " + e.text();
            services.events().warning(about, "Failed", message);
            services.events().warning(about, "Failed", "Error: ErrImagePull");
            throw new StartFailure("ErrImagePull", e.text());
        }
        Duration took = Duration.between(begin, services.clock().instant());
        services.events()
                .normal(
                        about,
                        "Pulled",
                        "Successfully pulled image \"" + image + "\" in " + took.toMillis() + "ms");
    }
}
