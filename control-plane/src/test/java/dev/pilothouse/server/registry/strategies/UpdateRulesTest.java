package dev.pilothouse.server.registry.strategies;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.node.ObjectNode;

/** What may not change, in kube-apiserver's words. */
final class UpdateRulesTest {

    private static Arguments bad(String resource, String given, String old, String... errors) {
        return Arguments.of(resource, given, old, List.of(errors));
    }

    static Stream<Arguments> cases() {
        String claim =
                "{'spec':{'accessModes':['ReadWriteOnce'],'storageClassName':'%s','resources':{'requests':{'storage':'%s'}}},'status':{'phase':'Bound','capacity':{'storage':'2Gi'}}}";
        String frozen =
                "spec is immutable after creation except resources.requests and volumeAttributesClassName for bound claims";
        return Stream.of(
                bad(
                        "configmaps",
                        "{'data':{'a':'2'}}",
                        "{'immutable':true,'data':{'a':'1'}}",
                        "Forbidden immutable: Forbidden: field is immutable when `immutable` is set",
                        "Forbidden data: Forbidden: field is immutable when `immutable` is set"),
                bad(
                        "secrets",
                        "{'type':'b'}",
                        "{'type':'a'}",
                        "Invalid type: Invalid value: \"b\": field is immutable"),
                bad(
                        "services",
                        "{'spec':{'clusterIP':'10.96.0.2','ports':[{'port':80}]}}",
                        "{'spec':{'clusterIP':'10.96.0.1','ports':[{'port':80}]}}",
                        "Invalid spec.clusterIPs[0]: Invalid value: [\"10.96.0.2\"]: may not change once set"),
                bad(
                        "persistentvolumeclaims",
                        claim.formatted("a", "3Gi"),
                        claim.formatted("a", "2Gi")),
                bad(
                        "persistentvolumeclaims",
                        claim.formatted("a", "1Gi"),
                        claim.formatted("a", "2Gi"),
                        "Forbidden spec.resources.requests.storage: Forbidden: field can not be less than status.capacity"),
                bad(
                        "persistentvolumeclaims",
                        "{'spec':{'accessModes':['ReadWriteOnce'],'storageClassName':'b','resources':{'requests':{'storage':'1Gi'}}}}",
                        "{'spec':{'accessModes':['ReadWriteOnce'],'storageClassName':'a','resources':{'requests':{'storage':'1Gi'}}}}",
                        "Forbidden spec: Forbidden: " + frozen),
                bad(
                        "persistentvolumeclaims",
                        "{'spec':{'accessModes':['ReadWriteOnce'],'storageClassName':'b','volumeName':'v','resources':{'requests':{'storage':'1Gi'}}}}",
                        "{'spec':{'accessModes':['ReadWriteOnce'],'resources':{'requests':{'storage':'1Gi'}}}}"),
                bad(
                        "nodes",
                        "{'spec':{'providerID':'b','unschedulable':true}}",
                        "{'spec':{'providerID':'a'}}",
                        "Forbidden spec.providerID: Forbidden: node updates may not change providerID except from \"\" to valid"),
                bad(
                        "rolebindings.rbac.authorization.k8s.io",
                        "{'roleRef':{'kind':'Role','name':'b'}}",
                        "{'roleRef':{'kind':'Role','name':'a'}}",
                        "Invalid roleRef: Invalid value: {\"APIGroup\":\"rbac.authorization.k8s.io\",\"Kind\":\"Role\",\"Name\":\"b\"}: cannot change roleRef"),
                bad(
                        "storageclasses.storage.k8s.io",
                        "{'provisioner':'b','parameters':{'a':'b'}}",
                        "{'provisioner':'a'}",
                        "Forbidden parameters: Forbidden: updates to parameters are forbidden.",
                        "Forbidden provisioner: Forbidden: updates to provisioner are forbidden."),
                bad(
                        "priorityclasses.scheduling.k8s.io",
                        "{'value':2}",
                        "{'value':1}",
                        "Forbidden value: Forbidden: may not be changed in an update."),
                bad(
                        "runtimeclasses.node.k8s.io",
                        "{'handler':'b'}",
                        "{'handler':'a'}",
                        "Invalid handler: Invalid value: \"b\": field is immutable"),
                bad(
                        "endpointslices.discovery.k8s.io",
                        "{'addressType':'IPv6'}",
                        "{'addressType':'IPv4'}",
                        "Invalid addressType: Invalid value: \"IPv6\": field is immutable"),
                bad(
                        "csidrivers.storage.k8s.io",
                        "{'spec':{'attachRequired':false}}",
                        "{}",
                        "Invalid spec.attachRequired: Invalid value: false: field is immutable"));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void namesWhatMayNotChange(String resource, String given, String old, List<String> errors) {
        assertEquals(errors, Rules.update(resource, given, old));
    }

    @Test
    void refusesBothWaysToNameAnIngressClassOnCreateOnly() {
        String both =
                "{'metadata':{'annotations':{'kubernetes.io/ingress.class':'a'}},"
                        + "'spec':{'ingressClassName':'b','defaultBackend':{'service':{'name':'s','port':{'number':1}}}}}";
        assertEquals(
                List.of(
                        "Invalid metadata.annotations.kubernetes.io/ingress.class: Invalid value: \"a\":"
                                + " can not be set when the class field is also set"),
                Rules.create("ingresses.networking.k8s.io", both));
        assertEquals(List.of(), Rules.update("ingresses.networking.k8s.io", both, both));
    }

    @Test
    void keepsTheRequesterOfACertificateAsTheServerKnowsIt() {
        ObjectNode request = Rules.json("{'spec':{'username':'root','groups':['system:masters']}}");
        Rules.of("certificatesigningrequests.certificates.k8s.io")
                .prepareForCreate(request, Rules.CONTEXT);
        assertEquals(
                Rules.json(
                        "{'spec':{'username':'jane','uid':'u1','groups':['dev','system:authenticated'],'extra':{'k':['a','b']}},'status':{}}"),
                request);
    }

    @Test
    void startsANamespaceActiveWithItsFinalizer() {
        ObjectNode namespace =
                Rules.json("{'metadata':{'name':'a'},'status':{'phase':'Terminating'}}");
        Rules.of("namespaces").prepareForCreate(namespace, Rules.CONTEXT);
        assertEquals(
                Rules.json(
                        "{'metadata':{'name':'a','labels':{'kubernetes.io/metadata.name':'a'}},'status':{'phase':'Active'},'spec':{'finalizers':['kubernetes']}}"),
                namespace);
    }

    @Test
    void refusesAPhaseThatDoesNotFitTheDeletion() {
        assertEquals(
                List.of(
                        "Invalid status.Phase: Invalid value: \"Terminating\": may only be 'Active' if `deletionTimestamp` is empty"),
                Rules.status("namespaces", "{'status':{'phase':'Terminating'}}", "{}"));
    }
}
