package dev.pilothouse.ui.action;

import dev.pilothouse.ui.action.Action.Answer;
import dev.pilothouse.ui.cluster.ApiCall;
import dev.pilothouse.ui.cluster.Cluster;
import dev.pilothouse.ui.fx.Background;
import java.time.InstantSource;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import tools.jackson.databind.node.ObjectNode;

/** Does actions in the background. Thread-safe. */
public final class ActionRunner {

    private final Cluster cluster;
    private final Executor back;
    private final InstantSource clock;

    /**
     * A runner for one cluster.
     *
     * @param back where results are handed over
     */
    public ActionRunner(Cluster cluster, Executor back, InstantSource clock) {
        this.cluster = cluster;
        this.back = back;
        this.clock = clock;
    }

    /** Reads the object as it is now. */
    public void read(Target target, Consumer<ObjectNode> found, Consumer<String> failed) {
        background(
                target,
                () -> {
                    ObjectNode live =
                            cluster.object(target.kind(), target.namespace(), target.name());
                    back.execute(() -> found.accept(live));
                },
                failed);
    }

    /**
     * Does an action.
     *
     * @param done is told when all requests have been answered with yes
     * @param failed is told why not, in a sentence; requests after the failed one are not sent
     */
    public void run(
            Action action,
            Target target,
            ObjectNode live,
            Answer answer,
            Runnable done,
            Consumer<String> failed) {
        background(
                target,
                () -> {
                    for (ApiCall call :
                            action.plan().calls(target, live, answer, clock.instant())) {
                        cluster.call(call);
                    }
                    back.execute(done);
                },
                failed);
    }

    private void background(Target target, Background.Work work, Consumer<String> failed) {
        var _ = Background.start("action on " + target.name(), back, work, failed);
    }
}
