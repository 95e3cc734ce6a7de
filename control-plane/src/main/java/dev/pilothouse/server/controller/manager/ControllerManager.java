package dev.pilothouse.server.controller.manager;

import dev.pilothouse.model.client.ApiClient;
import dev.pilothouse.model.client.Discovery;
import dev.pilothouse.model.informer.Backoff;
import dev.pilothouse.model.informer.InformerFactory;
import dev.pilothouse.server.controller.Component;
import dev.pilothouse.server.controller.Delays;
import dev.pilothouse.server.controller.client.ChainTransport;
import dev.pilothouse.server.controller.client.Identities;
import dev.pilothouse.server.controller.kinds.CustomKinds;
import dev.pilothouse.server.controller.kinds.ObjectWatch;
import dev.pilothouse.server.controller.kinds.ServedKinds;
import dev.pilothouse.server.pipeline.ApiHandler;
import dev.pilothouse.server.pipeline.InProcessTransport;
import dev.pilothouse.server.request.UserInfo;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs all controllers, and what else of the cluster runs in this process. They speak to the API
 * server through a request chain, each under its own name, and share one watch of each kind.
 * Thread-safe.
 */
public final class ControllerManager implements Component {

    private static final Logger LOG = LoggerFactory.getLogger(ControllerManager.class);
    static final String USER_AGENT = "kube-controller-manager";
    private static final String WATCHER = "shared-informers";

    private final ApiHandler chain;
    private final InstantSource clock;
    private final Parts parts;
    private final List<Function<Parts, Component>> others;
    private final List<Component> running = new ArrayList<>();
    private boolean closed;

    /**
     * A manager that is not started.
     *
     * @param chain a request chain that lets controllers do their work
     * @param authority the cluster's certificate authority as PEM
     * @param delays brings back what was put off
     * @param others what runs beside the controllers, in the order in which it is made and started
     */
    public ControllerManager(
            ApiHandler chain,
            String authority,
            Delays delays,
            InstantSource clock,
            List<Function<Parts, Component>> others) {
        this.chain = chain;
        this.clock = clock;
        this.others = List.copyOf(others);
        ApiClient watcher = client(Identities.controller(WATCHER), USER_AGENT);
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
            others.forEach(component -> running.add(component.apply(parts)));
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

    private ApiClient client(UserInfo user, String userAgent) {
        InProcessTransport transport = new InProcessTransport(chain, user, clock);
        return new ApiClient(new ChainTransport(transport, userAgent));
    }
}
