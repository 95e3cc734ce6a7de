package dev.pilothouse.server.kubelet;

import static dev.pilothouse.server.kubelet.HostProcessTest.command;
import static dev.pilothouse.server.kubelet.HostProcessTest.condition;
import static dev.pilothouse.server.kubelet.HostProcessTest.container;
import static dev.pilothouse.server.testing.TestCluster.EVENTS;
import static dev.pilothouse.server.testing.TestCluster.PODS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pilothouse.model.client.DeleteOptions;
import dev.pilothouse.model.client.ListOptions;
import dev.pilothouse.model.json.Json;
import dev.pilothouse.server.NodeOptions;
import dev.pilothouse.server.testing.TestCluster;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ObjectNode;

/**
 * Probes, hooks, sidecars and limits of real processes, seen by a client of a whole control plane.
 */
@Timeout(120)
@DisabledOnOs(OS.WINDOWS)
class HostProcessLifeTest {

    @TempDir static Path directory;
    @TempDir static Path shared;

    private static TestCluster cluster;

    @BeforeAll
    static void start() {
        cluster = new TestCluster(directory, new NodeOptions(1, 0));
    }

    @AfterAll
    static void stop() {
        for (ObjectNode pod : cluster.client().resource(PODS).list(ListOptions.ALL).items()) {
            delete(Json.text(pod, "metadata", "name"), 0);
        }
        cluster.close();
    }

    @Test
    void restartsContainerThatIsNotAlive() {
        pod(
                "dies",
                "'terminationGracePeriodSeconds':1",
                "'name':'c','image':'i',"
                        + command("touch up; sleep 1; rm up; exec sleep 1000")
                        + ",'livenessProbe':{'exec':{'command':['test','-e','up']},'periodSeconds':1,'failureThreshold':1,'initialDelaySeconds':1}");

        ObjectNode pod =
                cluster.await(
                        PODS,
                        "default",
                        "dies",
                        each -> Json.number(container(each), 0, "restartCount") > 0);

        assertEquals("Error", Json.text(container(pod), "lastState", "terminated", "reason"));
        event("dies", "Unhealthy", "Liveness probe failed: ");
        event("dies", "Killing", "Container c failed liveness probe, will be restarted");
    }

    @Test
    void isReadyWhenItAnswers() throws Exception {
        Files.writeString(shared.resolve("page"), "hello");
        String server = Path.of(System.getProperty("java.home"), "bin", "jwebserver").toString();
        pod(
                "answers",
                "'terminationGracePeriodSeconds':1",
                "'name':'c','image':'i','command':['"
                        + server
                        + "','-p','$(PORT)','-d','"
                        + shared.toRealPath()
                        + "'],"
                        + "'ports':[{'name':'http','containerPort':8080}],"
                        + "'startupProbe':{'tcpSocket':{'port':8080},'periodSeconds':1,'failureThreshold':100},"
                        + "'readinessProbe':{'httpGet':{'path':'/page','port':'http'},'periodSeconds':1}");

        ObjectNode pod =
                cluster.await(
                        PODS,
                        "default",
                        "answers",
                        each -> condition(each, "Ready", "status").equals("True"));

        assertTrue(Json.bool(container(pod), "started"));
        String ports = Json.text(pod, "metadata", "annotations", "pilothouse.dev/ports");
        assertTrue(ports.matches("8080=\\d+"), ports);
        try (HttpClient client = HttpClient.newHttpClient()) {
            URI page = URI.create("http://127.0.0.1:" + ports.substring(5) + "/page");
            assertEquals(
                    "hello",
                    client.send(HttpRequest.newBuilder(page).build(), BodyHandlers.ofString())
                            .body());
        }
        Files.delete(shared.resolve("page"));
        cluster.await(
                PODS,
                "default",
                "answers",
                each -> condition(each, "Ready", "reason").equals("ContainersNotReady"));
        event(
                "answers",
                "Unhealthy",
                "Readiness probe failed: HTTP probe failed with statuscode: 404");
    }

    @Test
    void runsHooks() throws Exception {
        pod(
                "hooks",
                "'terminationGracePeriodSeconds':20,'volumes':[{'name':'v','hostPath':{'path':'"
                        + shared.toRealPath()
                        + "'}}]",
                "'name':'c','image':'i',"
                        + command("exec sleep 1000")
                        + ",'volumeMounts':[{'name':'v','mountPath':'v'}],'lifecycle':{'postStart':{'exec':{'command':['touch','v/started']}},"
                        + "'preStop':{'exec':{'command':['touch','v/stopping']}}}");
        cluster.await(
                PODS,
                "default",
                "hooks",
                each -> condition(each, "Ready", "status").equals("True"));
        while (!Files.exists(shared.resolve("started"))) {
            Thread.sleep(10);
        }

        delete("hooks", -1);

        cluster.awaitGone(PODS, "default", "hooks");
        assertTrue(Files.exists(shared.resolve("stopping")));
        event("hooks", "Killing", "Stopping container c");
    }

    @Test
    void endsContainerWhoseHookFails() {
        pod(
                "bad-hook",
                "'terminationGracePeriodSeconds':1",
                "'name':'c','image':'i',"
                        + command("exec sleep 1000")
                        + ",'lifecycle':{'postStart':{'exec':{'command':['false']}}}");

        ObjectNode pod =
                cluster.await(
                        PODS,
                        "default",
                        "bad-hook",
                        each ->
                                !Json.text(container(each), "state", "waiting", "message")
                                        .isEmpty());

        assertTrue(
                Json.text(container(pod), "state", "waiting", "reason")
                        .matches("PostStartHookError|CrashLoopBackOff"));
        event("bad-hook", "FailedPostStartHook", "PostStartHook failed");
    }

    @Test
    void endsSidecarsWhenTheWorkIsDone() {
        pod(
                "work",
                "'restartPolicy':'Never','initContainers':[{'name':'s','image':'i','restartPolicy':'Always',"
                        + command("exec sleep 1000")
                        + "},{'name':'i','image':'i',"
                        + command("echo made > $VOLUME_V/f")
                        + ",'volumeMounts':[{'name':'v','mountPath':'v'}]}],'volumes':[{'name':'v','emptyDir':{}}],'terminationGracePeriodSeconds':1",
                "'name':'c','image':'i',"
                        + command("grep made v/f")
                        + ",'volumeMounts':[{'name':'v','mountPath':'v'}]");

        ObjectNode pod =
                cluster.await(
                        PODS,
                        "default",
                        "work",
                        each -> Json.text(each, "status", "phase").equals("Succeeded"));

        assertEquals("True", condition(pod, "Initialized", "status"));
        assertEquals(
                0,
                Json.number(
                        Json.objects(pod, "status", "initContainerStatuses").getLast(),
                        -1,
                        "state",
                        "terminated",
                        "exitCode"));
    }

    @Test
    void killsContainerThatUsesTooMuchMemory() {
        pod(
                "hungry",
                "'restartPolicy':'Never'",
                "'name':'c','image':'i',"
                        + command("x=$(base64 -w0 /dev/zero | head -c 60000000); sleep 1000")
                        + ",'resources':{'limits':{'memory':'20Mi'}}");

        ObjectNode pod =
                cluster.await(
                        PODS,
                        "default",
                        "hungry",
                        each -> Json.text(each, "status", "phase").equals("Failed"));

        assertEquals("OOMKilled", Json.text(container(pod), "state", "terminated", "reason"));
        assertEquals(137, Json.number(container(pod), 0, "state", "terminated", "exitCode"));
    }

    @Test
    void failsAtItsDeadline() {
        pod(
                "late",
                "'activeDeadlineSeconds':2,'terminationGracePeriodSeconds':1",
                "'name':'c','image':'i'," + command("exec sleep 1000"));

        ObjectNode pod =
                cluster.await(
                        PODS,
                        "default",
                        "late",
                        each -> Json.text(each, "status", "phase").equals("Failed"));

        assertEquals("DeadlineExceeded", Json.text(pod, "status", "reason"));
    }

    @Test
    void refusesPodForWhichThereIsNoRoom() {
        pod(
                "big",
                "'restartPolicy':'Never'",
                "'name':'c','image':'i',"
                        + command("true")
                        + ",'resources':{'requests':{'cpu':'4000'}}");

        ObjectNode pod =
                cluster.await(
                        PODS,
                        "default",
                        "big",
                        each -> Json.text(each, "status", "phase").equals("Failed"));

        assertEquals("OutOfcpu", Json.text(pod, "status", "reason"));
    }

    @Test
    void givesTokensOfTheServiceAccount() {
        pod(
                "token",
                "'restartPolicy':'Never','serviceAccountName':'default','volumes':[{'name':'t','projected':{'sources':[{'serviceAccountToken':{'path':'token','expirationSeconds':3600}},{'configMap':{'name':'kube-root-ca.crt','items':[{'key':'ca.crt','path':'ca.crt'}]}}]}}]",
                "'name':'c','image':'i',"
                        + command(
                                "test -s $VOLUME_T/token && grep -q CERTIFICATE $CONTAINER_ROOT/var/run/t/ca.crt && test $KUBERNETES_SERVICE_HOST = 127.0.0.1")
                        + ",'volumeMounts':[{'name':'t','mountPath':'/var/run/t'}]");

        cluster.await(
                PODS,
                "default",
                "token",
                each -> Json.text(each, "status", "phase").equals("Succeeded"));
    }

    private static void event(String about, String reason, String message) {
        cluster.await(
                EVENTS,
                ListOptions.in("default").withFields("involvedObject.name=" + about),
                event ->
                        Json.text(event, "reason").equals(reason)
                                && Json.text(event, "message").startsWith(message));
    }

    private static void pod(String name, String spec, String container) {
        cluster.create(
                PODS,
                ("{'apiVersion':'v1','kind':'Pod','metadata':{'name':'%s','namespace':'default'},'spec':{'nodeName':'local',"
                                + "'runtimeClassName':'host-process',%s,'containers':[{%s}]}}")
                        .formatted(name, spec, container));
    }

    private static void delete(String name, long grace) {
        cluster.client()
                .resource(PODS)
                .delete(
                        "default",
                        name,
                        new DeleteOptions(DeleteOptions.Propagation.DEFAULT, grace, "", ""));
    }
}
