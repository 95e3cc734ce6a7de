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

/** Three releases of kubectl show metrics: {@code top-script.txt}. */
@Tag("clients")
class TopMatrixTest {

    private static final List<String> RELEASES = List.of("1.24", "1.32", "1.36");

    @TempDir static Path directory;

    private static List<ClientBinaries.Binary> binaries = List.of();
    private static ServerProcess server;
    private static ClientMatrix matrix;

    @BeforeAll
    static void start() throws IOException, InterruptedException {
        binaries = ClientBinaries.find("kubectl", RELEASES);
        server = ServerProcess.start(directory, "--simulated-nodes", "1", "--process-nodes", "0");
        matrix = new ClientMatrix(server, directory, "top-script.txt");
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
