package dev.pilothouse.ui.launch;

/**
 * A Deployment as a test needs it, whose pods have the label {@code app} with its name.
 *
 * @param annotations of the pods, as lines of YAML; empty for none
 * @param container the only one, as YAML in braces
 */
record DeploymentYaml(String name, int replicas, String annotations, String container) {

    /** One pod without anything special. */
    static DeploymentYaml of(String name) {
        return new DeploymentYaml(name, 1, "", "{name: main, image: nginx}");
    }

    DeploymentYaml replicas(int number) {
        return new DeploymentYaml(name, number, annotations, container);
    }

    DeploymentYaml annotations(String lines) {
        return new DeploymentYaml(name, replicas, lines, container);
    }

    DeploymentYaml container(String yaml) {
        return new DeploymentYaml(name, replicas, annotations, yaml);
    }

    String yaml() {
        return """
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: %1$s}
        spec:
          replicas: %2$d
          selector: {matchLabels: {app: %1$s}}
          template:
            metadata:
              labels: {app: %1$s}
              annotations:
        %3$s
            spec:
              containers: [%4$s]
        """
                .formatted(
                        name,
                        replicas,
                        annotations.isEmpty()
                                ? "        {}"
                                : annotations.strip().indent(8).stripTrailing(),
                        container);
    }
}
