package dev.pilothouse.server.crash;

import dev.pilothouse.server.crash.HttpsClient.Answer;
import dev.pilothouse.server.crash.TrackedObject.Sort;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/**
 * Creates, changes and deletes objects of its own as fast as the server lets it, and remembers what
 * was acknowledged.
 */
final class LoadWriter {

    private static final int OBJECTS = 20;

    private final HttpsClient client;
    private final Random random;
    private final List<TrackedObject> objects = new ArrayList<>();
    private final Set<String> uids = new HashSet<>();
    private final List<String> troubles = new ArrayList<>();
    private volatile int acknowledged;
    private int sent;
    private long newest;

    LoadWriter(int number, HttpsClient client) {
        this.client = client;
        this.random = new Random(number);
        for (int i = 0; i < OBJECTS; i++) {
            Sort sort = Sort.values()[i % 2];
            objects.add(new TrackedObject(sort, "load-" + number + "-" + i));
        }
    }

    List<TrackedObject> objects() {
        return objects;
    }

    /** How many writes were acknowledged in all. */
    int acknowledged() {
        return acknowledged;
    }

    /** The newest resourceVersion that the server gave to this writer. */
    long newest() {
        return newest;
    }

    /** Answers that no write should have had. */
    List<String> troubles() {
        return troubles;
    }

    /** Writes until the server is gone. */
    void writeTo(URI endpoint) {
        try {
            while (troubles.isEmpty()) {
                writeOne(endpoint);
            }
        } catch (IOException e) {
            // The server was killed; what was under way stays unanswered.
        }
    }

    private void writeOne(URI endpoint) throws IOException {
        TrackedObject object = objects.get(random.nextInt(OBJECTS));
        String collection = "/api/v1/namespaces/default/" + object.sort.resource;
        String content = ++sent + "-" + "x".repeat(random.nextInt(3000));
        if (!object.exists()) {
            object.sending(content);
            URI url = endpoint.resolve(collection);
            note(object, 201, send("POST", url, "application/json", manifest(object, content)));
            return;
        }
        URI url = endpoint.resolve(collection + "/" + object.name);
        if (random.nextInt(5) == 0) {
            object.sending("");
            noteDeleted(object, send("DELETE", url, "application/json", deletion(object)));
        } else if (object.sort == Sort.CONFIG_MAP && random.nextBoolean()) {
            object.sending(content);
            note(object, 200, send("PUT", url, "application/json", manifest(object, content)));
        } else {
            object.sending(content);
            String patch = "{\"metadata\":{\"annotations\":{\"content\":\"%s\"}}}";
            String type = "application/merge-patch+json";
            note(object, 200, send("PATCH", url, type, patch.formatted(content)));
        }
    }

    private Answer send(String method, URI url, String type, String body) throws IOException {
        return client.send(method, url, type, body.getBytes(StandardCharsets.UTF_8));
    }

    private static String manifest(TrackedObject object, String content) {
        String version =
                object.exists() ? ",\"resourceVersion\":\"" + object.revision() + "\"" : "";
        String rest =
                object.sort == Sort.POD
                        ? // A scheduler would write to it as well.
                        "\"spec\":{\"schedulerName\":\"nobody\",\"containers\":"
                                + "[{\"name\":\"c\",\"image\":\"example/c:1\"}]}"
                        : "\"data\":{\"copy\":\"" + content + "\"}";
        return "{\"metadata\":{\"name\":\"%s\",\"annotations\":{\"content\":\"%s\"}%s},%s}"
                .formatted(object.name, content, version, rest);
    }

    private static String deletion(TrackedObject object) {
        return "{\"gracePeriodSeconds\":0,\"preconditions\":{\"uid\":\"" + object.uid() + "\"}}";
    }

    private void note(TrackedObject object, int expected, Answer answer) {
        if (answer.status() != expected) {
            troubles.add(object.name + ": " + answer);
            return;
        }
        boolean created = !object.exists();
        ObjectNode body = answer.json();
        object.acknowledged(body);
        if (created && !uids.add(object.uid())) {
            troubles.add(object.name + " got a uid again");
        }
        if (object.revision() <= newest) {
            troubles.add(object.name + " got " + object.revision() + " after " + newest);
        }
        newest = object.revision();
        acknowledged = acknowledged + 1; // read by others, written by this thread alone
    }

    private void noteDeleted(TrackedObject object, Answer answer) {
        if (answer.status() != 200) {
            troubles.add(object.name + ": " + answer);
            return;
        }
        object.acknowledged(null);
        acknowledged = acknowledged + 1;
    }
}
