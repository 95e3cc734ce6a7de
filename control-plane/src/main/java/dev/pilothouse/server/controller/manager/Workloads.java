package dev.pilothouse.server.controller.manager;

import dev.pilothouse.model.client.ApiClient;
import dev.pilothouse.model.informer.Informer;
import dev.pilothouse.server.controller.Component;
import dev.pilothouse.server.controller.cronjob.CronJobController;
import dev.pilothouse.server.controller.daemonset.DaemonSetController;
import dev.pilothouse.server.controller.daemonset.NodeView;
import dev.pilothouse.server.controller.deployment.DeploymentController;
import dev.pilothouse.server.controller.job.JobController;
import dev.pilothouse.server.controller.replicaset.ReplicaSetController;
import dev.pilothouse.server.controller.revision.History;
import dev.pilothouse.server.controller.statefulset.StatefulSetController;
import dev.pilothouse.server.controller.ttlafterfinished.TtlAfterFinishedController;
import dev.pilothouse.server.controller.workload.ControllerContext;
import dev.pilothouse.server.controller.workload.Pods;
import dev.pilothouse.server.controller.workload.Workload;
import dev.pilothouse.server.controller.workload.WorkloadKind;
import dev.pilothouse.server.record.EventBroadcaster;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The controllers of workloads, which share what they know of pods, replica sets and jobs: there
 * may be very many of them.
 */
final class Workloads implements Component {

    private final Parts parts;
    private final Pods pods;
    private final Informer<Workload> replicaSets;
    private final Informer<Workload> revisions;
    private final Informer<Workload> jobs;
    private final List<EventBroadcaster> events = new ArrayList<>();
    private final List<Component> controllers;

    Workloads(Parts parts) {
        this.parts = parts;
        this.pods = new Pods(parts.informers());
        this.replicaSets = informer(WorkloadKind.REPLICA_SET);
        this.revisions = parts.informers().views(History.RESOURCE, Workload::of, Workload.INDEXES);
        this.jobs = informer(WorkloadKind.JOB);
        this.controllers =
                List.of(
                        replicaSets(),
                        replicationControllers(),
                        deployments(),
                        statefulSets(),
                        daemonSets(),
                        jobs(),
                        cronJobs(),
                        finishedJobs());
    }

    @Override
    public void start() {
        controllers.forEach(Component::start);
    }

    @Override
    public void close() {
        controllers.reversed().forEach(Component::close);
        events.forEach(EventBroadcaster::close);
    }

    private Component replicaSets() {
        return new ReplicaSetController(
                context(ReplicaSetController.NAME), WorkloadKind.REPLICA_SET, replicaSets, pods);
    }

    private Component replicationControllers() {
        return new ReplicaSetController(
                context(ReplicaSetController.REPLICATION_NAME),
                WorkloadKind.REPLICATION_CONTROLLER,
                informer(WorkloadKind.REPLICATION_CONTROLLER),
                pods);
    }

    private Component deployments() {
        return new DeploymentController(
                context(DeploymentController.NAME),
                informer(WorkloadKind.DEPLOYMENT),
                replicaSets,
                pods);
    }

    private Component statefulSets() {
        return new StatefulSetController(
                context(StatefulSetController.NAME),
                informer(WorkloadKind.STATEFUL_SET),
                revisions,
                parts.metadata(StatefulSetController.CLAIMS),
                pods);
    }

    private Component daemonSets() {
        return new DaemonSetController(
                context(DaemonSetController.NAME),
                informer(WorkloadKind.DAEMON_SET),
                revisions,
                parts.informers().views(DaemonSetController.NODES, NodeView::of, Map.of()),
                pods);
    }

    private Component jobs() {
        return new JobController(context(JobController.NAME), jobs, pods);
    }

    private Component cronJobs() {
        return new CronJobController(
                context(CronJobController.NAME), informer(WorkloadKind.CRON_JOB), jobs);
    }

    private Component finishedJobs() {
        return new TtlAfterFinishedController(context(TtlAfterFinishedController.NAME), jobs);
    }

    private Informer<Workload> informer(WorkloadKind kind) {
        return parts.informers().views(kind.resource(), Workload::of, Workload.INDEXES);
    }

    private ControllerContext context(String name) {
        ApiClient client = parts.client(name);
        EventBroadcaster recorder = parts.events(client, name, "");
        events.add(recorder);
        return new ControllerContext(client, recorder, parts.delays(), parts.clock());
    }
}
