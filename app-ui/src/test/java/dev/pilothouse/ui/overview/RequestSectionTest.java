package dev.pilothouse.ui.overview;

import static dev.pilothouse.ui.testing.Toolkit.fx;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import dev.pilothouse.ui.cluster.HttpCluster;
import dev.pilothouse.ui.cluster.Kind;
import dev.pilothouse.ui.cluster.RefusedException;
import dev.pilothouse.ui.fx.FxHop;
import dev.pilothouse.ui.testing.Toolkit;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.Label;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Requests as they are sent, against a server that finds them too many. */
class RequestSectionTest {

    private static final Kind POD = new Kind("", "v1", "pods", "Pod", true);

    private final AtomicInteger code = new AtomicInteger(200);
    private final AtomicReference<String> opened = new AtomicReference<>("");
    private HttpServer server;
    private HttpCluster cluster;
    private RequestSection section;

    @BeforeEach
    void start() throws Exception {
        Toolkit.start();
        server = HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 0);
        server.createContext(
                "/",
                exchange -> {
                    byte[] body = "{}".getBytes(StandardCharsets.UTF_8);
                    exchange.sendResponseHeaders(code.get(), body.length);
                    exchange.getResponseBody().write(body);
                    exchange.close();
                });
        server.start();
        URI endpoint = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
        cluster = new HttpCluster(endpoint, SSLContext.getDefault());
        section =
                fx(() ->
                        new RequestSection(
                                cluster.requests(), new FxHop(), () -> opened.set("requests")));
    }

    @AfterEach
    void stop() throws Exception {
        fx(() -> {
            section.leave();
            return null;
        });
        cluster.close();
        server.stop(0);
    }

    @Test
    void showsRequestsAndRefusalsAsTheyComeWhileItIsFollowed() throws Exception {
        follow();
        assertTrue(text().startsWith("No requests in the last 30 minutes"), text());

        ask();
        until("1 request in the last 30 minutes");
        until("none refused as too many");

        code.set(429);
        assertThrows(RefusedException.class, this::ask);
        until("2 requests in the last 30 minutes");
        until("1 refused as too many (429)");

        fx(() -> {
            section.leave();
            return null;
        });
        code.set(200);
        ask();
        assertTrue(text().startsWith("2 requests"), text());

        follow();
        assertTrue(text().startsWith("3 requests"), text());
        fx(() -> {
            ((Hyperlink) section.view().lookup("#overview-all-requests")).fire();
            return null;
        });
        assertEquals("requests", opened.get());
    }

    private void follow() throws Exception {
        fx(() -> {
            section.follow();
            return null;
        });
    }

    private void ask() throws Exception {
        cluster.object(POD, "default", "web");
    }

    private void until(String words) {
        await().atMost(Duration.ofSeconds(30)).until(() -> text().contains(words));
    }

    private String text() throws Exception {
        return fx(() -> ((Label) section.view().lookup("#overview-requests")).getText());
    }
}
