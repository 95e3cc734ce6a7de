package dev.pilothouse.server.quota;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pilothouse.model.meta.GroupResource;
import dev.pilothouse.server.testing.TestCluster;
import org.junit.jupiter.api.Test;

class UsageTest {

    private static final GroupResource PODS = new GroupResource("", "pods");

    @Test
    void podCountsForItsContainersOrItsLargestInitContainer() {
        Usage usage =
                Usage.of(
                        PODS,
                        TestCluster.json(
                                """
                                {'spec':{'overhead':{'cpu':'10m'},
                                 'initContainers':[
                                  {'name':'big','resources':{'requests':{'cpu':'2','memory':'1Mi'}}},
                                  {'name':'side','restartPolicy':'Always','resources':{'requests':{'cpu':'100m'}}}],
                                 'containers':[
                                  {'name':'a','resources':{'requests':{'cpu':'500m','memory':'64Mi','example.com/gpu':'1'},'limits':{'cpu':'1'}}},
                                  {'name':'b','resources':{'requests':{'cpu':'250m','memory':'64Mi'}}}]}}\
                                """));

        assertEquals(
                "cpu=2010m,limits.cpu=1010m,memory=128Mi,pods=1,requests.cpu=2010m,"
                        + "requests.example.com/gpu=1,requests.memory=128Mi",
                usage.amounts().toString());
    }

    @Test
    void endedPodUsesNothing() {
        assertTrue(
                Usage.of(
                                PODS,
                                TestCluster.json(
                                        "{'spec':{'containers':[{'name':'a','resources':{'requests':{'cpu':'1'}}}]},'status':{'phase':'Failed'}}"))
                        .amounts()
                        .isEmpty());
    }

    @Test
    void servicesAndClaims() {
        assertEquals(
                "services.loadbalancers=1,services.nodeports=2",
                amounts(
                        "services",
                        "{'spec':{'type':'LoadBalancer','ports':[{'port':1},{'port':2}]}}"));
        assertEquals(
                "services.nodeports=1",
                amounts("services", "{'spec':{'type':'NodePort','ports':[{'port':1}]}}"));
        assertEquals("", amounts("services", "{'spec':{'ports':[{'port':1}]}}"));
        assertEquals(
                "fast.storageclass.storage.k8s.io/persistentvolumeclaims=1,"
                        + "fast.storageclass.storage.k8s.io/requests.storage=2Gi,requests.storage=2Gi",
                amounts(
                        "persistentvolumeclaims",
                        "{'spec':{'storageClassName':'fast','resources':{'requests':{'storage':'2Gi'}}}}"));
        assertEquals(
                "configmaps=1,count/configmaps=1",
                Usage.ofCount(new GroupResource("", "configmaps"), 1).toString());
        assertEquals(
                "count/deployments.apps=3",
                Usage.ofCount(new GroupResource("apps", "deployments"), 3).toString());
    }

    @Test
    void scopesCoverPodsByTheirTraits() {
        PodTraits plain = traits("'containers':[{'name':'a'}]");
        PodTraits busy =
                traits(
                        "'activeDeadlineSeconds':5,'priorityClassName':'high','containers':[{'name':'a','resources':{'limits':{'cpu':'1'}}}]");

        assertTrue(quota("'scopes':['BestEffort','NotTerminating']").covers(plain));
        assertFalse(quota("'scopes':['BestEffort']").covers(busy));
        assertTrue(quota("'scopes':['NotBestEffort','Terminating']").covers(busy));
        assertFalse(quota("'scopes':['BestEffort']").covers(null));
        String selector =
                "'scopeSelector':{'matchExpressions':[{'scopeName':'PriorityClass','operator':'%s','values':['high']}]}";
        assertTrue(quota(selector.formatted("In")).covers(busy));
        assertFalse(quota(selector.formatted("In")).covers(plain));
        assertTrue(quota(selector.formatted("NotIn")).covers(plain));
        assertTrue(
                quota("'scopes':['CrossNamespacePodAffinity']")
                        .covers(
                                traits(
                                        "'affinity':{'podAffinity':{'requiredDuringSchedulingIgnoredDuringExecution':"
                                                + "[{'topologyKey':'k','namespaces':['other']}]}}")));
    }

    private static PodTraits traits(String spec) {
        return PodTraits.of(TestCluster.json("{'spec':{" + spec + "}}"));
    }

    private static QuotaSpec quota(String spec) {
        return QuotaSpec.of(TestCluster.json("{'spec':{" + spec + "}}"));
    }

    private static String amounts(String resource, String object) {
        return Usage.of(new GroupResource("", resource), TestCluster.json(object))
                .amounts()
                .toString();
    }
}
