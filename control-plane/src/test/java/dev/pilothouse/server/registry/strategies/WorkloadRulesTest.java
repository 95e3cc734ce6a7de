package dev.pilothouse.server.registry.strategies;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.pilothouse.server.registry.ResourceStrategy;
import dev.pilothouse.server.registry.autoscaling.HorizontalPodAutoscalerConversion;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

class WorkloadRulesTest {

    private static final String TEMPLATE =
            "'template':{'metadata':{'labels':{'a':'b'}},'spec':{'containers':[{'name':'c','image':'i'}]}}";
    private static final String SELECTOR = "'selector':{'matchLabels':{'a':'b'}}";

    private static ObjectNode workload(String rest) {
        return StrategyRun.yamlish("{'metadata':{'name':'w','uid':'u1'},'spec':{" + rest + "}}");
    }

    private static ObjectNode good(String rest) {
        return workload(SELECTOR + "," + TEMPLATE + rest);
    }

    @Test
    void acceptsMinimalWorkloadsAndKeepsTheirDefaults() {
        for (String resource :
                List.of("deployments", "replicasets", "statefulsets", "daemonsets")) {
            ResourceStrategy strategy = StrategyRun.of("apps", resource);
            ObjectNode object = good("");
            assertEquals(List.of(), StrategyRun.create(strategy, object), resource);
            ObjectNode again = object.deepCopy();
            strategy.setDefaults(again);
            assertEquals(object, again, resource);
        }
    }

    @Test
    void givesADeploymentItsDefaults() {
        ObjectNode object = good("");
        StrategyRun.of("apps", "deployments").setDefaults(object);
        assertEquals(
                StrategyRun.yamlish(
                        "{'type':'RollingUpdate','rollingUpdate':{'maxUnavailable':'25%','maxSurge':'25%'}}"),
                object.at("/spec/strategy"));
        assertEquals(1, object.at("/spec/replicas").asInt());
        assertEquals(10, object.at("/spec/revisionHistoryLimit").asInt());
        assertEquals(600, object.at("/spec/progressDeadlineSeconds").asInt());
    }

    @Test
    void namesWhatIsWrongInADeployment() {
        ResourceStrategy deployments = StrategyRun.of("apps", "deployments");
        assertEquals(
                List.of("FieldValueRequired spec.selector: Required value"),
                StrategyRun.create(deployments, workload(TEMPLATE)));
        assertEquals(
                List.of(
                        "FieldValueInvalid spec.template.metadata.labels: Invalid value: {\"a\":\"b\"}:"
                                + " `selector` does not match template `labels`"),
                StrategyRun.create(
                        deployments, workload("'selector':{'matchLabels':{'a':'c'}}," + TEMPLATE)));
        assertEquals(
                List.of(
                        "FieldValueInvalid spec.selector: Invalid value: {}: empty selector is invalid"
                                + " for deployment"),
                StrategyRun.create(deployments, workload("'selector':{}," + TEMPLATE)));
        assertEquals(
                List.of(
                        "FieldValueInvalid spec.strategy.rollingUpdate.maxUnavailable: Invalid value: 0:"
                                + " may not be 0 when `maxSurge` is 0"),
                StrategyRun.create(
                        deployments,
                        good(",'strategy':{'rollingUpdate':{'maxUnavailable':0,'maxSurge':0}}")));
        assertEquals(
                List.of(
                        "FieldValueInvalid spec.progressDeadlineSeconds: Invalid value: 5: must be"
                                + " greater than minReadySeconds"),
                StrategyRun.create(
                        deployments, good(",'minReadySeconds':5,'progressDeadlineSeconds':5")));
        assertEquals(
                List.of(
                        "FieldValueInvalid spec.replicas: Invalid value: -1: must be greater than or"
                                + " equal to 0"),
                StrategyRun.create(deployments, good(",'replicas':-1")));
        ObjectNode changed =
                StrategyRun.yamlish(good("").toString().replace("\"a\":\"b\"", "\"a\":\"c\""));
        assertEquals(
                List.of(
                        "FieldValueInvalid spec.selector: Invalid value:"
                                + " {\"matchLabels\":{\"a\":\"c\"}}: field is immutable"),
                StrategyRun.update(deployments, changed, good("")));
        ObjectNode once =
                StrategyRun.yamlish(
                        good("").toString()
                                .replace(
                                        "\"spec\":{\"cont",
                                        "\"spec\":{\"restartPolicy\":\"Never\",\"cont"));
        assertEquals(
                List.of(
                        "FieldValueNotSupported spec.template.spec.restartPolicy: Unsupported value:"
                                + " \"Never\": supported values: \"Always\""),
                StrategyRun.create(deployments, once));
    }

    @Test
    void keepsMostOfAStatefulSet() {
        assertEquals(
                List.of(
                        "FieldValueForbidden spec: Forbidden: updates to statefulset spec for fields"
                                + " other than 'replicas', 'ordinals', 'template', 'updateStrategy',"
                                + " 'revisionHistoryLimit', 'persistentVolumeClaimRetentionPolicy' and"
                                + " 'minReadySeconds' are forbidden"),
                StrategyRun.update(
                        StrategyRun.of("apps", "statefulsets"),
                        good(",'serviceName':'x'"),
                        good("")));
    }

    @Test
    void checksHowADaemonSetRolls() {
        assertEquals(
                List.of(
                        "FieldValueInvalid spec.updateStrategy.rollingUpdate.maxSurge: Invalid value: 1:"
                                + " may not be set when maxUnavailable is non-zero"),
                StrategyRun.create(
                        StrategyRun.of("apps", "daemonsets"),
                        good(",'updateStrategy':{'rollingUpdate':{'maxSurge':1}}")));
    }

    private static ObjectNode job(String rest) {
        return workload(
                "'template':{'spec':{'restartPolicy':'Never','containers':[{'name':'c','image':'i'}]}}"
                        + rest);
    }

    private static List<String> createJob(ObjectNode job) {
        ResourceStrategy jobs = StrategyRun.of("batch", "jobs");
        jobs.setDefaults(job);
        jobs.prepareForCreate(job, PodRulesTest.context());
        return StrategyRun.create(jobs, job);
    }

    @Test
    void makesTheSelectorOfAJob() {
        ObjectNode job = job("");
        assertEquals(List.of(), createJob(job));
        assertEquals(
                StrategyRun.yamlish("{'matchLabels':{'batch.kubernetes.io/controller-uid':'u1'}}"),
                job.at("/spec/selector"));
        assertEquals(
                StrategyRun.yamlish(
                        "{'controller-uid':'u1','batch.kubernetes.io/controller-uid':'u1',"
                                + "'job-name':'w','batch.kubernetes.io/job-name':'w'}"),
                job.at("/spec/template/metadata/labels"));
        assertEquals(6, job.at("/spec/backoffLimit").asInt());
        assertEquals(1, job.at("/spec/completions").asInt());
        assertEquals("TerminatingOrFailed", job.at("/spec/podReplacementPolicy").stringValue());
    }

    @Test
    void namesWhatIsWrongInAJob() {
        assertEquals(
                List.of(
                        "FieldValueRequired spec.template.spec.restartPolicy: Required value: valid"
                                + " values: \"OnFailure\", \"Never\""),
                createJob(workload(TEMPLATE)));
        assertEquals(
                List.of(
                        "FieldValueRequired spec.completions: Required value: when completion mode is"
                                + " Indexed"),
                createJob(job(",'completionMode':'Indexed','parallelism':1")));
        assertEquals(
                List.of(
                        "FieldValueInvalid spec.podFailurePolicy.rules[0]: Invalid value: specifying one"
                                + " of OnExitCodes and OnPodConditions is required"),
                createJob(job(",'podFailurePolicy':{'rules':[{'action':'Ignore'}]}")));
        ObjectNode old = job(",'completions':1,'parallelism':1");
        createJob(old);
        ObjectNode changed = old.deepCopy();
        ((ObjectNode) changed.get("spec")).put("completions", 2);
        assertEquals(
                List.of("FieldValueInvalid spec.completions: Invalid value: 2: field is immutable"),
                StrategyRun.update(StrategyRun.of("batch", "jobs"), changed, old));
    }

    @Test
    void checksCronJobs() {
        ResourceStrategy cronJobs = StrategyRun.of("batch", "cronjobs");
        String job =
                "'jobTemplate':{'spec':{'template':{'spec':{'restartPolicy':'Never',"
                        + "'containers':[{'name':'c','image':'i'}]}}}}";
        assertEquals(
                List.of(),
                StrategyRun.create(
                        cronJobs,
                        workload("'schedule':'@daily','timeZone':'Europe/Berlin'," + job)));
        assertEquals(
                List.of(
                        "FieldValueInvalid spec.schedule: Invalid value: \"61 * * * *\": end of range"
                                + " (61) above maximum (59): 61",
                        "FieldValueInvalid spec.timeZone: Invalid value: \"Mars\": unknown time zone"
                                + " Mars",
                        "FieldValueNotSupported spec.concurrencyPolicy: Unsupported value: \"X\":"
                                + " supported values: \"Allow\", \"Forbid\", \"Replace\""),
                StrategyRun.create(
                        cronJobs,
                        workload(
                                "'schedule':'61 * * * *','timeZone':'Mars','concurrencyPolicy':'X',"
                                        + job)));
    }

    @Test
    void checksBudgetsAndAutoscalers() {
        assertEquals(
                List.of(
                        "FieldValueInvalid spec: Invalid value:"
                                + " {\"minAvailable\":1,\"maxUnavailable\":\"10%\"}: minAvailable and"
                                + " maxUnavailable cannot be both set"),
                StrategyRun.create(
                        StrategyRun.of("policy", "poddisruptionbudgets"),
                        workload("'minAvailable':1,'maxUnavailable':'10%'")));
        assertEquals(
                List.of(
                        "FieldValueInvalid spec.maxReplicas: Invalid value: 1: must be greater than or"
                                + " equal to `minReplicas`",
                        "FieldValueRequired spec.scaleTargetRef.name: Required value"),
                StrategyRun.create(
                        StrategyRun.of("autoscaling", "horizontalpodautoscalers"),
                        workload(
                                "'scaleTargetRef':{'kind':'Deployment'},'minReplicas':2,'maxReplicas':1")));
    }

    @Test
    void carriesAnAutoscalerToV1AndBack() {
        ObjectNode v2 =
                StrategyRun.yamlish(
                        """
                        {'apiVersion':'autoscaling/v2','kind':'HorizontalPodAutoscaler','metadata':{'name':'h'},
                        'spec':{'maxReplicas':3,'metrics':[
                        {'type':'Resource','resource':{'name':'cpu','target':{'type':'Utilization','averageUtilization':50}}},
                        {'type':'Pods','pods':{'metric':{'name':'m'},'target':{'type':'AverageValue','averageValue':'5'}}}],
                        'behavior':{'scaleUp':{'selectPolicy':'Max'}}}}
                        """);
        ObjectNode v1 = HorizontalPodAutoscalerConversion.toV1(v2);
        assertEquals(50, v1.at("/spec/targetCPUUtilizationPercentage").asInt());
        assertEquals(
                "[{\"type\":\"Pods\",\"pods\":{\"metricName\":\"m\",\"targetAverageValue\":\"5\"}}]",
                v1.get("metadata")
                        .get("annotations")
                        .get("autoscaling.alpha.kubernetes.io/metrics")
                        .stringValue());
        assertEquals(v2, HorizontalPodAutoscalerConversion.toV2(v1));
    }
}
