package dev.pilothouse.server.clients;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Visitors who ask a web site for its front page again and again, and note every failure. Each
 * keeps a connection for a few requests only, so that every pod behind the site has visitors.
 */
final class Visitors implements AutoCloseable {

    private static final Duration BETWEEN = Duration.ofMillis(40);
    private static final int REQUESTS_PER_CONNECTION = 10;

    private final URI page;
    private final List<Thread> threads = new ArrayList<>();
    private final List<String> failures = new CopyOnWriteArrayList<>();
    private final Map<String, AtomicInteger> answers = new ConcurrentHashMap<>();
    private volatile boolean stopped;

    Visitors(URI page, int count) {
        this.page = page;
        for (int i = 0; i < count; i++) {
            threads.add(Thread.ofVirtual().start(this::visit));
        }
    }

    /** What went wrong so far. */
    List<String> failures() {
        return List.copyOf(failures);
    }

    /** How often an answer had this text in it. */
    int answersWith(String text) {
        return answers.entrySet().stream()
                .filter(answer -> answer.getKey().contains(text))
                .mapToInt(answer -> answer.getValue().get())
                .sum();
    }

    private void visit() {
        while (!stopped) {
            try (HttpClient client = HttpClient.newHttpClient()) {
                for (int i = 0; i < REQUESTS_PER_CONNECTION && !stopped; i++) {
                    ask(client);
                    Thread.sleep(BETWEEN);
                }
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private void ask(HttpClient client) throws InterruptedException {
        try {
            HttpResponse<String> answer =
                    client.send(
                            HttpRequest.newBuilder(page).timeout(Duration.ofSeconds(30)).build(),
                            BodyHandlers.ofString());
            if (answer.statusCode() == 200) {
                answers.computeIfAbsent(answer.body(), _ -> new AtomicInteger()).incrementAndGet();
            } else {
                failures.add(answer.statusCode() + " " + answer.body());
            }
        } catch (IOException e) {
            failures.add(e.toString());
        }
    }

    @Override
    public void close() throws InterruptedException {
        stopped = true;
        for (Thread thread : threads) {
            thread.join();
        }
    }
}
