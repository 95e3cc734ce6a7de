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

/** Three releases of Helm run {@code helm-script.txt}, which looks at the results with kubectl. */
@Tag("clients")
class HelmMatrixTest {

    private static final List<String> RELEASES = List.of("3.9", "3.17", "4.2");

    @TempDir static Path directory;

    private static List<ClientBinaries.Binary> binaries = List.of();
    private static List<ClientBinaries.Binary> kubectl = List.of();
    private static ServerProcess server;
    private static ClientMatrix matrix;

    @BeforeAll
    static void start() throws IOException, InterruptedException {
        binaries = ClientBinaries.find("helm", RELEASES);
        kubectl = ClientBinaries.find("kubectl", List.of("1.32"));
        server = ServerProcess.startWithoutNodes(directory);
        matrix = new ClientMatrix(server, directory, "helm-script.txt");
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
            nodes.add(matrix.tests(binary, kubectl));
        }
        return nodes;
    }
}
