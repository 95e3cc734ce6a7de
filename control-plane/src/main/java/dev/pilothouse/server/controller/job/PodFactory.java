package dev.pilothouse.server.controller.job;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.server.controller.workload.PodView;
import dev.pilothouse.server.controller.workload.Templates;
import dev.pilothouse.server.controller.workload.WorkloadKind;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Describes the pods of a job. */
final class PodFactory {

    private static final String INDEX = "batch.kubernetes.io/job-completion-index";
    private static final String FAILURES = "batch.kubernetes.io/job-index-failure-count";
    private static final String IGNORED = "batch.kubernetes.io/job-index-ignored-failure-count";
    private static final String VARIABLE = "JOB_COMPLETION_INDEX";

    private final JobState job;

    PodFactory(JobState job) {
        this.job = job;
    }

    /** A pod of a job that does not tell its pods apart. */
    ObjectNode pod() {
        ObjectNode pod = Templates.pod(job.tree().path("spec").path("template"), job.namespace());
        ObjectNode metadata = Json.child(pod, "metadata");
        metadata.put("generateName", Templates.namePrefix(job.name()));
        metadata.withArray("finalizers").add(Finalizers.TRACKING);
        metadata.putArray("ownerReferences")
                .add(WorkloadKind.JOB.controllerReference(job.name(), job.uid()));
        return pod;
    }

    /**
     * A pod for a completion index.
     *
     * @param failed the pod of that index that failed last, or null
     * @param ignored whether that failure does not count
     */
    ObjectNode pod(int index, @Nullable PodView failed, boolean ignored) {
        ObjectNode pod = pod();
        ObjectNode metadata = Json.child(pod, "metadata");
        metadata.put("generateName", Templates.namePrefix(job.name() + "-" + index));
        String text = Integer.toString(index);
        Json.child(metadata, "labels").put(INDEX, text);
        ObjectNode annotations = Json.child(metadata, "annotations");
        annotations.put(INDEX, text);
        if (job.limitsIndexes()) {
            int failures = failed == null ? 0 : JobPods.failures(failed) + (ignored ? 0 : 1);
            int attempts = failed == null ? 0 : JobPods.attempts(failed) + 1;
            annotations.put(FAILURES, Integer.toString(failures));
            if (attempts > failures) {
                annotations.put(IGNORED, Integer.toString(attempts - failures));
            }
        }
        ObjectNode spec = Json.child(pod, "spec");
        spec.put("hostname", job.name() + "-" + index);
        Json.objects(spec, "containers").forEach(PodFactory::tellIndex);
        Json.objects(spec, "initContainers").forEach(PodFactory::tellIndex);
        return pod;
    }

    private static void tellIndex(ObjectNode container) {
        ArrayNode variables = container.withArray("env");
        for (ObjectNode variable : Json.objects(container, "env")) {
            if (Json.text(variable, "name").equals(VARIABLE)) {
                return;
            }
        }
        variables
                .addObject()
                .put("name", VARIABLE)
                .putObject("valueFrom")
                .putObject("fieldRef")
                .put("apiVersion", "v1")
                .put("fieldPath", "metadata.labels['" + INDEX + "']");
    }
}
