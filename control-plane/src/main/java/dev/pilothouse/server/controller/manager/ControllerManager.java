package dev.pilothouse.server.controller.manager;

import dev.pilothouse.model.client.ApiClient;
import dev.pilothouse.model.client.Discovery;
import dev.pilothouse.model.informer.Backoff;
import dev.pilothouse.model.informer.InformerFactory;
import dev.pilothouse.server.controller.Component;
import dev.pilothouse.server.controller.Delays;
import dev.pilothouse.server.controller.client.ChainTransport;
import dev.pilothouse.server.controller.client.ControllerIdentity;
import dev.pilothouse.server.controller.kinds.CustomKinds;
import dev.pilothouse.server.controller.kinds.ObjectWatch;
import dev.pilothouse.server.controller.kinds.ServedKinds;
import dev.pilothouse.server.pipeline.ApiHandler;
import dev.pilothouse.server.pipeline.InProcessTransport;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs all controllers. They speak to the API server through a request chain, each as its own
 * service account, and share one watch of each kind. Thread-safe.
 */
public final class ControllerManager implements Component {

    private static final Logger LOG = LoggerFactory.getLogger(ControllerManager.class);
    private static final String USER_AGENT = "kube-controller-manager";
    private static final String WATCHER = "shared-informers";

    private final ApiHandler chain;
    private final InstantSource clock;
    private final Parts parts;
    private final List<Component> running = new ArrayList<>();
    private boolean closed;

    /**
     * A manager that is not started.
     *
     * @param chain a request chain that lets controllers do their work
     * @param authority the cluster's certificate authority as PEM
     * @param delays brings back what was put off
     */
    public ControllerManager(
            ApiHandler chain, String authority, Delays delays, InstantSource clock) {
        this.chain = chain;
        this.clock = clock;
        ApiClient watcher = client(WATCHER);
        InformerFactory informers = new InformerFactory(watcher, Backoff.REFLECTOR);
        ServedKinds kinds = new ServedKinds(new Discovery(watcher));
        this.parts =
                new Parts(
                        this::client,
                        informers,
                        kinds,
                        new ObjectWatch(kinds, informers),
                        authority,
                        delays,
                        clock);
    }

    /** Starts all controllers in the background. */
    @Override
    public void start() {
        Thread.ofVirtual().name("controller-manager").start(this::run);
    }

    @Override
    public synchronized void close() {
        closed = true;
        running.reversed().forEach(Component::close);
        parts.informers().close();
    }

    private synchronized void run() {
        if (closed) {
            return;
        }
        try {
            parts.kinds().refresh();
            Controllers.ALL.forEach(controller -> running.add(controller.apply(parts)));
            parts.objects().start();
            parts.informers().start();
            running.add(customKinds());
            running.forEach(Component::start);
        } catch (RuntimeException e) {
            LOG.error("the controllers could not be started", e);
        }
    }

    private Component customKinds() {
        return new CustomKinds(
                parts.client(WATCHER),
                parts.kinds(),
                parts.metadata(CustomKinds.DEFINITIONS),
                parts.delays(),
                clock);
    }

    private ApiClient client(String controller) {
        InProcessTransport transport =
                new InProcessTransport(chain, ControllerIdentity.of(controller), clock);
        return new ApiClient(new ChainTransport(transport, USER_AGENT));
    }
}
