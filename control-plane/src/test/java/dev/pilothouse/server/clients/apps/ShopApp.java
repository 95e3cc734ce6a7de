package dev.pilothouse.server.clients.apps;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLConnection;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Executors;

/**
 * A small application of two tiers, as a developer would write it: the front end asks the stock for
 * every request. Both listen where {@code PORT} says, answer {@code /ready} and log each request.
 * The front end finds the stock by the variables of its Service.
 */
public final class ShopApp {

    private ShopApp() {}

    /**
     * Serves until it is told to end, then ends what is under way.
     *
     * @param args the role, {@code front} or {@code stock}
     */
    public static void main(String[] args) throws IOException {
        boolean front = args[0].equals("front");
        int port = Integer.parseInt(System.getenv("PORT"));
        HttpServer server =
                HttpServer.create(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 128);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/ready", exchange -> answer(exchange, "ready"));
        server.createContext(
                "/",
                exchange -> {
                    String text =
                            front
                                    ? greeting() + " v" + System.getenv("VERSION") + ", " + stock()
                                    : "stock of " + System.getenv("HOSTNAME");
                    System.out.println(exchange.getRequestURI() + " " + text);
                    answer(exchange, text);
                });
        Runtime.getRuntime()
                .addShutdownHook(
                        new Thread(() -> {
                            System.out.println("ending");
                            server.stop(1);
                        }));
        server.start();
        System.out.println(args[0] + " listens on " + port);
    }

    private static String greeting() throws IOException {
        return Files.readString(Path.of(System.getenv("VOLUME_CONFIG"), "greeting")).strip();
    }

    private static String stock() throws IOException {
        URI url =
                URI.create(
                        "http://%s:%s/"
                                .formatted(
                                        System.getenv("STOCK_SERVICE_HOST"),
                                        System.getenv("STOCK_SERVICE_PORT")));
        URLConnection connection = url.toURL().openConnection();
        connection.setConnectTimeout((int) Duration.ofSeconds(5).toMillis());
        try (BufferedReader answer =
                new BufferedReader(
                        new InputStreamReader(
                                connection.getInputStream(), StandardCharsets.UTF_8))) {
            return answer.readLine();
        }
    }

    private static void answer(HttpExchange exchange, String text) throws IOException {
        byte[] bytes = (text + "\n").getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(200, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }
}
