package dev.pilothouse.server.clients;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Six releases of kubectl run {@code kubectl-script.txt}. */
@Tag("clients")
class KubectlMatrixTest {

    private static final List<String> RELEASES =
            List.of("1.24", "1.28", "1.30", "1.32", "1.34", "1.36");

    @TempDir static Path directory;

    private static List<ClientBinaries.Binary> binaries = List.of();
    private static ServerProcess server;
    private static ClientMatrix matrix;

    @BeforeAll
    static void start() throws IOException, InterruptedException {
        binaries = ClientBinaries.find("kubectl", RELEASES);
        server = ServerProcess.startWithoutNodes(directory);
        matrix = new ClientMatrix(server, directory, "kubectl-script.txt");
    }

    @AfterAll
    static void stop() throws InterruptedException {
        if (server != null) {
            matrix.close();
            server.close();
        }
    }

    @TestFactory
    List<DynamicNode> commands() throws IOException {
        var nodes = new ArrayList<DynamicNode>();
        for (ClientBinaries.Binary binary : binaries) {
            nodes.add(matrix.tests(binary, List.of()));
        }
        return nodes;
    }
}
