package dev.pilothouse.server.controller.job;

import dev.pilothouse.model.informer.Delta;
import dev.pilothouse.model.informer.Informer;
import dev.pilothouse.server.controller.Component;
import dev.pilothouse.server.controller.Controller;
import dev.pilothouse.server.controller.Result;
import dev.pilothouse.server.controller.WorkQueue;
import dev.pilothouse.server.controller.workload.Claims;
import dev.pilothouse.server.controller.workload.ControllerContext;
import dev.pilothouse.server.controller.workload.Expectations;
import dev.pilothouse.server.controller.workload.Key;
import dev.pilothouse.server.controller.workload.OwnedPods;
import dev.pilothouse.server.controller.workload.Owner;
import dev.pilothouse.server.controller.workload.PodView;
import dev.pilothouse.server.controller.workload.Pods;
import dev.pilothouse.server.controller.workload.Workload;
import dev.pilothouse.server.controller.workload.WorkloadKind;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import tools.jackson.databind.node.ObjectNode;

/** Runs jobs to their end, and lets go the pods of jobs that are not there any more. */
public final class JobController implements Component {

    /** Its service account. */
    public static final String NAME = "job-controller";

    private static final int WORKERS = 5;
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);

    private final ControllerContext context;
    private final Informer<Workload> jobs;
    private final Pods pods;
    private final Claims claims;
    private final Expectations expectations;
    private final Finalizers finalizers;
    private final Backoffs backoffs = new Backoffs();
    private final JobSync.Tools tools;
    private final WorkQueue<Key> queue;
    private final WorkQueue<Key> strays;
    private final Controller<Key> controller;
    private final Controller<Key> strayController;

    /**
     * A controller that is not started.
     *
     * @param jobs all jobs
     */
    public JobController(ControllerContext context, Informer<Workload> jobs, Pods pods) {
        this.context = context;
        this.jobs = jobs;
        this.pods = pods;
        this.claims = new Claims(context, WorkloadKind.JOB, Pods.RESOURCE);
        this.expectations = new Expectations(context.clock());
        this.finalizers = new Finalizers(context);
        this.tools =
                new JobSync.Tools(
                        context.client().resource(WorkloadKind.JOB.resource()),
                        new JobWorkers(context, expectations, backoffs),
                        finalizers,
                        backoffs,
                        context.events());
        this.queue = context.queue();
        this.strays = context.queue();
        this.controller = new Controller<>(NAME, WORKERS, queue, this::reconcile);
        this.strayController = new Controller<>(NAME + "-strays", 1, strays, this::release);
    }

    @Override
    public void start() {
        jobs.addHandler(this::jobChanged);
        pods.addHandler(
                new OwnedPods(WorkloadKind.JOB, jobs.lister(), expectations, this::podChanged));
        pods.addHandler(this::podSeen);
        var _ =
                CompletableFuture.allOf(jobs.synced(), pods.synced())
                        .thenRun(() -> {
                            controller.start();
                            strayController.start();
                        });
    }

    @Override
    public void close() {
        controller.close();
        strayController.close();
    }

    private void jobChanged(Delta<Workload> delta) {
        Workload job = delta.object();
        if (delta instanceof Delta.Deleted<Workload>) {
            expectations.forget(job.uid());
            backoffs.forget(job.uid());
            pods.ownedBy(job.uid()).forEach(pod -> strays.add(pod.key()));
        }
        queue.add(job.key());
    }

    private void podChanged(Workload job, PodView pod, boolean urgent) {
        JobState state = new JobState(job.tree());
        Duration pause = Duration.ofMillis(state.parallelism() / 50);
        if (urgent || pause.isZero()) {
            queue.add(job.key());
        } else {
            queue.addAfter(job.key(), pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE);
        }
    }

    /** A pod with the finalizer and without a job could never go. */
    private void podSeen(Delta<PodView> delta) {
        PodView pod = delta.object();
        if (delta instanceof Delta.Deleted<PodView> || !JobPods.tracked(pod)) {
            finalizers.seen(pod);
        } else if (isStray(pod)) {
            strays.add(pod.key());
        }
    }

    private boolean isStray(PodView pod) {
        Owner owner = pod.controller();
        if (owner == null) {
            return true;
        }
        Workload job = jobs.lister().get(pod.namespace(), owner.name());
        return job == null || !job.uid().equals(owner.uid());
    }

    private Result release(Key key) {
        PodView pod = pods.get(key.namespace(), key.name());
        if (pod != null && JobPods.tracked(pod) && isStray(pod)) {
            finalizers.take(List.of(pod));
        }
        return Result.DONE;
    }

    private Result reconcile(Key key) {
        Workload workload = jobs.lister().get(key.namespace(), key.name());
        if (workload == null || workload.selector() == null) {
            return Result.DONE;
        }
        ObjectNode tree = workload.tree();
        JobState job = new JobState(tree);
        if (!job.isManagedHere()) {
            return Result.DONE;
        }
        if (job.isFinished()) {
            backoffs.forget(job.uid());
            expectations.forget(job.uid());
            finalizers.take(
                    pods.ownedBy(job.uid()).stream()
                            .filter(pod -> JobPods.tracked(pod) && !finalizers.isTaken(pod))
                            .toList());
            return Result.DONE;
        }
        boolean upToDate = expectations.areMet(job.uid());
        List<PodView> owned =
                claims.claim(
                        workload,
                        pods.ownedBy(workload.uid()),
                        pods.orphans(workload.namespace(), workload.selector()),
                        pod -> true);
        return new JobSync(
                        tools,
                        tree,
                        WorkloadKind.JOB.reference(workload.meta()),
                        owned,
                        context.now())
                .run(upToDate);
    }
}
