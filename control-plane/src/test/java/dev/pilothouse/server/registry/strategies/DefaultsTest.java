package dev.pilothouse.server.registry.strategies;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.model.meta.ApiException;
import dev.pilothouse.model.meta.StatusReason;
import dev.pilothouse.server.registry.validation.FieldErrors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.node.ObjectNode;

/** What missing fields become. */
final class DefaultsTest {

    static Stream<Arguments> cases() {
        return Stream.of(
                Arguments.of(
                        "services",
                        "{'spec':{'ports':[{'port':80}],'selector':{'a':'b'}}}",
                        "{'spec':{'ports':[{'port':80,'protocol':'TCP','targetPort':80}],'selector':{'a':'b'},"
                                + "'sessionAffinity':'None','type':'ClusterIP','internalTrafficPolicy':'Cluster',"
                                + "'ipFamilyPolicy':'SingleStack','ipFamilies':['IPv4']}}"),
                Arguments.of(
                        "services",
                        "{'spec':{'type':'LoadBalancer','sessionAffinity':'ClientIP','ports':[{'port':80,'targetPort':'web'}]}}",
                        "{'spec':{'type':'LoadBalancer','sessionAffinity':'ClientIP','ports':[{'port':80,'targetPort':'web','protocol':'TCP'}],"
                                + "'sessionAffinityConfig':{'clientIP':{'timeoutSeconds':10800}},'externalTrafficPolicy':'Cluster',"
                                + "'internalTrafficPolicy':'Cluster','ipFamilyPolicy':'SingleStack','ipFamilies':['IPv4'],'allocateLoadBalancerNodePorts':true}}"),
                Arguments.of(
                        "services",
                        "{'spec':{'clusterIP':'None'}}",
                        "{'spec':{'clusterIP':'None','clusterIPs':['None'],'sessionAffinity':'None','type':'ClusterIP','internalTrafficPolicy':'Cluster',"
                                + "'ipFamilyPolicy':'RequireDualStack','ipFamilies':['IPv4','IPv6']}}"),
                Arguments.of(
                        "services",
                        "{'spec':{'type':'ExternalName','externalName':'a.b'}}",
                        "{'spec':{'type':'ExternalName','externalName':'a.b','sessionAffinity':'None'}}"),
                Arguments.of(
                        "namespaces",
                        "{'metadata':{'name':'a'}}",
                        "{'metadata':{'name':'a','labels':{'kubernetes.io/metadata.name':'a'}}}"),
                Arguments.of(
                        "nodes",
                        "{'spec':{'podCIDR':'10.0.0.0/24'},'status':{'capacity':{'cpu':'2'}}}",
                        "{'spec':{'podCIDR':'10.0.0.0/24','podCIDRs':['10.0.0.0/24']},'status':{'capacity':{'cpu':'2'},'allocatable':{'cpu':'2'}}}"),
                Arguments.of(
                        "secrets",
                        "{'stringData':{'a':'b'},'data':{'c':'ZA==','a':'WA=='}}",
                        "{'data':{'c':'ZA==','a':'Yg=='},'type':'Opaque'}"),
                Arguments.of(
                        "persistentvolumeclaims",
                        "{'spec':{'dataSource':{'kind':'PersistentVolumeClaim','name':'x'}}}",
                        "{'spec':{'dataSource':{'kind':'PersistentVolumeClaim','name':'x'},'dataSourceRef':{'kind':'PersistentVolumeClaim','name':'x'},"
                                + "'volumeMode':'Filesystem'},'status':{'phase':'Pending'}}"),
                Arguments.of(
                        "persistentvolumes",
                        "{'spec':{'hostPath':{'path':'/d'}}}",
                        "{'spec':{'hostPath':{'path':'/d','type':''},'persistentVolumeReclaimPolicy':'Retain','volumeMode':'Filesystem'},'status':{'phase':'Pending'}}"),
                Arguments.of(
                        "limitranges",
                        "{'spec':{'limits':[{'type':'Container','max':{'cpu':'2'},'min':{'memory':'1Mi'}}]}}",
                        "{'spec':{'limits':[{'type':'Container','max':{'cpu':'2'},'min':{'memory':'1Mi'},'default':{'cpu':'2'},"
                                + "'defaultRequest':{'cpu':'2','memory':'1Mi'}}]}}"),
                Arguments.of(
                        "endpoints",
                        "{'subsets':[{'ports':[{'port':1}]}]}",
                        "{'subsets':[{'ports':[{'port':1,'protocol':'TCP'}]}]}"),
                Arguments.of(
                        "networkpolicies.networking.k8s.io",
                        "{'spec':{'podSelector':{},'egress':[{'ports':[{'port':1}]}]}}",
                        "{'spec':{'podSelector':{},'egress':[{'ports':[{'port':1,'protocol':'TCP'}]}],'policyTypes':['Ingress','Egress']}}"),
                Arguments.of(
                        "ingressclasses.networking.k8s.io",
                        "{'spec':{'parameters':{'kind':'a'}}}",
                        "{'spec':{'parameters':{'kind':'a','scope':'Cluster'}}}"),
                Arguments.of(
                        "rolebindings.rbac.authorization.k8s.io",
                        "{'roleRef':{'kind':'Role','name':'a'},'subjects':[{'kind':'User','name':'u'},{'kind':'ServiceAccount','name':'s'}]}",
                        "{'roleRef':{'kind':'Role','name':'a','apiGroup':'rbac.authorization.k8s.io'},"
                                + "'subjects':[{'kind':'User','name':'u','apiGroup':'rbac.authorization.k8s.io'},{'kind':'ServiceAccount','name':'s'}]}"),
                Arguments.of(
                        "storageclasses.storage.k8s.io",
                        "{'provisioner':'a'}",
                        "{'provisioner':'a','reclaimPolicy':'Delete','volumeBindingMode':'Immediate'}"),
                Arguments.of(
                        "csidrivers.storage.k8s.io",
                        "{}",
                        "{'spec':{'attachRequired':true,'podInfoOnMount':false,'storageCapacity':false,'fsGroupPolicy':'ReadWriteOnceWithFSType',"
                                + "'volumeLifecycleModes':['Persistent'],'requiresRepublish':false,'seLinuxMount':false}}"),
                Arguments.of(
                        "priorityclasses.scheduling.k8s.io",
                        "{'value':1}",
                        "{'value':1,'preemptionPolicy':'PreemptLowerPriority'}"),
                Arguments.of(
                        "endpointslices.discovery.k8s.io",
                        "{'ports':[{'port':1}]}",
                        "{'ports':[{'port':1,'name':'','protocol':'TCP'}]}"),
                Arguments.of(
                        "mutatingwebhookconfigurations.admissionregistration.k8s.io",
                        "{'webhooks':[{'clientConfig':{'service':{}},'rules':[{}]}]}",
                        "{'webhooks':[{'clientConfig':{'service':{'port':443}},'rules':[{'scope':'*'}],'failurePolicy':'Fail','matchPolicy':'Equivalent',"
                                + "'namespaceSelector':{},'objectSelector':{},'timeoutSeconds':10,'reinvocationPolicy':'Never'}]}"),
                Arguments.of(
                        "validatingadmissionpolicies.admissionregistration.k8s.io",
                        "{'spec':{'matchConstraints':{'resourceRules':[{}]}}}",
                        "{'spec':{'matchConstraints':{'resourceRules':[{'scope':'*'}],'matchPolicy':'Equivalent','namespaceSelector':{},'objectSelector':{}},'failurePolicy':'Fail'}}"),
                Arguments.of(
                        "customresourcedefinitions.apiextensions.k8s.io",
                        "{'spec':{'names':{'kind':'CronTab'}}}",
                        "{'spec':{'names':{'kind':'CronTab','singular':'crontab','listKind':'CronTabList'},'conversion':{'strategy':'None'}}}"),
                Arguments.of(
                        "prioritylevelconfigurations.flowcontrol.apiserver.k8s.io",
                        "{'spec':{'type':'Limited','limited':{'limitResponse':{'type':'Queue','queuing':{}}}}}",
                        "{'spec':{'type':'Limited','limited':{'limitResponse':{'type':'Queue','queuing':{'queues':64,'handSize':8,'queueLengthLimit':50}},"
                                + "'nominalConcurrencyShares':30,'lendablePercent':0}}}"),
                Arguments.of(
                        "flowschemas.flowcontrol.apiserver.k8s.io",
                        "{}",
                        "{'spec':{'matchingPrecedence':1000}}"),
                Arguments.of(
                        "apiservices.apiregistration.k8s.io",
                        "{'spec':{'service':{}}}",
                        "{'spec':{'service':{'port':443}}}"),
                Arguments.of(
                        "resourceclaims.resource.k8s.io",
                        "{'spec':{'devices':{'requests':[{'name':'a','exactly':{}}]}}}",
                        "{'spec':{'devices':{'requests':[{'name':'a','exactly':{'allocationMode':'ExactCount','count':1}}]}}}"));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void fillsInWhatIsMissingAndNothingTheSecondTime(
            String resource, String given, String expected) {
        ObjectNode object = Rules.defaulted(resource, given);
        assertEquals(Rules.json(expected), object);
        Rules.of(resource).setDefaults(object);
        assertEquals(Rules.json(expected), object);
    }

    @Test
    void defaultsOfEveryKindAreIdempotentOnAnEmptyObject() {
        GeneralStrategies.all()
                .forEach((resource, strategy) -> {
                    ObjectNode object = Json.object();
                    strategy.setDefaults(object);
                    ObjectNode once = object.deepCopy();
                    strategy.setDefaults(object);
                    assertEquals(once, object, resource.toString());
                });
    }

    @Test
    void everyKindSurvivesValidationOfAnEmptyObject() {
        GeneralStrategies.all()
                .forEach((resource, strategy) -> {
                    FieldErrors errors = new FieldErrors();
                    try {
                        strategy.validate(Json.object(), errors);
                    } catch (ApiException refused) {
                        assertEquals(
                                StatusReason.BAD_REQUEST, refused.reason(), resource.toString());
                    }
                });
    }
}
