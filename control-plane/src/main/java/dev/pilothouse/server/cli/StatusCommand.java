package dev.pilothouse.server.cli;

import dev.pilothouse.model.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.http.HttpResponse;
import java.nio.file.Path;

/** {@code status}: whether a server runs on a data directory, and whether it is ready. */
record StatusCommand(PrintStream out, PrintStream err) {

    int run(Path dataDirectory) throws IOException, InterruptedException {
        try (AdminClient client = AdminClient.connect(dataDirectory)) {
            if (client == null) {
                err.println("No server is running on " + dataDirectory + ".");
                return 1;
            }
            boolean ready = ok(client, "/readyz");
            out.println(
                    "Pilothouse runs at %s and is %s (Kubernetes %s, data: %s)"
                            .formatted(
                                    client.endpoint(),
                                    ready ? "ready" : "not ready",
                                    version(client),
                                    dataDirectory));
            return ready ? 0 : 1;
        }
    }

    private static boolean ok(AdminClient client, String path)
            throws IOException, InterruptedException {
        HttpResponse<InputStream> response = client.get(path);
        response.body().close();
        return response.statusCode() == 200;
    }

    private static String version(AdminClient client) throws IOException, InterruptedException {
        HttpResponse<InputStream> response = client.get("/version");
        try (InputStream body = response.body()) {
            byte[] bytes = body.readAllBytes();
            return response.statusCode() == 200
                    ? Json.text(Json.parse(bytes), "gitVersion")
                    : "unknown";
        }
    }
}
