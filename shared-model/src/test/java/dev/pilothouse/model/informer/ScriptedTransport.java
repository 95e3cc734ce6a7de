package dev.pilothouse.model.informer;

import dev.pilothouse.model.client.Transport;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * An API server that answers as it is told, one answer for each request in the order of requests.
 */
final class ScriptedTransport implements Transport {

    private final BlockingQueue<Answer> answers = new LinkedBlockingQueue<>();
    private final BlockingQueue<Request> requests = new LinkedBlockingQueue<>();

    /** What is answered: a body, or a stream that the test goes on writing. */
    sealed interface Answer {

        record Body(int status, String json) implements Answer {}

        record Stream(Live lines) implements Answer {}

        record Broken() implements Answer {}
    }

    /** Answers the next request. */
    void answer(int status, String json) {
        answers.add(new Answer.Body(status, json));
    }

    /** Answers the next request with a stream. */
    Live answerStream() {
        Live live = new Live();
        answers.add(new Answer.Stream(live));
        return live;
    }

    /** Breaks the connection at the next request. */
    void breakConnection() {
        answers.add(new Answer.Broken());
    }

    /** The next request that came in. */
    Request request() throws InterruptedException {
        Request request = requests.poll(5, TimeUnit.SECONDS);
        if (request == null) {
            throw new AssertionError("no request came");
        }
        return request;
    }

    @Override
    public Response send(Request request) throws IOException {
        return switch (take(request)) {
            case Answer.Body(int status, String json) ->
                    new Response(status, Map.of(), json.getBytes(StandardCharsets.UTF_8));
            case Answer.Stream _ -> throw new AssertionError("a stream for " + request);
            case Answer.Broken() -> throw new IOException("connection reset");
        };
    }

    @Override
    public LineStream open(Request request) throws IOException {
        return switch (take(request)) {
            case Answer.Body(int status, String json) -> {
                Live live = new Live(status);
                live.line(json);
                live.end();
                yield live;
            }
            case Answer.Stream(Live lines) -> lines;
            case Answer.Broken() -> throw new IOException("connection reset");
        };
    }

    private Answer take(Request request) throws IOException {
        requests.add(request);
        try {
            Answer answer = answers.poll(10, TimeUnit.SECONDS);
            if (answer == null) {
                throw new IOException("the test has no answer to " + request);
            }
            return answer;
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    /** The first value of a query parameter, or the empty text. */
    static String query(Request request, String name) {
        return request.query().getOrDefault(name, List.of("")).getFirst();
    }

    /** A stream that goes on as the test writes it. */
    static final class Live implements LineStream {

        private static final String END = "end";
        private static final String BREAK = "break";

        private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
        private final int status;

        Live() {
            this(200);
        }

        Live(int status) {
            this.status = status;
        }

        void line(String line) {
            lines.add(line);
        }

        void event(String type, String object) {
            line("{\"type\":\"" + type + "\",\"object\":" + object + "}");
        }

        void end() {
            lines.add(END);
        }

        void breakOff() {
            lines.add(BREAK);
        }

        @Override
        public int status() {
            return status;
        }

        @Override
        public Map<String, String> headers() {
            return Map.of();
        }

        @Override
        public byte @Nullable [] next() throws IOException {
            String line;
            try {
                line = lines.take();
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
            if (line.equals(BREAK)) {
                throw new IOException("connection reset");
            }
            return line.equals(END) ? null : line.getBytes(StandardCharsets.UTF_8);
        }

        @Override
        public void close() {
            lines.add(END);
        }
    }
}
