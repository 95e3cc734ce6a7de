package dev.pilothouse.ui.launch;

import static dev.pilothouse.ui.testing.Toolkit.fx;
import static dev.pilothouse.ui.testing.Waits.awaitTrue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pilothouse.server.NodeOptions;
import dev.pilothouse.server.kubelet.node.Pressure;
import dev.pilothouse.ui.cluster.Kind;
import dev.pilothouse.ui.cluster.ObjectRef;
import dev.pilothouse.ui.forward.engine.ForwardManager;
import dev.pilothouse.ui.forward.engine.ForwardManager.Entry;
import dev.pilothouse.ui.forward.engine.ForwardSpec;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import javafx.scene.Node;
import javafx.scene.control.ButtonBase;
import javafx.scene.control.Labeled;
import javafx.scene.control.TableView;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ports that lead into pods which come and go. */
class ForwardsTest {

    private static final String PODS = "/api/v1/namespaces/default/pods";
    private static final Kind SERVICE = new Kind("", "v1", "services", "Service", true);

    @TempDir static Path directory;

    /** Host processes end with the test. */
    private static final NodeOptions NODES =
            new NodeOptions(1, 0, null, true, Pressure.Thresholds.DEFAULT);

    private static WindowFixture app;
    private static HttpClient client;

    @BeforeAll
    static void openWindow() throws Exception {
        client = HttpClient.newHttpClient();
        app = new WindowFixture(Files.createDirectories(directory.resolve("cluster")), NODES);
        Path site = Files.createDirectories(directory.resolve("site"));
        Files.writeString(site.resolve("hello.txt"), "hello from the pod");
        app.api().create("/api/v1/namespaces/default/services", service());
        app.api().create("/apis/apps/v1/namespaces/default/deployments", deployment(site));
        awaitTrue(() -> app.kinds().contains("Service"));
        awaitTrue(() -> ready().equals("1"));
    }

    @AfterAll
    static void closeWindow() throws Exception {
        app.close();
        client.close();
    }

    @Test
    void forwardsAPortOfAServiceAndFetches() throws Exception {
        app.open("Service");
        awaitTrue(() -> app.names().contains("web"));
        fx(() -> {
            TableView<Object> table = app.find("#objects");
            table.getItems().stream()
                    .filter(row -> row.toString().equals("web"))
                    .findFirst()
                    .ifPresent(table.getSelectionModel()::select);
            table.requestFocus();
            return null;
        });
        app.type("f");
        awaitTrue(() -> app.isShown("#forward-open"));
        fx(() -> {
            app.<ButtonBase>find("#forward-open").fire();
            return null;
        });
        awaitTrue(() -> address().startsWith("localhost:"));
        int port = Integer.parseInt(address().substring("localhost:".length()));
        assertEquals("hello from the pod", fetch(port));
        awaitTrue(() -> row().contains("1 in all"));
        Pictures.take(app, "forwards");

        // The pod is replaced; the port stays.
        String before = pod();
        app.api().delete(PODS + "/" + before);
        awaitTrue(() -> !pod().equals(before) && ready().equals("1"));
        assertEquals("hello from the pod", fetch(port));
    }

    @Test
    void opensAgainAtTheNextStartAndSaysWhenAPortIsTaken() throws Exception {
        Path file = directory.resolve("forwards.json");
        var web = ObjectRef.of(SERVICE, "default", "web");
        int port;
        try (var manager = new ForwardManager(app.cluster(), file)) {
            Entry entry = manager.add(new ForwardSpec(web, "http", 0, true));
            port = entry.spec().local();
            assertEquals("hello from the pod", fetch(port));
        }
        try (var manager = new ForwardManager(app.cluster(), file)) {
            assertEquals(port, manager.entries().getFirst().spec().local());
            assertEquals("hello from the pod", fetch(port));
        }
        try (var taken = new ServerSocket(port, 1, InetAddress.getLoopbackAddress());
                var manager = new ForwardManager(app.cluster(), file)) {
            Entry entry = manager.entries().getFirst();
            assertNull(entry.forward());
            assertTrue(entry.failure().contains(taken.getLocalPort() + ""), entry.failure());
            assertTrue(entry.failure().contains("in use"), entry.failure());
        }
    }

    private static String address() throws Exception {
        return fx(() -> {
            Node label = app.scene().getRoot().lookup(".forward-address");
            return label == null ? "" : ((Labeled) label).getText();
        });
    }

    private static String row() throws Exception {
        return fx(() -> app.scene().getRoot().lookup(".forward-row").getAccessibleText());
    }

    private static String fetch(int port) throws IOException, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/hello.txt"))
                        .timeout(Duration.ofSeconds(60))
                        .build();
        return client.send(request, BodyHandlers.ofString()).body();
    }

    private static String pod() throws Exception {
        return app.api().get(PODS).path("items").path(0).path("metadata").path("name").asString("");
    }

    private static String ready() throws Exception {
        return app.api()
                .get("/apis/apps/v1/namespaces/default/deployments/web")
                .path("status")
                .path("readyReplicas")
                .asString("");
    }

    private static String service() {
        return """
        apiVersion: v1
        kind: Service
        metadata: {name: web}
        spec:
          selector: {app: web}
          ports: [{name: http, port: 80, targetPort: web}]
        """;
    }

    private static String deployment(Path site) {
        return """
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: web}
        spec:
          selector: {matchLabels: {app: web}}
          template:
            metadata: {labels: {app: web}}
            spec:
              runtimeClassName: host-process
              containers:
              - name: web
                image: none
                command: [sh, -c, 'exec %s/bin/java -m jdk.httpserver -b 127.0.0.1 -p $PORT -d %s']
                ports: [{name: web, containerPort: 8080}]
                readinessProbe:
                  tcpSocket: {port: web}
                  periodSeconds: 1
        """
                .formatted(System.getProperty("java.home"), site);
    }
}
