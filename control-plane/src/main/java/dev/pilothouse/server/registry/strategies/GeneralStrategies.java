package dev.pilothouse.server.registry.strategies;

import dev.pilothouse.model.meta.GroupResource;
import dev.pilothouse.server.registry.ResourceStrategy;
import dev.pilothouse.server.registry.admissionregistration.AdmissionPolicyBindingStrategy;
import dev.pilothouse.server.registry.admissionregistration.AdmissionPolicyStrategy;
import dev.pilothouse.server.registry.admissionregistration.WebhookConfigurationStrategy;
import dev.pilothouse.server.registry.apiextensions.CustomResourceDefinitionStrategy;
import dev.pilothouse.server.registry.apiregistration.ApiServiceStrategy;
import dev.pilothouse.server.registry.authentication.TokenReviewStrategy;
import dev.pilothouse.server.registry.authorization.AccessReviewStrategy;
import dev.pilothouse.server.registry.authorization.AccessReviewStrategy.Scope;
import dev.pilothouse.server.registry.authorization.RulesReviewStrategy;
import dev.pilothouse.server.registry.certificates.CertificateRequestStrategy;
import dev.pilothouse.server.registry.coordination.LeaseStrategy;
import dev.pilothouse.server.registry.core.BindingStrategy;
import dev.pilothouse.server.registry.core.ConfigMapStrategy;
import dev.pilothouse.server.registry.core.EndpointsStrategy;
import dev.pilothouse.server.registry.core.EventStrategy;
import dev.pilothouse.server.registry.core.LimitRangeStrategy;
import dev.pilothouse.server.registry.core.NamespaceStrategy;
import dev.pilothouse.server.registry.core.NodeStrategy;
import dev.pilothouse.server.registry.core.PersistentVolumeClaimStrategy;
import dev.pilothouse.server.registry.core.PersistentVolumeStrategy;
import dev.pilothouse.server.registry.core.ResourceQuotaStrategy;
import dev.pilothouse.server.registry.core.SecretStrategy;
import dev.pilothouse.server.registry.core.ServiceAccountStrategy;
import dev.pilothouse.server.registry.core.ServiceStrategy;
import dev.pilothouse.server.registry.discovery.EndpointSliceStrategy;
import dev.pilothouse.server.registry.events.EventsStrategy;
import dev.pilothouse.server.registry.flowcontrol.FlowSchemaStrategy;
import dev.pilothouse.server.registry.flowcontrol.PriorityLevelStrategy;
import dev.pilothouse.server.registry.networking.IngressClassStrategy;
import dev.pilothouse.server.registry.networking.IngressStrategy;
import dev.pilothouse.server.registry.networking.IpAddressStrategy;
import dev.pilothouse.server.registry.networking.NetworkPolicyStrategy;
import dev.pilothouse.server.registry.networking.ServiceCidrStrategy;
import dev.pilothouse.server.registry.node.RuntimeClassStrategy;
import dev.pilothouse.server.registry.rbac.RoleBindingStrategy;
import dev.pilothouse.server.registry.rbac.RoleStrategy;
import dev.pilothouse.server.registry.resource.DeviceClassStrategy;
import dev.pilothouse.server.registry.resource.ResourceClaimStrategy;
import dev.pilothouse.server.registry.resource.ResourceClaimTemplateStrategy;
import dev.pilothouse.server.registry.resource.ResourceSliceStrategy;
import dev.pilothouse.server.registry.scheduling.PriorityClassStrategy;
import dev.pilothouse.server.registry.storageclass.CsiDriverStrategy;
import dev.pilothouse.server.registry.storageclass.CsiNodeStrategy;
import dev.pilothouse.server.registry.storageclass.CsiStorageCapacityStrategy;
import dev.pilothouse.server.registry.storageclass.StorageClassStrategy;
import dev.pilothouse.server.registry.storageclass.VolumeAttachmentStrategy;
import dev.pilothouse.server.registry.storageclass.VolumeAttributesClassStrategy;
import java.util.HashMap;
import java.util.Map;

/** The rules of all kinds that are neither pods nor make pods. */
public final class GeneralStrategies {

    private static final Map<GroupResource, ResourceStrategy> ALL = build();

    private GeneralStrategies() {}

    /** Resource to rules, unmodifiable; strategies are stateless and shared. */
    public static Map<GroupResource, ResourceStrategy> all() {
        return ALL;
    }

    private static Map<GroupResource, ResourceStrategy> build() {
        Map<GroupResource, ResourceStrategy> all = new HashMap<>();
        core(all);
        network(all);
        security(all);
        storage(all);
        extension(all);
        scheduling(all);
        return Map.copyOf(all);
    }

    private static void put(
            Map<GroupResource, ResourceStrategy> all,
            String group,
            String resource,
            ResourceStrategy strategy) {
        all.put(new GroupResource(group, resource), strategy);
    }

    private static void core(Map<GroupResource, ResourceStrategy> all) {
        put(all, "", "namespaces", new NamespaceStrategy());
        put(all, "", "nodes", new NodeStrategy());
        put(all, "", "services", new ServiceStrategy());
        put(all, "", "endpoints", new EndpointsStrategy());
        put(all, "", "configmaps", new ConfigMapStrategy());
        put(all, "", "secrets", new SecretStrategy());
        put(all, "", "serviceaccounts", new ServiceAccountStrategy());
        put(all, "", "persistentvolumes", new PersistentVolumeStrategy());
        put(all, "", "persistentvolumeclaims", new PersistentVolumeClaimStrategy());
        put(all, "", "resourcequotas", new ResourceQuotaStrategy());
        put(all, "", "limitranges", new LimitRangeStrategy());
        put(all, "", "events", new EventStrategy());
        put(all, "", "bindings", new BindingStrategy());
        put(all, "events.k8s.io", "events", new EventsStrategy());
    }

    private static void network(Map<GroupResource, ResourceStrategy> all) {
        String group = "networking.k8s.io";
        put(all, group, "ingresses", new IngressStrategy());
        put(all, group, "ingressclasses", new IngressClassStrategy());
        put(all, group, "networkpolicies", new NetworkPolicyStrategy());
        put(all, group, "ipaddresses", new IpAddressStrategy());
        put(all, group, "servicecidrs", new ServiceCidrStrategy());
        put(all, "discovery.k8s.io", "endpointslices", new EndpointSliceStrategy());
    }

    private static void security(Map<GroupResource, ResourceStrategy> all) {
        String rbac = "rbac.authorization.k8s.io";
        put(all, rbac, "roles", new RoleStrategy(true));
        put(all, rbac, "clusterroles", new RoleStrategy(false));
        put(all, rbac, "rolebindings", new RoleBindingStrategy(true));
        put(all, rbac, "clusterrolebindings", new RoleBindingStrategy(false));
        String access = "authorization.k8s.io";
        put(all, access, "subjectaccessreviews", new AccessReviewStrategy(Scope.SUBJECT));
        put(all, access, "localsubjectaccessreviews", new AccessReviewStrategy(Scope.LOCAL));
        put(all, access, "selfsubjectaccessreviews", new AccessReviewStrategy(Scope.SELF));
        put(all, access, "selfsubjectrulesreviews", new RulesReviewStrategy());
        put(all, "authentication.k8s.io", "tokenreviews", new TokenReviewStrategy());
        put(all, "authentication.k8s.io", "selfsubjectreviews", ResourceStrategy.NONE);
        put(
                all,
                "certificates.k8s.io",
                "certificatesigningrequests",
                new CertificateRequestStrategy());
    }

    private static void storage(Map<GroupResource, ResourceStrategy> all) {
        String group = "storage.k8s.io";
        put(all, group, "storageclasses", new StorageClassStrategy());
        put(all, group, "csidrivers", new CsiDriverStrategy());
        put(all, group, "csinodes", new CsiNodeStrategy());
        put(all, group, "csistoragecapacities", new CsiStorageCapacityStrategy());
        put(all, group, "volumeattachments", new VolumeAttachmentStrategy());
        put(all, group, "volumeattributesclasses", new VolumeAttributesClassStrategy());
    }

    private static void extension(Map<GroupResource, ResourceStrategy> all) {
        String group = "admissionregistration.k8s.io";
        put(all, group, "validatingwebhookconfigurations", new WebhookConfigurationStrategy(false));
        put(all, group, "mutatingwebhookconfigurations", new WebhookConfigurationStrategy(true));
        put(all, group, "validatingadmissionpolicies", new AdmissionPolicyStrategy(false));
        put(all, group, "mutatingadmissionpolicies", new AdmissionPolicyStrategy(true));
        put(
                all,
                group,
                "validatingadmissionpolicybindings",
                new AdmissionPolicyBindingStrategy(false));
        put(
                all,
                group,
                "mutatingadmissionpolicybindings",
                new AdmissionPolicyBindingStrategy(true));
        put(
                all,
                "apiextensions.k8s.io",
                "customresourcedefinitions",
                new CustomResourceDefinitionStrategy());
        put(all, "apiregistration.k8s.io", "apiservices", new ApiServiceStrategy());
    }

    private static void scheduling(Map<GroupResource, ResourceStrategy> all) {
        put(all, "scheduling.k8s.io", "priorityclasses", new PriorityClassStrategy());
        put(all, "coordination.k8s.io", "leases", new LeaseStrategy());
        String flow = "flowcontrol.apiserver.k8s.io";
        put(all, flow, "flowschemas", new FlowSchemaStrategy());
        put(all, flow, "prioritylevelconfigurations", new PriorityLevelStrategy());
        put(all, "node.k8s.io", "runtimeclasses", new RuntimeClassStrategy());
        String resource = "resource.k8s.io";
        put(all, resource, "deviceclasses", new DeviceClassStrategy());
        put(all, resource, "resourceclaims", new ResourceClaimStrategy());
        put(all, resource, "resourceclaimtemplates", new ResourceClaimTemplateStrategy());
        put(all, resource, "resourceslices", new ResourceSliceStrategy());
    }
}
