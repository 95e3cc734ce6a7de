package dev.pilothouse.ui.shell;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.pilothouse.ui.cluster.ClusterClient;
import dev.pilothouse.ui.cluster.Kind;
import dev.pilothouse.ui.cluster.Row;
import dev.pilothouse.ui.fx.FxHop;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Predicate;
import javafx.application.Platform;
import javafx.scene.Scene;
import javafx.scene.control.Label;
import javafx.scene.control.ListView;
import javafx.scene.control.TableView;
import javafx.scene.control.TextField;
import javafx.stage.Stage;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The window on JavaFX's headless platform, before a server that speaks by script. */
class MainWindowTest {

    private static final String KINDS =
            """
            {"items":[{"metadata":{},"versions":[{"version":"v1","resources":[
              {"resource":"configmaps","responseKind":{"kind":"ConfigMap"},"scope":"Namespaced",
               "verbs":["list","watch"]},
              {"resource":"bindings","responseKind":{"kind":"Binding"},"scope":"Namespaced",
               "verbs":["create"]},
              {"resource":"namespaces","responseKind":{"kind":"Namespace"},"scope":"Cluster",
               "verbs":["list","watch"]}]}]}]}
            """;

    private final BlockingQueue<String> events = new LinkedBlockingQueue<>();
    private volatile String rows = row("1", "", "default") + "," + row("2", "", "kube-system");
    private HttpServer server;
    private ClusterClient client;
    private MainWindow window;
    private Stage stage;

    @BeforeAll
    static void startToolkit() throws InterruptedException {
        var started = new CountDownLatch(1);
        Platform.startup(started::countDown);
        started.await();
        Platform.setImplicitExit(false);
    }

    @AfterAll
    static void stopToolkit() {
        Platform.exit();
    }

    @BeforeEach
    void openWindow() throws Exception {
        server = HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/apis", exchange -> answer(exchange, "{\"items\":[]}"));
        server.createContext("/api", exchange -> answer(exchange, KINDS));
        server.createContext("/api/v1/", this::table);
        server.start();
        client =
                new ClusterClient(
                        URI.create("http://127.0.0.1:" + server.getAddress().getPort()),
                        SSLContext.getDefault());
        fx(() -> {
            window = new MainWindow(client, new FxHop());
            stage = new Stage();
            stage.setScene(new Scene(window.root(), 900, 600));
            stage.show();
            return null;
        });
    }

    @AfterEach
    void closeWindow() throws Exception {
        fx(() -> {
            window.close();
            stage.close();
            return null;
        });
        client.close();
        server.stop(0);
    }

    @Test
    void showsObjectsOfTheFirstKindAndFollowsThem() throws Exception {
        awaitNames(List.of("default", "kube-system"));

        send("ADDED", row("3", "", "blue"));
        awaitNames(List.of("default", "kube-system", "blue"));

        send("DELETED", row("2", "", "kube-system"));
        awaitNames(List.of("default", "blue"));
    }

    @Test
    void listsAgainWhenTheWatchHasExpired() throws Exception {
        awaitNames(List.of("default", "kube-system"));

        rows = row("9", "", "fresh");
        events.add("{\"type\":\"ERROR\",\"object\":{\"kind\":\"Status\",\"code\":410}}\n");

        awaitNames(List.of("fresh"));
    }

    @Test
    void offersOnlyKindsThatCanBeWatched() throws Exception {
        awaitNames(List.of("default", "kube-system"));

        assertEquals("[ConfigMap, Namespace]", kinds());
        assertEquals("Connected", fx(() -> this.<Label>find("#status").getText()));
    }

    @Test
    void filtersByNamespace() throws Exception {
        awaitNames(List.of("default", "kube-system"));
        rows = row("1", "dev", "a") + "," + row("2", "prod", "b");
        fx(() -> {
            this.<ListView<?>>find("#kinds").getSelectionModel().select(0);
            return null;
        });
        awaitNames(List.of("a", "b"));

        fx(() -> {
            this.<TextField>find("#namespace").setText("pro");
            return null;
        });

        awaitNames(List.of("b"));
    }

    @Test
    void saysThatTheConnectionIsGone() throws Exception {
        awaitNames(List.of("default", "kube-system"));

        server.stop(0);

        awaitStatus(text -> text.startsWith("Not connected: "));
    }

    private String kinds() throws Exception {
        return fx(() ->
                this.<ListView<Kind>>find("#kinds").getItems().stream()
                        .map(kind -> kind.kind())
                        .toList()
                        .toString());
    }

    private void awaitNames(List<String> names) {
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertEquals(names, fx(this::names)));
    }

    private List<String> names() {
        return this.<TableView<Row>>find("#objects").getItems().stream().map(Row::name).toList();
    }

    private void awaitStatus(Predicate<String> expected) {
        await().atMost(Duration.ofSeconds(20))
                .until(() -> fx(() -> this.<Label>find("#status").getText()), expected);
    }

    @SuppressWarnings("unchecked")
    private <T> T find(String id) {
        return (T) window.root().lookup(id);
    }

    private static <T> T fx(Callable<T> work) throws Exception {
        var task = new FutureTask<>(work);
        new FxHop().execute(task);
        return task.get();
    }

    private void send(String type, String row) {
        events.add("{\"type\":\"" + type + "\",\"object\":" + table(row) + "}\n");
    }

    private void table(HttpExchange exchange) throws IOException {
        if (!String.valueOf(exchange.getRequestURI().getQuery()).contains("watch=1")) {
            answer(exchange, table(rows));
            return;
        }
        exchange.sendResponseHeaders(200, 0);
        try (var body = exchange.getResponseBody()) {
            while (true) {
                body.write(events.take().getBytes(StandardCharsets.UTF_8));
                body.flush();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void answer(HttpExchange exchange, String json) throws IOException {
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(200, bytes.length);
        try (var body = exchange.getResponseBody()) {
            body.write(bytes);
        }
    }

    private static String table(String rows) {
        return """
        {"kind":"Table","metadata":{"resourceVersion":"5"},
         "columnDefinitions":[{"name":"Name","type":"string"},{"name":"Age","type":"string"}],
         "rows":[%s]}\
        """
                .formatted(rows)
                .replace("\n", "");
    }

    private static String row(String uid, String namespace, String name) {
        return """
        {"cells":["%s",null],"object":{"metadata":{"uid":"%s","namespace":"%s","name":"%s",
         "resourceVersion":"5"}}}\
        """
                .formatted(name, uid, namespace, name)
                .replace("\n", "");
    }
}
