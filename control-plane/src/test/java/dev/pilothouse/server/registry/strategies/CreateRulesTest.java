package dev.pilothouse.server.registry.strategies;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.server.registry.validation.FieldErrors;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.node.ObjectNode;

/** What is refused on create, in kube-apiserver's words. */
final class CreateRulesTest {

    private static final String NET = ".networking.k8s.io";
    private static final String RBAC = ".rbac.authorization.k8s.io";

    private static Arguments bad(String resource, String given, String... errors) {
        return Arguments.of(resource, given, List.of(errors));
    }

    static Stream<Arguments> core() {
        return Stream.of(
                bad("configmaps", "{'data':{'a':'1'},'binaryData':{'b':'MQ=='}}"),
                bad(
                        "configmaps",
                        "{'data':{'a':'1'},'binaryData':{'a':'MQ=='}}",
                        "Invalid data[a]: Invalid value: \"a\": duplicate of key present in binaryData"),
                bad(
                        "configmaps",
                        "{'data':{'..':'1'}}",
                        "Invalid data[..]: Invalid value: \"..\": must not be '..'"),
                bad(
                        "secrets",
                        "{'type':'kubernetes.io/tls'}",
                        "Required data[tls.crt]: Required value",
                        "Required data[tls.key]: Required value"),
                bad(
                        "secrets",
                        "{'type':'kubernetes.io/dockerconfigjson','data':{'.dockerconfigjson':'eHg='}}",
                        "Invalid data[.dockerconfigjson]: Invalid value: \"<secret contents redacted>\": invalid character in JSON input"),
                bad(
                        "secrets",
                        "{'type':'kubernetes.io/basic-auth'}",
                        "Required data[username]: Required value",
                        "Required data[password]: Required value"),
                bad(
                        "secrets",
                        "{'type':'kubernetes.io/ssh-auth','data':{}}",
                        "Required data[ssh-privatekey]: Required value"),
                bad(
                        "secrets",
                        "{'type':'kubernetes.io/service-account-token'}",
                        "Required metadata.annotations[kubernetes.io/service-account.name]: Required value"),
                bad(
                        "secrets",
                        "{'data':{'a b':''}}",
                        "Invalid data[a b]: Invalid value: \"a b\": a valid config key must consist of alphanumeric characters, '-', '_' or '.'"
                                + " (e.g. 'key.name',  or 'KEY_NAME',  or 'key-name', regex used for validation is '[-._a-zA-Z0-9]+')"),
                bad(
                        "nodes",
                        "{'spec':{'taints':[{'key':'a','effect':'Never'}]}}",
                        "NotSupported spec.taints[0].effect: Unsupported value: \"Never\": supported values: \"NoExecute\", \"NoSchedule\", \"PreferNoSchedule\""),
                bad(
                        "endpoints",
                        "{'subsets':[{'ports':[{'port':1}]}]}",
                        "Required subsets[0]: Required value: must specify `addresses` or `notReadyAddresses`"),
                bad(
                        "endpoints",
                        "{'subsets':[{'addresses':[{'ip':'127.0.0.1'}]}]}",
                        "Invalid subsets[0].addresses[0].ip: Invalid value: \"127.0.0.1\": may not be in the loopback range (127.0.0.0/8, ::1/128)"),
                bad(
                        "persistentvolumes",
                        "{'spec':{}}",
                        "Required spec.accessModes: Required value",
                        "Required spec.capacity: Required value",
                        "Required spec: Required value: must specify a volume type"),
                bad(
                        "persistentvolumes",
                        "{'spec':{'accessModes':['ReadWriteOnce'],'capacity':{'storage':'0'},'hostPath':{'path':'/a'},'nfs':{'server':'a','path':'/'}}}",
                        "Invalid spec.capacity[storage]: Invalid value: \"0\": must be greater than zero",
                        "Forbidden spec.nfs: Forbidden: may not specify more than 1 volume type"),
                bad(
                        "persistentvolumeclaims",
                        "{'spec':{}}",
                        "Required spec.accessModes: Required value: at least 1 access mode is required",
                        "Required spec.resources[storage]: Required value"),
                bad(
                        "persistentvolumeclaims",
                        "{'spec':{'accessModes':['ReadWriteOncePod','ReadOnlyMany'],'resources':{'requests':{'storage':'1Gi'}}}}",
                        "Forbidden spec.accessModes: Forbidden: may not use ReadWriteOncePod with other access modes"),
                bad("resourcequotas", "{'spec':{'hard':{'pods':'3','count/x.y':'1'}}}"),
                bad(
                        "resourcequotas",
                        "{'spec':{'scopes':['BestEffort','NotBestEffort']}}",
                        "Invalid spec.scopes: Invalid value: [\"BestEffort\",\"NotBestEffort\"]: conflicting scopes"),
                bad(
                        "limitranges",
                        "{'spec':{'limits':[{'type':'Pod','min':{'cpu':'2'},'max':{'cpu':'1'}}]}}",
                        "Invalid spec.limits[0].min[cpu]: Invalid value: \"2\": min value 2 is greater than max value 1"),
                bad(
                        "events",
                        "{'metadata':{'namespace':'a'},'involvedObject':{'namespace':'b'}}",
                        "Invalid involvedObject.namespace: Invalid value: \"b\": does not match event.namespace"),
                bad("events", "{'metadata':{'namespace':'default'},'involvedObject':{}}"),
                bad(
                        "bindings",
                        "{'target':{'kind':'Pod'}}",
                        "NotSupported target.kind: Unsupported value: \"Pod\": supported values: \"Node\", \"<empty>\"",
                        "Required target.name: Required value"));
    }

    static Stream<Arguments> services() {
        return Stream.of(
                bad("services", "{'spec':{'ports':[{'port':80}]}}"),
                bad("services", "{'spec':{'clusterIP':'None'}}"),
                bad("services", "{'spec':{}}", "Required spec.ports: Required value"),
                bad(
                        "services",
                        "{'spec':{'ports':[{'port':1},{'port':2}]}}",
                        "Required spec.ports[0].name: Required value",
                        "Required spec.ports[1].name: Required value"),
                bad(
                        "services",
                        "{'spec':{'ports':[{'port':1,'name':'a'},{'port':2,'name':'a'}]}}",
                        "Duplicate spec.ports[1].name: Duplicate value: \"a\""),
                bad(
                        "services",
                        "{'spec':{'ports':[{'port':1,'name':'a'},{'port':1,'name':'b'}]}}",
                        "Duplicate spec.ports[1]: Duplicate value: {\"Name\":\"\",\"Protocol\":\"TCP\",\"AppProtocol\":null,\"Port\":1,\"TargetPort\":0,\"NodePort\":0}"),
                bad(
                        "services",
                        "{'spec':{'ports':[{'port':70000,'targetPort':1}]}}",
                        "Invalid spec.ports[0].port: Invalid value: 70000: must be between 1 and 65535, inclusive"),
                bad(
                        "services",
                        "{'spec':{'ports':[{'port':80,'nodePort':30000}]}}",
                        "Forbidden spec.ports[0].nodePort: Forbidden: may not be used when `type` is 'ClusterIP'"),
                bad(
                        "services",
                        "{'spec':{'type':'ExternalName','clusterIPs':['1.2.3.4']}}",
                        "Forbidden spec.clusterIPs: Forbidden: may not be set for ExternalName services",
                        "Required spec.externalName: Required value"),
                bad(
                        "services",
                        "{'spec':{'type':'NodePort','clusterIP':'None','ports':[{'port':80}]}}",
                        "Invalid spec.clusterIPs[0]: Invalid value: \"None\": may not be set to 'None' for NodePort services"),
                bad(
                        "services",
                        "{'spec':{'type':'Odd','ports':[{'port':80}]}}",
                        "NotSupported spec.type: Unsupported value: \"Odd\": supported values: \"ClusterIP\", \"ExternalName\", \"LoadBalancer\", \"NodePort\""),
                bad(
                        "services",
                        "{'spec':{'clusterIP':'10.0.0','ports':[{'port':80}]}}",
                        "Invalid spec.clusterIPs[0]: Invalid value: \"10.0.0\": must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)"),
                bad(
                        "services",
                        "{'spec':{'loadBalancerClass':'a/b','ports':[{'port':80}]}}",
                        "Forbidden spec.loadBalancerClass: Forbidden: may only be used when `type` is 'LoadBalancer'"),
                bad(
                        "services",
                        "{'spec':{'externalTrafficPolicy':'Local','ports':[{'port':80}]}}",
                        "Invalid spec.externalTrafficPolicy: Invalid value: \"Local\": may only be set for externally-accessible services"),
                bad(
                        "services",
                        "{'spec':{'sessionAffinity':'ClientIP','sessionAffinityConfig':{'clientIP':{'timeoutSeconds':0}},'ports':[{'port':80}]}}",
                        "Invalid spec.sessionAffinityConfig.clientIP.timeoutSeconds: Invalid value: 0: must be greater than 0 and less than 86400"));
    }

    static Stream<Arguments> others() {
        return Stream.of(
                bad(
                        "ingresses" + NET,
                        "{'spec':{}}",
                        "Invalid spec: Invalid value: []: either `defaultBackend` or `rules` must be specified"),
                bad(
                        "ingresses" + NET,
                        "{'spec':{'rules':[{'host':'1.2.3.4','http':{'paths':[{'path':'a','pathType':'Prefix','backend':{'service':{'name':'s','port':{'number':80}}}}]}}]}}",
                        "Invalid spec.rules[0].host: Invalid value: \"1.2.3.4\": must be a DNS name, not an IP address",
                        "Invalid spec.rules[0].http.paths[0].path: Invalid value: \"a\": must be an absolute path"),
                bad(
                        "ingresses" + NET,
                        "{'spec':{'rules':[{'http':{'paths':[{'path':'/','backend':{'service':{'name':'s','port':{}}}}]}}]}}",
                        "Required spec.rules[0].http.paths[0].pathType: Required value: pathType must be specified",
                        "Required spec.rules[0].http.paths[0].backend: Required value: port name or number is required"),
                bad(
                        "ingresses" + NET,
                        "{'spec':{'defaultBackend':{}}}",
                        "Invalid spec.defaultBackend: Invalid value: \"\": resource or service backend is required"),
                bad(
                        "networkpolicies" + NET,
                        "{'spec':{'podSelector':{},'ingress':[{'from':[{}]}]}}",
                        "Required spec.ingress[0].from[0]: Required value: must specify a peer"),
                bad(
                        "networkpolicies" + NET,
                        "{'spec':{'podSelector':{},'ingress':[{'from':[{'ipBlock':{'cidr':'10.0.0.0/8','except':['11.0.0.0/8']}}]}]}}",
                        "Invalid spec.ingress[0].from[0].ipBlock.except[0]: Invalid value: \"11.0.0.0/8\": must be a strict subset of `cidr`"),
                bad(
                        "ingressclasses" + NET,
                        "{'spec':{'controller':'x'}}",
                        "Invalid spec.controller: Invalid value: \"x\": must be a domain-prefixed path (such as \"acme.io/foo\")"),
                bad(
                        "servicecidrs" + NET,
                        "{'spec':{'cidrs':['10.0.0.0/8','11.0.0.0/8']}}",
                        "Invalid spec.cidrs: Invalid value: [\"10.0.0.0/8\",\"11.0.0.0/8\"]: may specify no more than one IP for each IP family, i.e 192.168.0.0/24 and 2001:db8::/96"),
                bad(
                        "ipaddresses" + NET,
                        "{'metadata':{'name':'10.0.0.1'},'spec':{}}",
                        "Required spec.parentRef: Required value"),
                bad(
                        "roles" + RBAC,
                        "{'rules':[{}]}",
                        "Required rules[0].verbs: Required value: verbs must contain at least one value",
                        "Required rules[0].apiGroups: Required value: resource rules must supply at least one api group",
                        "Required rules[0].resources: Required value: resource rules must supply at least one resource"),
                bad(
                        "roles" + RBAC,
                        "{'rules':[{'verbs':['get'],'nonResourceURLs':['/x']}]}",
                        "Invalid rules[0].nonResourceURLs: Invalid value: [\"/x\"]: namespaced rules cannot apply to non-resource URLs"),
                bad(
                        "clusterroles" + RBAC,
                        "{'aggregationRule':{}}",
                        "Required aggregationRule.clusterRoleSelectors: Required value: at least one clusterRoleSelector required if aggregationRule is non-nil"),
                bad(
                        "clusterrolebindings" + RBAC,
                        "{'roleRef':{'kind':'Role','name':'a'},'subjects':[{'kind':'ServiceAccount','name':'s'}]}",
                        "NotSupported roleRef.kind: Unsupported value: \"Role\": supported values: \"ClusterRole\"",
                        "Required subjects[0].namespace: Required value"),
                bad("storageclasses.storage.k8s.io", "{}", "Required provisioner: Required value"),
                bad(
                        "volumeattachments.storage.k8s.io",
                        "{'spec':{'attacher':'a','nodeName':'n'}}",
                        "Required spec.source: Required value: must specify one of inlineVolumeSpec and persistentVolumeName"),
                bad(
                        "priorityclasses.scheduling.k8s.io",
                        "{'metadata':{'name':'a'},'value':1000000001}",
                        "Forbidden value: Forbidden: maximum allowed value of a user defined priority is 1000000000"),
                bad(
                        "priorityclasses.scheduling.k8s.io",
                        "{'metadata':{'name':'system-x'},'value':1}",
                        "Forbidden metadata.name: Forbidden: priority class names with 'system-' prefix are reserved for system use only. error: system-x is not a known system priority class"),
                bad(
                        "priorityclasses.scheduling.k8s.io",
                        "{'metadata':{'name':'system-node-critical'},'value':2000001000}"),
                bad(
                        "leases.coordination.k8s.io",
                        "{'spec':{'leaseDurationSeconds':0}}",
                        "Invalid spec.leaseDurationSeconds: Invalid value: 0: must be greater than 0"),
                bad(
                        "endpointslices.discovery.k8s.io",
                        "{'addressType':'IPv4','endpoints':[{'addresses':['::1']}]}",
                        "Invalid endpoints[0].addresses[0]: Invalid value: \"::1\": must be a valid IPv4 address"),
                bad(
                        "validatingwebhookconfigurations.admissionregistration.k8s.io",
                        "{'webhooks':[{'name':'a.b','admissionReviewVersions':['v1'],'sideEffects':'Some','clientConfig':{'url':'http://x'},'timeoutSeconds':31}]}",
                        "Invalid webhooks[0].name: Invalid value: \"a.b\": should be a domain with at least three segments separated by dots",
                        "NotSupported webhooks[0].sideEffects: Unsupported value: \"Some\": supported values: \"None\", \"NoneOnDryRun\"",
                        "Invalid webhooks[0].timeoutSeconds: Invalid value: 31: the timeout value must be between 1 and 30 seconds",
                        "Invalid webhooks[0].clientConfig.url: Invalid value: \"http\": 'https' is the only allowed URL scheme; desired format: https://host[:port]/path"),
                bad(
                        "apiservices.apiregistration.k8s.io",
                        "{'metadata':{'name':'x'},'spec':{'group':'g.io','version':'v1','groupPriorityMinimum':1,'versionPriority':1001}}",
                        "Invalid metadata.name: Invalid value: \"x\": must be `spec.version+\".\"+spec.group`: \"v1.g.io\"",
                        "Invalid spec.versionPriority: Invalid value: 1001: must be positive and less than 1000"),
                bad(
                        "certificatesigningrequests.certificates.k8s.io",
                        "{'spec':{'request':'eA==','signerName':'a','usages':['fly']}}",
                        "Invalid spec.request: Invalid value: \"eA==\": PEM block type must be CERTIFICATE REQUEST",
                        "NotSupported spec.usages[0]: Unsupported value: \"fly\": supported values: \"any\", \"cert sign\", \"client auth\", \"code signing\", \"content commitment\", \"crl sign\", \"data encipherment\", \"decipher only\", \"digital signature\", \"email protection\", \"encipher only\", \"ipsec end system\", \"ipsec tunnel\", \"ipsec user\", \"key agreement\", \"key encipherment\", \"microsoft sgc\", \"netscape sgc\", \"ocsp signing\", \"s/mime\", \"server auth\", \"signing\", \"timestamping\"",
                        "Invalid spec.signerName: Invalid value: \"a\": must be a fully qualified domain and path of the form 'example.com/signer-name'"),
                bad(
                        "flowschemas.flowcontrol.apiserver.k8s.io",
                        "{'spec':{}}",
                        "Required spec.priorityLevelConfiguration.name: Required value: must reference a priority level"),
                bad("runtimeclasses.node.k8s.io", "{'handler':'a'}"),
                bad(
                        "resourceslices.resource.k8s.io",
                        "{'spec':{'driver':'d','pool':{'name':'p','resourceSliceCount':1}}}",
                        "Required spec: Required value: exactly one of `nodeName`, `nodeSelector`, `allNodes`, `perDeviceNodeSelection` is required"),
                bad(
                        "resourceclaims.resource.k8s.io",
                        "{'spec':{'devices':{'requests':[{'name':'a'}]}}}",
                        "Required spec.devices.requests[0]: Required value: exactly one of `exactly` or `firstAvailable` is required"),
                bad(
                        "subjectaccessreviews.authorization.k8s.io",
                        "{'spec':{'resourceAttributes':{}}}",
                        "Invalid spec.user: Invalid value: \"\": at least one of user or group must be specified"),
                bad(
                        "events.events.k8s.io",
                        "{'metadata':{'namespace':'a'},'involvedObject':{'namespace':'a'},'type':'Normal','reportingComponent':'x','reportingInstance':'x','action':'a','reason':'r','count':1}",
                        "Required eventTime: Required value",
                        "Invalid count: Invalid value: 1: needs to be unset"));
    }

    @ParameterizedTest
    @MethodSource({"core", "services", "others"})
    void namesEveryBadField(String resource, String given, List<String> errors) {
        assertEquals(errors, Rules.create(resource, given));
    }

    @Test
    void refusesMoreThanOneMebibyteOfConfigMap() {
        ObjectNode map = Rules.json("{'data':{}}");
        Json.child(map, "data").put("a", "x".repeat(1024 * 1024));
        FieldErrors fits = new FieldErrors();
        Rules.of("configmaps").validate(map, fits);
        assertEquals(List.of(), Rules.shown(fits));
        Json.child(map, "data").put("b", "é");
        FieldErrors errors = new FieldErrors();
        Rules.of("configmaps").validate(map, errors);
        assertEquals(
                List.of("TooLong : Too long: may not be more than 1048576 bytes"),
                Rules.shown(errors));
    }
}
