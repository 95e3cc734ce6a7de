package dev.pilothouse.server.clients;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/**
 * The releases of kubectl and Helm that {@code tools/fetch-clients} has fetched, in {@code
 * $PILOTHOUSE_CLIENTS} or {@code ~/.cache/pilothouse/clients}.
 */
final class ClientBinaries {

    private ClientBinaries() {}

    /** A binary such as {@code kubectl-1.24}. */
    record Binary(String tool, Release release, Path path) {
        @Override
        public String toString() {
            return tool + " " + release;
        }
    }

    /**
     * Finds binaries of a tool. When one is missing the test is skipped, or fails when {@code
     * PILOTHOUSE_REQUIRE_CLIENTS} is 1.
     */
    static List<Binary> find(String tool, List<String> releases) {
        List<Binary> binaries =
                releases.stream()
                        .map(release ->
                                new Binary(
                                        tool,
                                        Release.parse(release),
                                        directory().resolve(tool + "-" + release)))
                        .toList();
        List<Binary> missing =
                binaries.stream().filter(binary -> !Files.isExecutable(binary.path())).toList();
        if (!missing.isEmpty()) {
            String reason =
                    "%s not found in %s; tools/fetch-clients fetches them"
                            .formatted(missing, directory());
            if ("1".equals(System.getenv("PILOTHOUSE_REQUIRE_CLIENTS"))) {
                Assertions.fail(reason);
            }
            Assumptions.abort(reason);
        }
        return binaries;
    }

    private static Path directory() {
        String named = System.getenv("PILOTHOUSE_CLIENTS");
        return named == null || named.isEmpty()
                ? Path.of(System.getProperty("user.home"), ".cache", "pilothouse", "clients")
                : Path.of(named);
    }
}
