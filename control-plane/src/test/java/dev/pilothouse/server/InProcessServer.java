package dev.pilothouse.server;

import dev.pilothouse.model.schema.Schema;
import dev.pilothouse.server.authn.Authenticator;
import dev.pilothouse.server.authn.StaticTokenAuthenticator;
import dev.pilothouse.server.node.NodeAgents;
import dev.pilothouse.server.pipeline.ApiHandler;
import dev.pilothouse.server.pki.ServiceAccountKeys;
import dev.pilothouse.server.registry.FieldIndex;
import dev.pilothouse.server.storage.DurableStorage;
import dev.pilothouse.server.storage.FieldExtractor;
import dev.pilothouse.server.storage.h2.H2Storage;
import dev.pilothouse.server.storage.h2.H2StorageOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Function;

/** The API server without a socket, over a real store, for tests that ask a lot of it. */
public final class InProcessServer implements AutoCloseable {

    private final DurableStorage storage;
    private final ScheduledExecutorService timers = Executors.newSingleThreadScheduledExecutor();
    private final ApiServer server;

    /** Starts a server on an empty or existing store in this directory. */
    public InProcessServer(Path directory) throws IOException {
        this(
                directory,
                extractor ->
                        H2Storage.open(
                                H2StorageOptions.of(
                                        directory.resolve("store"), ControlPlane.CLUSTER),
                                extractor));
    }

    /** Starts a server on a store that the test opens; the server closes it. */
    public InProcessServer(Path directory, Function<FieldExtractor, DurableStorage> opener)
            throws IOException {
        Schema schema = Schema.builtIn();
        FieldIndex index = new FieldIndex(schema);
        storage = opener.apply(index::extract);
        server =
                ApiServer.assemble(
                        schema,
                        storage,
                        _ -> Authenticator.Result.NONE,
                        new StaticTokenAuthenticator(Map.of()),
                        new ServiceAccountKeys(directory),
                        new NodeAgents(),
                        "127.0.0.1:6443",
                        Map.of(),
                        Duration.ZERO,
                        timers,
                        InstantSource.system());
        server.bootstrap().run("127.0.0.1", 6443);
    }

    /** The whole request chain. */
    public ApiHandler chain() {
        return server.chain();
    }

    /** The newest revision. */
    public long revision() {
        return storage.revision();
    }

    @Override
    public void close() {
        server.close();
        timers.shutdownNow();
        storage.close();
    }
}
