package dev.pilothouse.server.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pilothouse.model.codec.ProtobufCodec;
import dev.pilothouse.model.json.Json;
import dev.pilothouse.model.schema.Schema;
import dev.pilothouse.server.InProcessServer;
import dev.pilothouse.server.fuzz.RandomRequests.Request;
import dev.pilothouse.server.pipeline.ApiHandler;
import dev.pilothouse.server.request.ApiRequest;
import dev.pilothouse.server.request.ApiResponse;
import dev.pilothouse.server.request.EventSource;
import dev.pilothouse.server.request.Parameters;
import dev.pilothouse.server.request.RequestIds;
import dev.pilothouse.server.request.UserInfo;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ObjectNode;

/**
 * Many random requests through the whole chain without a socket. The seed and the number of
 * requests are the system properties {@code fuzz.seed} and {@code fuzz.requests}.
 */
@Tag("fuzz")
class InProcessFuzzTest {

    private static final long SEED = Long.getLong("fuzz.seed", 20_260_501L);
    private static final int REQUESTS = Integer.getInteger("fuzz.requests", 20_000);
    private static final Duration LONGEST = Duration.ofSeconds(5);
    private static final int MOST_PROBLEMS = 25;

    /** What the store keeps of the recent events of its objects, which are deleted in the end. */
    private static final long RECENT_EVENTS_BYTES = 24L << 20;

    /** The other side of the caches' bounds, half a KB for each request. */
    private static final long OTHER_BYTES = 10L << 20;

    private final Schema schema = Schema.builtIn();
    private final ProtobufCodec protobuf = new ProtobufCodec(schema);
    private final Answers answers = new Answers(protobuf);
    private final List<Target> targets = Target.all(schema);
    private final List<String> problems = new ArrayList<>();
    private final Map<Integer, Integer> statuses = new TreeMap<>();

    @TempDir private Path directory;

    @Test
    void answersEveryRequestInGoodOrder() throws IOException {
        try (InProcessServer server = new InProcessServer(directory)) {
            makeDefaultAccount(server);
            Map<String, Map<String, String>> before = state(server);
            long start = server.revision();
            RandomRequests requests = new RandomRequests(SEED, targets, protobuf);
            Leaks early = Leaks.now();
            for (int i = 0; i < REQUESTS && problems.size() < MOST_PROBLEMS; i++) {
                check(server.chain(), requests.next());
                if (i == REQUESTS / 10) {
                    early = Leaks.now();
                }
            }
            assertEquals(List.of(), problems, () -> "seed " + SEED + " " + statuses);
            assertTrue(statuses.getOrDefault(201, 0) > REQUESTS / 50, statuses::toString);

            assertEquals("ok", text(ask(server.chain(), "GET", "/readyz?", new byte[0])));
            watchesShowWhatListsShow(server, before, start);
            readsAllForms(server.chain());
            deletesEverything(server, before);
            early.assertNoMore(RECENT_EVENTS_BYTES + OTHER_BYTES);
        }
    }

    private void check(ApiHandler chain, Request request) {
        long begin = System.nanoTime();
        try {
            ApiResponse answer = chain.handle(apiRequest(request));
            byte[] body = body(answer);
            statuses.merge(answer.status(), 1, Integer::sum);
            String type = answer instanceof ApiResponse.Body whole ? whole.contentType() : "";
            String problem = answers.problem(request, answer.status(), type, body);
            if (problem != null) {
                problems.add(problem + " " + shorten(body) + "\n  for " + request);
            }
        } catch (RuntimeException | IOException | StackOverflowError e) {
            problems.add(e + "\n  for " + request);
        }
        Duration taken = Duration.ofNanos(System.nanoTime() - begin);
        if (taken.compareTo(LONGEST) > 0) {
            problems.add("took " + taken + "\n  for " + request);
        }
    }

    /** Without controllers nobody else does, and pods could not be made. */
    private static void makeDefaultAccount(InProcessServer server) {
        ApiResponse answer =
                ask(
                        server.chain(),
                        "POST",
                        "/api/v1/namespaces/default/serviceaccounts",
                        "{\"metadata\":{\"name\":\"default\"}}".getBytes(StandardCharsets.UTF_8));
        assertEquals(201, answer.status());
    }

    /** What a watch from the beginning tells must add up to what is there. */
    private void watchesShowWhatListsShow(
            InProcessServer server, Map<String, Map<String, String>> before, long start)
            throws IOException {
        Map<String, Map<String, String>> now = state(server);
        for (Target target : stored()) {
            String path = target.collection("");
            Map<String, String> replayed = new HashMap<>(before.getOrDefault(path, Map.of()));
            ApiResponse answer =
                    ask(
                            server.chain(),
                            "GET",
                            path + "?watch=1&resourceVersion=" + start,
                            new byte[0]);
            String events = new String(body(answer), StandardCharsets.UTF_8);
            for (String line : events.lines().toList()) {
                ObjectNode event = Json.parseObject(line);
                String key = key(Json.objectAt(event, "object"));
                if (Json.text(event, "type").equals("DELETED")) {
                    replayed.remove(key);
                } else {
                    replayed.put(key, Json.text(event, "object", "metadata", "resourceVersion"));
                }
            }
            assertEquals(now.get(path), replayed, path);
        }
    }

    private void readsAllForms(ApiHandler chain) throws IOException {
        List<String> forms =
                List.of(
                        "application/json",
                        "application/yaml",
                        "application/vnd.kubernetes.protobuf",
                        "application/json;as=Table;v=v1;g=meta.k8s.io",
                        "application/json;as=PartialObjectMetadataList;v=v1;g=meta.k8s.io");
        for (Target target : stored()) {
            for (String form : forms) {
                Request request =
                        new Request(
                                "GET",
                                target.collection(""),
                                Map.of(),
                                Map.of("accept", List.of(form)),
                                new byte[0]);
                check(chain, request);
                ApiResponse answer = chain.handle(apiRequest(request));
                if (answer.status() != 200) {
                    problems.add(answer.status() + " for " + request);
                } else if (form.contains("protobuf")) {
                    protobuf.decode(body(answer));
                }
            }
        }
        assertEquals(List.of(), problems);
    }

    private void deletesEverything(InProcessServer server, Map<String, Map<String, String>> before)
            throws IOException {
        ApiHandler chain = server.chain();
        for (Target target : stored()) {
            for (ObjectNode object : objects(chain, target)) {
                String name = Json.text(object, "metadata", "name");
                String path =
                        target.collection(Json.text(object, "metadata", "namespace")) + "/" + name;
                if (before.get(target.collection("")).containsKey(key(object))) {
                    continue;
                }
                remove(chain, path, target.kind().resource().resource().equals("namespaces"));
            }
        }
        Map<String, Set<String>> kept = new TreeMap<>();
        state(server).forEach((path, names) -> kept.put(path, names.keySet()));
        Map<String, Set<String>> first = new TreeMap<>();
        before.forEach((path, names) -> first.put(path, names.keySet()));
        for (Set<String> names : first.values()) {
            // Objects of the start that the requests themselves deleted are no matter.
            names.retainAll(names);
        }
        kept.forEach((path, names) ->
                assertTrue(first.get(path).containsAll(names), () -> path + " " + names));
    }

    private void remove(ApiHandler chain, String path, boolean namespace) throws IOException {
        ApiResponse read = ask(chain, "GET", path, new byte[0]);
        assertEquals(200, read.status(), path);
        ask(chain, "DELETE", path + "?gracePeriodSeconds=0", new byte[0]);
        if (namespace) {
            byte[] finalized = Mutations.utf8("{\"metadata\":{},\"spec\":{\"finalizers\":[]}}");
            ask(chain, "PUT", path + "/finalize", finalized);
        }
        ApiResponse left = ask(chain, "GET", path, new byte[0]);
        if (left.status() == 200) {
            ask(chain, "PATCH", path, Mutations.utf8("{\"metadata\":{\"finalizers\":null}}"));
        }
        ApiResponse gone = ask(chain, "GET", path, new byte[0]);
        assertEquals(404, gone.status(), () -> path + " " + quietText(gone));
    }

    private List<Target> stored() {
        return targets.stream().filter(Target::isStored).toList();
    }

    /** Resource versions by object by path of the resource. */
    private Map<String, Map<String, String>> state(InProcessServer server) throws IOException {
        Map<String, Map<String, String>> state = new HashMap<>();
        for (Target target : stored()) {
            Map<String, String> versions = new HashMap<>();
            for (ObjectNode object : objects(server.chain(), target)) {
                versions.put(key(object), Json.text(object, "metadata", "resourceVersion"));
            }
            state.put(target.collection(""), versions);
        }
        return state;
    }

    private static List<ObjectNode> objects(ApiHandler chain, Target target) throws IOException {
        ApiResponse answer = ask(chain, "GET", target.collection(""), new byte[0]);
        assertEquals(200, answer.status(), () -> target.collection("") + quietText(answer));
        return Json.objects(Json.parseObject(body(answer)), "items");
    }

    private static String key(@org.jspecify.annotations.Nullable ObjectNode object) {
        return Json.text(object, "metadata", "namespace")
                + "/"
                + Json.text(object, "metadata", "name");
    }

    private static ApiResponse ask(ApiHandler chain, String method, String target, byte[] body) {
        String[] parts = target.split("\\?", 2);
        Map<String, List<String>> query = new HashMap<>();
        if (parts.length > 1 && !parts[1].isEmpty()) {
            for (String pair : parts[1].split("&")) {
                query.put(pair.split("=")[0], List.of(pair.split("=")[1]));
            }
        }
        String type = method.equals("PATCH") ? "application/merge-patch+json" : "application/json";
        return chain.handle(
                apiRequest(
                        new Request(
                                method,
                                parts[0],
                                query,
                                Map.of("content-type", List.of(type)),
                                body)));
    }

    private static ApiRequest apiRequest(Request request) {
        return new ApiRequest(
                RequestIds.next(),
                request.method(),
                request.path(),
                Parameters.query(request.query()),
                Parameters.headers(request.headers()),
                request.body(),
                "fuzz",
                List.of(),
                Instant.now(),
                ApiRequest.UNKNOWN_INFO,
                new UserInfo("fuzz", "", List.of(UserInfo.MASTERS), Map.of()));
    }

    /** The whole body; of a watch what is there now. */
    private static byte[] body(ApiResponse answer) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        switch (answer) {
            case ApiResponse.Body body -> {
                for (byte[] segment : body.segments()) {
                    out.write(segment);
                }
            }
            case ApiResponse.ByteStream stream -> stream.writer().writeTo(out);
            case ApiResponse.Upgrade upgrade -> upgrade.handler().abandon();
            case ApiResponse.EventStream stream -> {
                try (EventSource source = stream.source()) {
                    List<EventSource.Frame> frames;
                    do {
                        frames = source.poll(100);
                        for (EventSource.Frame frame : frames) {
                            out.write(frame.head());
                            out.write(frame.object());
                            out.write(frame.tail());
                        }
                    } while (!frames.isEmpty());
                }
            }
        }
        return out.toByteArray();
    }

    private static String text(ApiResponse answer) throws IOException {
        return new String(body(answer), StandardCharsets.UTF_8);
    }

    private static String quietText(ApiResponse answer) {
        try {
            return text(answer);
        } catch (IOException e) {
            return e.toString();
        }
    }

    private static String shorten(byte[] body) {
        return new String(body, 0, Math.min(body.length, 600), StandardCharsets.UTF_8);
    }
}
