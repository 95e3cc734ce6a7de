package dev.pilothouse.server.admission;

import static dev.pilothouse.server.testing.TestCluster.PODS;
import static dev.pilothouse.server.testing.TestCluster.json;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pilothouse.model.client.DeleteOptions;
import dev.pilothouse.model.json.Json;
import dev.pilothouse.model.meta.ApiException;
import dev.pilothouse.model.meta.GroupVersionResource;
import dev.pilothouse.server.testing.TestCluster;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ObjectNode;

/** What new pods get from their service account, seen by a client of a whole control plane. */
@Timeout(120)
class ServiceAccountAdmissionTest {

    private static final GroupVersionResource ACCOUNTS =
            new GroupVersionResource("", "v1", "serviceaccounts");
    private static final String PATH = "/var/run/secrets/kubernetes.io/serviceaccount";

    @TempDir static Path directory;

    private static TestCluster cluster;

    @BeforeAll
    static void start() {
        cluster = new TestCluster(directory);
    }

    @AfterAll
    static void stop() {
        cluster.close();
    }

    @Test
    void givesTheDefaultAccountAndItsToken() {
        ObjectNode pod =
                pod(
                        "plain",
                        "",
                        "'initContainers':[{'name':'i','image':'i'}],'containers':[{'name':'c','image':'i'},"
                                + "{'name':'own','image':'i','volumeMounts':[{'name':'mine','mountPath':'"
                                + PATH
                                + "'}]}],'volumes':[{'name':'mine','emptyDir':{}}]");

        assertEquals("default", Json.text(pod, "spec", "serviceAccountName"));
        assertEquals("default", Json.text(pod, "spec", "serviceAccount"));
        List<ObjectNode> volumes = Json.objects(pod, "spec", "volumes");
        assertEquals(2, volumes.size());
        String name = Json.text(volumes.get(1), "name");
        assertTrue(name.matches("kube-api-access-[b-z2-9]{5}"), name);
        assertEquals(
                json(
                        "{'defaultMode':420,'sources':[{'serviceAccountToken':{'expirationSeconds':3607,'path':'token'}},"
                                + "{'configMap':{'items':[{'key':'ca.crt','path':'ca.crt'}],'name':'kube-root-ca.crt'}},"
                                + "{'downwardAPI':{'items':[{'fieldRef':{'apiVersion':'v1','fieldPath':'metadata.namespace'},"
                                + "'path':'namespace'}]}}]}"),
                Json.objectAt(volumes.get(1), "projected"));
        ObjectNode mount =
                json("{'mountPath':'%s','name':'%s','readOnly':true}".formatted(PATH, name));
        assertEquals(List.of(mount), mounts(pod, "initContainers", 0));
        assertEquals(List.of(mount), mounts(pod, "containers", 0));
        assertEquals("mine", Json.text(mounts(pod, "containers", 1).getFirst(), "name"));
        assertEquals(1, mounts(pod, "containers", 1).size());
    }

    @Test
    void givesWhatTheAccountSays() {
        account(
                "robot",
                "'automountServiceAccountToken':false,'imagePullSecrets':[{'name':'registry'}]");

        ObjectNode silent = pod("silent", "", "'serviceAccount':'robot'," + CONTAINERS);
        assertEquals("robot", Json.text(silent, "spec", "serviceAccountName"));
        assertFalse(Json.objectAt(silent, "spec").has("volumes"));
        assertEquals(
                List.of(json("{'name':'registry'}")),
                Json.objects(silent, "spec", "imagePullSecrets"));

        ObjectNode insists =
                pod(
                        "insists",
                        "",
                        "'serviceAccountName':'robot','automountServiceAccountToken':true,"
                                + "'imagePullSecrets':[{'name':'own'}],"
                                + CONTAINERS);
        assertEquals(1, Json.objects(insists, "spec", "volumes").size());
        assertEquals(
                List.of(json("{'name':'own'}")), Json.objects(insists, "spec", "imagePullSecrets"));

        ObjectNode refuses =
                pod("refuses", "", "'automountServiceAccountToken':false," + CONTAINERS);
        assertFalse(Json.objectAt(refuses, "spec").has("volumes"));
    }

    @Test
    void refusesAnAccountThatIsMissing() {
        assertEquals(
                "pods \"lost\" is forbidden: error looking up service account default/nobody:"
                        + " serviceaccount \"nobody\" not found",
                refusal("lost", "", "'serviceAccountName':'nobody'," + CONTAINERS));
    }

    @Test
    void waitsForTheAccountOfANewNamespace() {
        for (int i = 0; i < 5; i++) {
            cluster.namespace("new-" + i);
            ObjectNode pod = cluster.pod("new-" + i, "p", "{}", "", "");
            assertEquals("default", Json.text(pod, "spec", "serviceAccountName"));
        }
    }

    @Test
    void keepsTheAccountOfAPod() {
        pod("kept", "", CONTAINERS);
        ApiException refusal =
                assertThrows(
                        ApiException.class,
                        () ->
                                cluster.patch(
                                        PODS,
                                        "default",
                                        "kept",
                                        "{'spec':{'serviceAccountName':'other','serviceAccount':'other'}}"));
        assertEquals(422, refusal.status().code());
        assertTrue(
                refusal.status().message().contains("pod updates may not change fields other than"),
                refusal.status().message());
    }

    @Test
    void givesMirrorPodsNothing() {
        String mirror = "'annotations':{'kubernetes.io/config.mirror':'x'}";
        ObjectNode pod = pod("mirror", mirror, "'nodeName':'n'," + CONTAINERS);
        assertEquals("", Json.text(pod, "spec", "serviceAccountName"));
        assertFalse(Json.objectAt(pod, "spec").has("volumes"));

        assertEquals(
                "pods \"m\" is forbidden: a mirror pod may not reference service accounts",
                refusal("m", mirror, "'serviceAccountName':'default'," + CONTAINERS));
        assertEquals(
                "pods \"m\" is forbidden: a mirror pod may not reference secrets",
                refusal(
                        "m",
                        mirror,
                        "'containers':[{'name':'c','image':'i','envFrom':[{'secretRef':{'name':'s'}}]}]"));
        assertEquals(
                "pods \"m\" is forbidden: a mirror pod may not use ServiceAccountToken volume"
                        + " projections",
                refusal(
                        "m",
                        mirror,
                        "'volumes':[{'name':'v','projected':{'sources':[{'serviceAccountToken':{'path':'t'}}]}}],"
                                + CONTAINERS));
    }

    @Test
    void allowsOnlyTheSecretsOfAnAccountThatIsStrict() {
        cluster.create(
                ACCOUNTS,
                "{'apiVersion':'v1','kind':'ServiceAccount','metadata':{'namespace':'default','name':'strict',"
                        + "'annotations':{'kubernetes.io/enforce-mountable-secrets':'true'}},"
                        + "'secrets':[{'name':'known'}],'imagePullSecrets':[{'name':'registry'}]}");
        String account = "'serviceAccountName':'strict',";
        String suffix = " is not allowed because service account strict does not reference that ";

        pod(
                "allowed",
                "",
                account + "'volumes':[{'name':'v','secret':{'secretName':'known'}}]," + CONTAINERS);
        assertEquals(
                "pods \"p\" is forbidden: volume with secret.secretName=\"other\""
                        + suffix
                        + "secret",
                refusal(
                        "p",
                        "",
                        account
                                + "'volumes':[{'name':'v','secret':{'secretName':'other'}}],"
                                + CONTAINERS));
        assertEquals(
                "pods \"p\" is forbidden: container c with envVar E referencing"
                        + " secret.secretName=\"other\""
                        + suffix
                        + "secret",
                refusal(
                        "p",
                        "",
                        account
                                + "'containers':[{'name':'c','image':'i','env':[{'name':'E','valueFrom':"
                                + "{'secretKeyRef':{'name':'other','key':'k'}}}]}]"));
        assertEquals(
                "pods \"p\" is forbidden: imagePullSecrets[0].name=\"other\""
                        + suffix
                        + "imagePullSecret",
                refusal("p", "", account + "'imagePullSecrets':[{'name':'other'}]," + CONTAINERS));
    }

    /** The controller makes a deleted default account anew, and pods go on being made. */
    @Test
    void survivesTheLossOfTheDefaultAccount() {
        cluster.namespace("robbed");
        cluster.await(ACCOUNTS, "robbed", "default", account -> true);
        cluster.client().resource(ACCOUNTS).delete("robbed", "default", DeleteOptions.DEFAULT);
        cluster.pod("robbed", "p", "{}", "", "");
    }

    private static final String CONTAINERS = "'containers':[{'name':'c','image':'i'}]";

    private static ObjectNode pod(String name, String metadata, String spec) {
        return cluster.create(
                PODS,
                "{'apiVersion':'v1','kind':'Pod','metadata':{'namespace':'default','name':'%s'%s},'spec':{%s}}"
                        .formatted(name, metadata.isEmpty() ? "" : "," + metadata, spec));
    }

    private static String refusal(String name, String metadata, String spec) {
        ApiException refusal = assertThrows(ApiException.class, () -> pod(name, metadata, spec));
        assertEquals(403, refusal.status().code());
        return refusal.status().message();
    }

    private static void account(String name, String fields) {
        cluster.create(
                ACCOUNTS,
                "{'apiVersion':'v1','kind':'ServiceAccount','metadata':{'namespace':'default','name':'%s'},%s}"
                        .formatted(name, fields));
    }

    private static List<ObjectNode> mounts(ObjectNode pod, String list, int index) {
        return Json.objects(Json.objects(pod, "spec", list).get(index), "volumeMounts");
    }
}
