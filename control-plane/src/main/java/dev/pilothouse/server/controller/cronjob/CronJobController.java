package dev.pilothouse.server.controller.cronjob;

import dev.pilothouse.model.client.ResourceClient;
import dev.pilothouse.model.informer.Delta;
import dev.pilothouse.model.informer.Informer;
import dev.pilothouse.model.json.Json;
import dev.pilothouse.model.meta.ApiException;
import dev.pilothouse.model.meta.StatusReason;
import dev.pilothouse.server.controller.Component;
import dev.pilothouse.server.controller.Controller;
import dev.pilothouse.server.controller.Result;
import dev.pilothouse.server.controller.WorkQueue;
import dev.pilothouse.server.controller.workload.ControllerContext;
import dev.pilothouse.server.controller.workload.Key;
import dev.pilothouse.server.controller.workload.Owner;
import dev.pilothouse.server.controller.workload.Workload;
import dev.pilothouse.server.controller.workload.WorkloadKind;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Makes a job at each time that a cron job's schedule says, and keeps some of the ended ones. */
public final class CronJobController implements Component {

    /** Its service account. */
    public static final String NAME = "cronjob-controller";

    private static final int WORKERS = 5;

    private final ControllerContext context;
    private final Informer<Workload> cronJobs;
    private final Informer<Workload> jobs;
    private final ResourceClient client;
    private final WorkQueue<Key> queue;
    private final Controller<Key> controller;

    /**
     * A controller that is not started.
     *
     * @param cronJobs all cron jobs
     * @param jobs all jobs, with {@link Workload#INDEXES}
     */
    public CronJobController(
            ControllerContext context, Informer<Workload> cronJobs, Informer<Workload> jobs) {
        this.context = context;
        this.cronJobs = cronJobs;
        this.jobs = jobs;
        this.client = context.client().resource(WorkloadKind.CRON_JOB.resource());
        this.queue = context.queue();
        this.controller = new Controller<>(NAME, WORKERS, queue, this::reconcile);
    }

    @Override
    public void start() {
        cronJobs.addHandler(delta -> queue.add(delta.object().key()));
        jobs.addHandler(this::jobChanged);
        var _ =
                CompletableFuture.allOf(cronJobs.synced(), jobs.synced())
                        .thenRun(controller::start);
    }

    @Override
    public void close() {
        controller.close();
    }

    private void jobChanged(Delta<Workload> delta) {
        Workload job = delta.object();
        Owner owner = job.controller();
        if (owner != null && owner.kind().equals(WorkloadKind.CRON_JOB.kind())) {
            queue.add(new Key(job.namespace(), owner.name()));
        }
    }

    private Result reconcile(Key key) {
        Workload workload = cronJobs.lister().get(key.namespace(), key.name());
        if (workload == null) {
            return Result.DONE;
        }
        ObjectNode tree = workload.tree();
        CronJobState cron = new CronJobState(tree);
        List<ObjectNode> owned =
                jobs.lister().byIndex(Workload.BY_CONTROLLER, workload.uid()).stream()
                        .map(Workload::tree)
                        .toList();
        ObjectNode before = Json.objectAt(tree, "status");
        ObjectNode old = before == null ? Json.object() : before.deepCopy();
        CronJobSync sync =
                new CronJobSync(
                        context, cron, WorkloadKind.CRON_JOB.reference(workload.meta()), owned);
        @Nullable Duration next = null;
        try {
            sync.lookAtJobs();
            next = workload.deleting() ? null : sync.makeDueJob();
        } finally {
            write(tree, old);
        }
        return next == null ? Result.DONE : new Result.RequeueAfter(next);
    }

    private void write(ObjectNode tree, ObjectNode old) {
        ObjectNode status = Json.child(tree, "status");
        if (status.equals(old)) {
            return;
        }
        try {
            client.update(tree, "status");
        } catch (ApiException e) {
            if (e.reason() != StatusReason.NOT_FOUND) {
                throw e;
            }
        }
    }
}
