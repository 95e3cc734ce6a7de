package dev.pilothouse.model.codec;

import dev.pilothouse.model.schema.FieldSchema;
import dev.pilothouse.model.schema.FieldType.ListOf;
import dev.pilothouse.model.schema.FieldType.MapOf;
import dev.pilothouse.model.schema.FieldType.Ref;
import dev.pilothouse.model.schema.FieldType.Scalar;
import dev.pilothouse.model.schema.TypeSchema;
import java.util.Set;

/**
 * Which zero values count when a protobuf message is read. Go writes every plain field, zero or
 * not, but pointers only when set; the bytes do not tell the two apart, and its JSON leaves plain
 * zero values out. So:
 *
 * <ul>
 *   <li>a required field is always kept, as Go's JSON always shows it;
 *   <li>a zero number or false is kept, for most optional ones are pointers, unless the field is
 *       listed here as plain;
 *   <li>empty text is dropped, for most optional texts are plain, unless the field is listed here
 *       as a pointer in which empty text means something else than none.
 * </ul>
 *
 * <p>Source of the lists: the Go types of kubernetes/api, fields with omitempty.
 */
final class ZeroValues {

    /** Plain numbers and truth values by field name, whatever type they are in. */
    private static final Set<String> PLAIN =
            Set.of(
                    "active",
                    "authenticated",
                    "availableReplicas",
                    "chapAuthDiscovery",
                    "chapAuthSession",
                    "clusterScope",
                    "code",
                    "count",
                    "currentReplicas",
                    "denied",
                    "deprecated",
                    "deprecatedCount",
                    "exclusiveMaximum",
                    "exclusiveMinimum",
                    "failed",
                    "failureThreshold",
                    "fullyLabeledReplicas",
                    "generation",
                    "globalDefault",
                    "healthCheckNodePort",
                    "hostIPC",
                    "hostNetwork",
                    "hostPID",
                    "hostPort",
                    "initialDelaySeconds",
                    "insecureSkipTLSVerify",
                    "minReadySeconds",
                    "nodePort",
                    "nullable",
                    "number",
                    "numberAvailable",
                    "numberUnavailable",
                    "observedGeneration",
                    "paused",
                    "periodSeconds",
                    "preserveUnknownFields",
                    "priority",
                    "publishNotReadyAddresses",
                    "readOnly",
                    "readyReplicas",
                    "retryAfterSeconds",
                    "signal",
                    "sizeBytes",
                    "sslEnabled",
                    "stdin",
                    "stdinOnce",
                    "succeeded",
                    "successThreshold",
                    "targetPort",
                    "tty",
                    "unavailableReplicas",
                    "uniqueItems",
                    "unschedulable",
                    "updatedNumberScheduled",
                    "updatedReplicas",
                    "x-kubernetes-embedded-resource",
                    "x-kubernetes-int-or-string");

    /** Plain numbers whose names are those of pointers elsewhere. */
    private static final Set<String> PLAIN_IN_TYPE =
            Set.of(
                    "apps.v1.DeploymentStatus.replicas",
                    "core.v1.AWSElasticBlockStoreVolumeSource.partition",
                    "core.v1.GCEPersistentDiskVolumeSource.partition",
                    "core.v1.Probe.timeoutSeconds");

    /** Pointers whose names are those of plain fields elsewhere. */
    private static final Set<String> POINTERS_IN_TYPE =
            Set.of(
                    "apps.v1.StatefulSetStatus.availableReplicas",
                    "autoscaling.v1.HorizontalPodAutoscalerStatus.observedGeneration",
                    "autoscaling.v2.HorizontalPodAutoscalerStatus.observedGeneration",
                    "core.v1.AzureDiskVolumeSource.readOnly",
                    "core.v1.CSIVolumeSource.readOnly",
                    "core.v1.PodSpec.priority",
                    "storage.v1.VolumeNodeResources.count");

    /** Texts in which "" differs from absent, by field name. */
    private static final Set<String> TEXT_POINTERS =
            Set.of(
                    "appProtocol",
                    "currentVolumeAttributesClassName",
                    "hostnameOverride",
                    "holderIdentity",
                    "ingressClassName",
                    "localhostProfile",
                    "preferredHolder",
                    "recursiveReadOnly",
                    "runtimeClassName",
                    "timeZone",
                    "volumeAttributesClassName");

    /** Texts in which "" differs from absent in one type only. */
    private static final Set<String> TEXT_POINTERS_IN_TYPE =
            Set.of(
                    "core.v1.ClusterTrustBundleProjection.name",
                    "core.v1.ClusterTrustBundleProjection.signerName",
                    "core.v1.GRPCAction.service",
                    "core.v1.PersistentVolumeClaimSpec.storageClassName",
                    "core.v1.TypedLocalObjectReference.apiGroup",
                    "core.v1.TypedObjectReference.apiGroup",
                    "discovery.v1.Endpoint.hostname",
                    "discovery.v1.Endpoint.nodeName",
                    "discovery.v1.Endpoint.zone",
                    "discovery.v1.EndpointPort.name",
                    "meta.v1.Preconditions.resourceVersion",
                    "meta.v1.Preconditions.uid",
                    "networking.v1.IngressClassParametersReference.apiGroup",
                    "resource.v1.DeviceAttribute.string",
                    "resource.v1.DeviceAttribute.version");

    private ZeroValues() {}

    /** Whether a zero value of that field is kept. */
    static boolean keep(TypeSchema type, FieldSchema field) {
        if (type.required().contains(field.name())) {
            return true;
        }
        String full = type.name() + "." + field.name();
        return switch (field.type()) {
            case Scalar scalar ->
                    scalar == Scalar.STRING
                            ? TEXT_POINTERS.contains(field.name())
                                    || TEXT_POINTERS_IN_TYPE.contains(full)
                            : keepNumber(field.name(), full);
            case Ref _ -> keepNumber(field.name(), full);
            case ListOf _, MapOf _ -> true;
        };
    }

    private static boolean keepNumber(String name, String full) {
        return POINTERS_IN_TYPE.contains(full)
                || !(PLAIN.contains(name) || PLAIN_IN_TYPE.contains(full));
    }
}
