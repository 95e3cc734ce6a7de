package dev.pilothouse.server.cli;

import dev.pilothouse.model.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code simulate nodes}: brings the number of simulated nodes to what is asked for, by making and
 * deleting Node objects of the running server.
 *
 * @param out where the outcome is told
 * @param err where failures go
 */
record SimulateCommand(PrintStream out, PrintStream err) {

    private static final Pattern NAME = Pattern.compile("sim-([1-9][0-9]{0,8})");
    private static final String LABEL = "pilothouse.dev/runtime";
    private static final String NODES = "/api/v1/nodes";
    private static final int AT_ONCE = 64;

    /**
     * Makes and deletes nodes.
     *
     * @param number how many nodes named {@code sim-1} and so on there shall be
     * @param capacity what new nodes have: cpu, memory, pods
     */
    int run(Path dataDirectory, int number, Map<String, String> capacity)
            throws IOException, InterruptedException {
        try (AdminClient client = AdminClient.connect(dataDirectory)) {
            if (client == null) {
                err.println("No server is running on " + dataDirectory + ".");
                return 1;
            }
            TreeSet<Integer> present = present(client);
            List<String[]> requests = new ArrayList<>();
            for (int i = 1; i <= number; i++) {
                if (!present.contains(i)) {
                    requests.add(
                            new String[] {"POST", NODES, Json.string(node("sim-" + i, capacity))});
                }
            }
            int made = requests.size();
            for (int gone : present.tailSet(number, false)) {
                requests.add(new String[] {"DELETE", NODES + "/sim-" + gone, ""});
            }
            send(client, requests);
            out.println(
                    "%d simulated nodes: %d made, %d deleted"
                            .formatted(number, made, requests.size() - made));
            return 0;
        }
    }

    private static TreeSet<Integer> present(AdminClient client)
            throws IOException, InterruptedException {
        HttpResponse<InputStream> response =
                client.get(NODES + "?labelSelector=" + LABEL + "%3Dsimulated");
        try (InputStream body = response.body()) {
            if (response.statusCode() != 200) {
                throw new IOException(
                        "The nodes cannot be listed: "
                                + AdminClient.reason(response.statusCode(), body));
            }
            TreeSet<Integer> numbers = new TreeSet<>();
            for (ObjectNode node : Json.objects(Json.parse(body.readAllBytes()), "items")) {
                Matcher name = NAME.matcher(Json.text(node, "metadata", "name"));
                if (name.matches()) {
                    numbers.add(Integer.parseInt(name.group(1)));
                }
            }
            return numbers;
        }
    }

    private static ObjectNode node(String name, Map<String, String> capacity) {
        ObjectNode node = Json.object();
        node.put("apiVersion", "v1").put("kind", "Node");
        node.putObject("metadata").put("name", name).putObject("labels").put(LABEL, "simulated");
        ObjectNode given = node.putObject("status").putObject("capacity");
        capacity.forEach(given::put);
        return node;
    }

    private static void send(AdminClient client, List<String[]> requests) throws IOException {
        for (int from = 0; from < requests.size(); from += AT_ONCE) {
            List<CompletableFuture<HttpResponse<String>>> answers =
                    requests.subList(from, Math.min(requests.size(), from + AT_ONCE)).stream()
                            .map(request -> client.sendAsync(request[0], request[1], request[2]))
                            .toList();
            for (CompletableFuture<HttpResponse<String>> answer : answers) {
                check(answer);
            }
        }
    }

    private static void check(CompletableFuture<HttpResponse<String>> answer) throws IOException {
        HttpResponse<String> response;
        try {
            response = answer.join();
        } catch (CompletionException e) {
            throw new IOException("The server does not answer: " + e.getCause(), e);
        }
        // Made or deleted by somebody else meanwhile is as good.
        boolean settled = response.statusCode() == 409 || response.statusCode() == 404;
        if (response.statusCode() >= 300 && !settled) {
            String message = Json.text(Json.parse(response.body()), "message");
            throw new IOException("The server refused a node: " + message);
        }
    }
}
