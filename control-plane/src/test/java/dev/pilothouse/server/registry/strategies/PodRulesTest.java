package dev.pilothouse.server.registry.strategies;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pilothouse.server.registry.ResourceStrategy;
import dev.pilothouse.server.registry.StrategyContext;
import dev.pilothouse.server.registry.core.PodEphemeralContainersStrategy;
import dev.pilothouse.server.registry.core.PodResizeStrategy;
import dev.pilothouse.server.request.UserInfo;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.node.ObjectNode;

class PodRulesTest {

    private static final ResourceStrategy PODS = StrategyRun.of("", "pods");

    private static ObjectNode pod(String spec) {
        return StrategyRun.yamlish("{'metadata':{'name':'p'},'spec':" + spec + "}");
    }

    private static ObjectNode container(String rest) {
        return pod("{'containers':[{'name':'c','image':'i'" + rest + "}]}");
    }

    @Test
    void givesAMinimalPodTheDefaultsOfKubernetes() {
        ObjectNode pod = pod("{'containers':[{'name':'c','image':'nginx'}]}");
        PODS.setDefaults(pod);
        assertEquals(
                StrategyRun.yamlish(
                        """
                        {'metadata':{'name':'p'},'spec':{'containers':[{'name':'c','image':'nginx',
                        'imagePullPolicy':'Always','terminationMessagePath':'/dev/termination-log',
                        'terminationMessagePolicy':'File','resources':{}}],
                        'restartPolicy':'Always','terminationGracePeriodSeconds':30,
                        'dnsPolicy':'ClusterFirst','securityContext':{},
                        'schedulerName':'default-scheduler','enableServiceLinks':true}}
                        """),
                pod);
    }

    @Test
    void choosesThePullPolicyByTag() {
        Map.of(
                        "nginx:latest", "Always",
                        "nginx:1.27", "IfNotPresent",
                        "reg:5000/nginx", "Always",
                        "reg:5000/nginx:2", "IfNotPresent",
                        "nginx@sha256:abc", "IfNotPresent")
                .forEach((image, policy) -> {
                    ObjectNode pod = pod("{'containers':[{'image':'" + image + "'}]}");
                    PODS.setDefaults(pod);
                    assertEquals(
                            policy,
                            pod.at("/spec/containers/0/imagePullPolicy").stringValue(),
                            image);
                });
    }

    @Test
    void fillsProbesVolumesPortsAndRequests() {
        ObjectNode pod =
                pod(
                        """
                        {'hostNetwork':true,'serviceAccount':'sa','containers':[{'name':'c','image':'i:1',
                        'ports':[{'containerPort':80}],'resources':{'limits':{'cpu':'1000m','memory':'0.5Gi'}},
                        'env':[{'name':'N','valueFrom':{'fieldRef':{'fieldPath':'metadata.name'}}}],
                        'livenessProbe':{'httpGet':{'port':80}}}],
                        'volumes':[{'name':'a'},{'name':'b','secret':{'secretName':'s'}},
                        {'name':'h','hostPath':{'path':'/x'}},
                        {'name':'t','projected':{'sources':[{'serviceAccountToken':{'path':'t'}}]}}]}
                        """);
        PODS.setDefaults(pod);
        assertEquals("sa", pod.at("/spec/serviceAccountName").stringValue());
        assertEquals(80, pod.at("/spec/containers/0/ports/0/hostPort").asInt());
        assertEquals("TCP", pod.at("/spec/containers/0/ports/0/protocol").stringValue());
        assertEquals("1", pod.at("/spec/containers/0/resources/requests/cpu").stringValue());
        assertEquals("512Mi", pod.at("/spec/containers/0/resources/limits/memory").stringValue());
        assertEquals(
                "v1",
                pod.at("/spec/containers/0/env/0/valueFrom/fieldRef/apiVersion").stringValue());
        assertEquals(
                StrategyRun.yamlish(
                        "{'httpGet':{'port':80,'path':'/','scheme':'HTTP'},'timeoutSeconds':1,"
                                + "'periodSeconds':10,'successThreshold':1,'failureThreshold':3}"),
                pod.at("/spec/containers/0/livenessProbe"));
        assertTrue(pod.at("/spec/volumes/0/emptyDir").isObject());
        assertEquals(420, pod.at("/spec/volumes/1/secret/defaultMode").asInt());
        assertEquals("", pod.at("/spec/volumes/2/hostPath/type").stringValue());
        assertEquals(
                3600,
                pod.at("/spec/volumes/3/projected/sources/0/serviceAccountToken/expirationSeconds")
                        .asInt());
        ObjectNode again = pod.deepCopy();
        PODS.setDefaults(again);
        assertEquals(pod, again);
        assertEquals(List.of(), StrategyRun.create(PODS, pod));
    }

    private record Bad(String spec, String error) {}

    @TestFactory
    List<DynamicTest> namesWhatIsWrong() {
        String label =
                "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-',"
                        + " and must start and end with an alphanumeric character (e.g. 'my-name',  or"
                        + " '123-abc', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')";
        String c = "'containers':[{'name':'c','image':'i'}]";
        List<Bad> cases =
                List.of(
                        new Bad("{}", "FieldValueRequired spec.containers: Required value"),
                        new Bad(
                                "{'containers':[{'name':'c'}]}",
                                "FieldValueRequired spec.containers[0].image: Required value"),
                        new Bad(
                                "{'containers':[{'name':'C','image':'i'}]}",
                                "FieldValueInvalid spec.containers[0].name: Invalid value: \"C\": "
                                        + label),
                        new Bad(
                                "{'containers':[{'name':'c','image':'i'},{'name':'c','image':'i'}]}",
                                "FieldValueDuplicate spec.containers[1].name: Duplicate value: \"c\""),
                        new Bad(
                                "{'containers':[{'name':'c','image':'i'}],'initContainers':[{'name':'c','image':'i'}]}",
                                "FieldValueDuplicate spec.initContainers[0].name: Duplicate value: \"c\""),
                        new Bad(
                                "{'containers':[{'name':'c','image':' i'}]}",
                                "FieldValueInvalid spec.containers[0].image: Invalid value: \" i\": must not have leading or trailing whitespace"),
                        new Bad(
                                "{" + c + ",'restartPolicy':'Sometimes'}",
                                "FieldValueNotSupported spec.restartPolicy: Unsupported value: \"Sometimes\": supported values: \"Always\", \"OnFailure\", \"Never\""),
                        new Bad(
                                "{" + c + ",'dnsPolicy':'None'}",
                                "FieldValueRequired spec.dnsConfig: Required value: must provide `dnsConfig` when `dnsPolicy` is None"),
                        new Bad(
                                "{" + c + ",'hostAliases':[{'ip':'1.2.3'}]}",
                                "FieldValueInvalid spec.hostAliases[0].ip: Invalid value: \"1.2.3\": must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)"),
                        new Bad(
                                "{" + c + ",'activeDeadlineSeconds':0}",
                                "FieldValueInvalid spec.activeDeadlineSeconds: Invalid value: 0: must be between 1 and 2147483647, inclusive"),
                        new Bad(
                                "{"
                                        + c
                                        + ",'volumes':[{'name':'v','emptyDir':{},'hostPath':{'path':'/'}}]}",
                                "FieldValueForbidden spec.volumes[0].hostPath: Forbidden: may not specify more than 1 volume type"),
                        new Bad(
                                "{" + c + ",'volumes':[{'name':'v','persistentVolumeClaim':{}}]}",
                                "FieldValueRequired spec.volumes[0].persistentVolumeClaim.claimName: Required value"),
                        new Bad(
                                "{" + c + ",'tolerations':[{'operator':'Exists','value':'x'}]}",
                                "FieldValueInvalid spec.tolerations[0].operator: Invalid value: {\"operator\":\"Exists\",\"value\":\"x\"}: value must be empty when `operator` is 'Exists'"),
                        new Bad(
                                "{" + c + ",'tolerations':[{'value':'x'}]}",
                                "FieldValueInvalid spec.tolerations[0].operator: Invalid value: \"\": operator must be Exists when `key` is empty, which means \"match all values and all keys\""),
                        new Bad(
                                "{"
                                        + c
                                        + ",'topologySpreadConstraints':[{'maxSkew':0,'topologyKey':'z','whenUnsatisfiable':'DoNotSchedule'}]}",
                                "FieldValueInvalid spec.topologySpreadConstraints[0].maxSkew: Invalid value: 0: must be greater than zero"),
                        new Bad(
                                "{"
                                        + c
                                        + ",'affinity':{'nodeAffinity':{'requiredDuringSchedulingIgnoredDuringExecution':{'nodeSelectorTerms':[]}}}}",
                                "FieldValueRequired spec.affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms: Required value: must have at least one node selector term"),
                        new Bad(
                                "{" + c + ",'schedulingGates':[{'name':'a/b'}],'nodeName':'n'}",
                                "FieldValueForbidden spec.nodeName: Forbidden: cannot be set until all schedulingGates have been cleared"),
                        new Bad(
                                "{" + c + ",'os':{'name':'plan9'}}",
                                "FieldValueNotSupported spec.os: Unsupported value: \"plan9\": supported values: \"linux\", \"windows\""),
                        new Bad(
                                "{" + c + ",'hostUsers':false,'hostPID':true}",
                                "FieldValueForbidden spec.hostPID: Forbidden: when `hostUsers` is false"),
                        new Bad(
                                "{" + c + ",'securityContext':{'runAsUser':-1}}",
                                "FieldValueInvalid spec.securityContext.runAsUser: Invalid value: -1: must be between 0 and 2147483647, inclusive"),
                        new Bad(
                                "{" + c + ",'ephemeralContainers':[{'name':'e','image':'i'}]}",
                                "FieldValueForbidden spec.ephemeralContainers: Forbidden: cannot be set on create"),
                        new Bad(
                                "{"
                                        + c
                                        + ",'initContainers':[{'name':'x','image':'i','livenessProbe':{'exec':{'command':['a']}}}]}",
                                "FieldValueForbidden spec.initContainers[0].livenessProbe: Forbidden: may not be set for init containers without restartPolicy=Always"));
        return cases.stream()
                .map(bad ->
                        DynamicTest.dynamicTest(
                                bad.error(),
                                () ->
                                        assertEquals(
                                                List.of(bad.error()),
                                                StrategyRun.create(PODS, pod(bad.spec())))))
                .toList();
    }

    @TestFactory
    List<DynamicTest> namesWhatIsWrongInAContainer() {
        List<Bad> cases =
                List.of(
                        new Bad(
                                ",'resources':{'limits':{'cpu':'1'},'requests':{'cpu':'2'}}",
                                "FieldValueInvalid spec.containers[0].resources.requests: Invalid value: \"2\": must be less than or equal to cpu limit of 1"),
                        new Bad(
                                ",'resources':{'requests':{'cpu':'x'}}",
                                "FieldValueInvalid spec.containers[0].resources.requests[cpu]: Invalid value: \"x\": quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'"),
                        new Bad(
                                ",'resources':{'requests':{'cpu':'-1'}}",
                                "FieldValueInvalid spec.containers[0].resources.requests[cpu]: Invalid value: \"-1\": must be greater than or equal to 0"),
                        new Bad(
                                ",'volumeMounts':[{'name':'v','mountPath':'/x'}]",
                                "FieldValueNotFound spec.containers[0].volumeMounts[0].name: Not found: \"v\""),
                        new Bad(
                                ",'ports':[{'containerPort':70000}]",
                                "FieldValueInvalid spec.containers[0].ports[0].containerPort: Invalid value: 70000: must be between 1 and 65535, inclusive"),
                        new Bad(
                                ",'ports':[{'containerPort':1,'protocol':'X'}]",
                                "FieldValueNotSupported spec.containers[0].ports[0].protocol: Unsupported value: \"X\": supported values: \"SCTP\", \"TCP\", \"UDP\""),
                        new Bad(
                                ",'livenessProbe':{}",
                                "FieldValueRequired spec.containers[0].livenessProbe: Required value: must specify a handler type"),
                        new Bad(
                                ",'livenessProbe':{'exec':{'command':['x']},'tcpSocket':{'port':1}}",
                                "FieldValueForbidden spec.containers[0].livenessProbe.tcpSocket: Forbidden: may not specify more than 1 handler type"),
                        new Bad(
                                ",'livenessProbe':{'successThreshold':2,'tcpSocket':{'port':1}}",
                                "FieldValueInvalid spec.containers[0].livenessProbe.successThreshold: Invalid value: 2: must be 1"),
                        new Bad(
                                ",'imagePullPolicy':'X'",
                                "FieldValueNotSupported spec.containers[0].imagePullPolicy: Unsupported value: \"X\": supported values: \"Always\", \"IfNotPresent\", \"Never\""),
                        new Bad(
                                ",'env':[{'name':''}]",
                                "FieldValueRequired spec.containers[0].env[0].name: Required value"),
                        new Bad(
                                ",'env':[{'name':'A','value':'x','valueFrom':{'secretKeyRef':{'name':'s','key':'k'}}}]",
                                "FieldValueInvalid spec.containers[0].env[0].valueFrom: Invalid value: \"\": may not be specified when `value` is not empty"),
                        new Bad(
                                ",'env':[{'name':'A','valueFrom':{'fieldRef':{'fieldPath':'spec.nope'}}}]",
                                "FieldValueInvalid spec.containers[0].env[0].valueFrom.fieldRef.fieldPath: Invalid value: \"spec.nope\": error converting fieldPath: field label not supported: spec.nope"),
                        new Bad(
                                ",'envFrom':[{}]",
                                "FieldValueInvalid spec.containers[0].envFrom: Invalid value: \"\": must specify one of: `configMapRef` or `secretRef`"),
                        new Bad(
                                ",'securityContext':{'seccompProfile':{'type':'Localhost'}}",
                                "FieldValueRequired spec.containers[0].securityContext.seccompProfile.localhostProfile: Required value: must be set when seccomp type is Localhost"));
        return cases.stream()
                .map(bad ->
                        DynamicTest.dynamicTest(
                                bad.error(),
                                () ->
                                        assertEquals(
                                                List.of(bad.error()),
                                                StrategyRun.create(PODS, container(bad.spec())))))
                .toList();
    }

    @Test
    void startsPendingWithItsQualityOfService() {
        Map.of(
                        "", "BestEffort",
                        ",'resources':{'requests':{'cpu':'1'}}", "Burstable",
                        ",'resources':{'limits':{'cpu':'1','memory':'1Gi'}}", "Guaranteed")
                .forEach((rest, qos) -> {
                    ObjectNode pod = container(rest);
                    PODS.setDefaults(pod);
                    PODS.prepareForCreate(pod, context());
                    assertEquals("Pending", pod.at("/status/phase").stringValue());
                    assertEquals(qos, pod.at("/status/qosClass").stringValue());
                });
    }

    @Test
    void allowsOnlyFewChanges() {
        ObjectNode old = container("");
        ObjectNode image = container("");
        ((ObjectNode) image.at("/spec/containers/0")).put("image", "j");
        ((ObjectNode) old.at("/spec/containers/0")).put("imagePullPolicy", "Always");
        ((ObjectNode) image.at("/spec/containers/0")).put("imagePullPolicy", "Always");
        ((ObjectNode) image.get("spec"))
                .putArray("tolerations")
                .addObject()
                .put("operator", "Exists");
        assertEquals(List.of(), StrategyRun.update(PODS, image, old.deepCopy()));

        ObjectNode host = old.deepCopy();
        ((ObjectNode) host.get("spec")).put("hostname", "h");
        List<String> errors = StrategyRun.update(PODS, host, old.deepCopy());
        assertEquals(1, errors.size());
        assertTrue(
                errors.getFirst()
                        .startsWith(
                                "FieldValueForbidden spec: Forbidden: pod updates may not change"
                                        + " fields other than `spec.containers[*].image`,"
                                        + "`spec.initContainers[*].image`,"
                                        + "`spec.activeDeadlineSeconds`,`spec.tolerations` (only"
                                        + " additions to existing tolerations),"),
                errors.getFirst());
        ObjectNode more = pod("{'containers':[{'name':'c','image':'i'},{'name':'d','image':'i'}]}");
        assertEquals(
                List.of(
                        "FieldValueForbidden spec.containers: Forbidden: pod updates may not add or"
                                + " remove containers"),
                StrategyRun.update(PODS, more, old));
    }

    @Test
    void givesRunningPodsTimeToEnd() {
        ObjectNode pod = container("");
        PODS.setDefaults(pod);
        assertEquals(0, PODS.gracePeriodSeconds(pod, -1));
        ((ObjectNode) pod.get("spec")).put("nodeName", "n");
        assertEquals(30, PODS.gracePeriodSeconds(pod, -1));
        assertEquals(5, PODS.gracePeriodSeconds(pod, 5));
        ((ObjectNode) pod.get("spec")).put("terminationGracePeriodSeconds", -3);
        assertEquals(1, PODS.gracePeriodSeconds(pod, -1));
        pod.putObject("status").put("phase", "Succeeded");
        assertEquals(0, PODS.gracePeriodSeconds(pod, 5));
    }

    @Test
    void warnsOfWhatLooksWrong() {
        ObjectNode pod =
                container(
                        ",'env':[{'name':'A','value':'1'},{'name':'A','value':'2'}],"
                                + "'ports':[{'containerPort':80},{'containerPort':80}]");
        PODS.setDefaults(pod);
        assertEquals(
                List.of(
                        "spec.containers[0].env[1]: hides previous definition of \"A\", which may be"
                                + " dropped when using apply",
                        "spec.containers[0].ports[1]: duplicate port definition with"
                                + " spec.containers[0].ports[0]"),
                PODS.warnings(pod));
    }

    @Test
    void addsEphemeralContainersAndNothingElse() {
        var strategy = new PodEphemeralContainersStrategy();
        ObjectNode old = container("");
        PODS.setDefaults(old);
        ObjectNode changed = old.deepCopy();
        ObjectNode spec = (ObjectNode) changed.get("spec");
        spec.put("hostname", "h");
        spec.putArray("ephemeralContainers").addObject().put("name", "e").put("image", "i");
        strategy.setDefaults(changed);
        strategy.prepareForUpdate(changed, old, context());
        assertTrue(changed.at("/spec/hostname").isMissingNode());
        assertEquals(List.of(), StrategyRun.update(strategy, changed, old));
        assertEquals(
                List.of(
                        "FieldValueForbidden spec.ephemeralContainers: Forbidden: existing ephemeral"
                                + " containers \"e\" may not be removed\n"),
                StrategyRun.update(strategy, old, changed));
    }

    @Test
    void resizesCpuAndMemoryOnly() {
        var strategy = new PodResizeStrategy();
        ObjectNode old = container(",'resources':{'requests':{'cpu':'1'}}");
        ObjectNode bigger = container(",'resources':{'requests':{'cpu':'2'}}");
        assertEquals(List.of(), StrategyRun.update(strategy, bigger, old.deepCopy()));
        ((ObjectNode) bigger.at("/spec/containers/0")).put("image", "j:2");
        List<String> errors = StrategyRun.update(strategy, bigger, old);
        assertEquals(1, errors.size());
        assertTrue(errors.getFirst().contains("only cpu and memory resources are mutable"));
    }

    static StrategyContext context() {
        return new StrategyContext(new UserInfo("u", "", List.of(), Map.of()), Instant.EPOCH);
    }
}
