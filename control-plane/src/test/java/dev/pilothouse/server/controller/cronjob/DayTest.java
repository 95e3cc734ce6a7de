package dev.pilothouse.server.controller.cronjob;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pilothouse.model.client.ListOptions;
import dev.pilothouse.model.informer.Backoff;
import dev.pilothouse.model.informer.CachedObject;
import dev.pilothouse.model.informer.Delta;
import dev.pilothouse.model.informer.Informer;
import dev.pilothouse.model.json.Json;
import dev.pilothouse.model.meta.GroupVersionResource;
import dev.pilothouse.server.ControlPlaneTime;
import dev.pilothouse.server.NodeOptions;
import dev.pilothouse.server.testing.Cluster;
import dev.pilothouse.server.testing.VirtualClock;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ObjectNode;

/**
 * A whole day of a whole cluster on a virtual clock, in steps of twenty seconds: cron jobs and the
 * jobs that they make, times to live of jobs and of events, leases that nodes renew, and a node
 * that stops doing so and comes back.
 */
@Timeout(600)
class DayTest {

    private static final String NAMESPACE = "day";
    private static final String LOST = "sim-2";
    private static final int STEP_SECONDS = 20;
    private static final int STEPS = 24 * 3600 / STEP_SECONDS;

    /** For what has begun at the end of the day. */
    private static final int LAST_STEPS = 4 * 60 / STEP_SECONDS;

    private static final int STEPS_OF_HOUR = 3600 / STEP_SECONDS;

    /** A lease is renewed after ten seconds, a tenth more or less. */
    private static final Duration RENEWAL = Duration.ofSeconds(11);

    /** Each step renews a lease, unless that was put off by more than what is left of it. */
    private static final Duration MOST_AGE = Duration.ofSeconds(STEP_SECONDS - 1);

    private static final Duration GRACE = Duration.ofSeconds(50);
    private static final Duration TOLERATION = Duration.ofSeconds(300);

    /** Controllers are told of the time by steps, and take a moment besides. */
    private static final Duration SLACK = Duration.ofSeconds(2 * STEP_SECONDS);

    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final long SHORTEST_PAUSE = 50;
    private static final long LONGEST_PAUSE = 2_000;

    @TempDir Path directory;

    private final Map<String, Integer> made = new HashMap<>();
    private final Map<String, Integer> expected = new TreeMap<>();
    private final Object changes = new Object();
    private String silent = "";
    private Instant lastHeard = Instant.EPOCH;
    private VirtualClock clock;
    private Cluster cluster;

    /** When each cron job is due, as the test sees it: by the clock on the wall in UTC. */
    private static final Map<String, Predicate<ZonedDateTime>> DUE = new LinkedHashMap<>();

    static {
        DUE.put("quarter", time -> time.getMinute() % 15 == 0);
        DUE.put("stepping", time -> time.getMinute() == 0 && time.getHour() % 6 == 0);
        // A quarter past in Kathmandu, which is five hours and three quarters ahead.
        DUE.put("kathmandu", time -> time.getMinute() == 30 && time.getHour() == 3);
        DUE.put("failing", time -> time.getMinute() == 30 && time.getHour() % 2 == 0);
        DUE.put("passing", time -> time.getMinute() == 10);
    }

    @Test
    void passesInUnderAMinute() throws Exception {
        // The certificates are checked by the real time, so that the day must begin about now.
        Instant start = Instant.now().truncatedTo(ChronoUnit.HOURS);
        clock = new VirtualClock(start);
        Duration begun = cpuTime();
        cluster =
                Cluster.start(directory, new ControlPlaneTime(clock, clock), new NodeOptions(0, 2));
        try (Informer<CachedObject> jobs = informer(Cluster.JOBS);
                Informer<CachedObject> leases = informer(Cluster.LEASES)) {
            jobs.addHandler(this::count);
            leases.addHandler(_ -> tell());
            leases.start();
            jobs.start();
            cluster.awaitAll(Cluster.NODES, "", nodes -> nodes.size() == 2);
            cluster.namespace(NAMESPACE);
            cronJobs();
            victim();
            for (int step = 1; step <= STEPS + LAST_STEPS; step++) {
                Instant time = start.plusSeconds((long) step * STEP_SECONDS);
                advanceTo(time);
                // The clock stands still until this has happened.
                await(() -> areRenewed(leases), () -> "leases: " + ages(leases));
                expectJobs(time, jobs);
                nodeIsLost(step, leases);
            }
            check();
        } finally {
            cluster.close();
        }
        Duration took = cpuTime().minus(begun);
        System.out.printf("a day: %s of processor time%n", took);
        assertTrue(took.compareTo(Duration.ofMinutes(1)) < 0, "a day took " + took);
    }

    /** Other than time on the wall, this does not depend on what else the machine does. */
    private static Duration cpuTime() {
        return ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO);
    }

    private Informer<CachedObject> informer(GroupVersionResource resource) {
        return new Informer<>(
                cluster.of(resource),
                ListOptions.ALL,
                CachedObject::of,
                Map.of(),
                Backoff.REFLECTOR);
    }

    private void advanceTo(Instant time) {
        Duration left = Duration.between(clock.instant(), time);
        if (left.isPositive()) {
            clock.advance(left);
        }
    }

    // ---- leases, and a node that is lost ------------------------------------------------------

    private boolean areRenewed(Informer<CachedObject> leases) {
        Map<String, Duration> ages = ages(leases);
        ages.remove(silent);
        return ages.values().stream().allMatch(age -> age.compareTo(MOST_AGE) <= 0);
    }

    /** How long ago each lease was renewed. */
    private Map<String, Duration> ages(Informer<CachedObject> leases) {
        Map<String, Duration> ages = new TreeMap<>();
        for (CachedObject kept : leases.lister().all()) {
            ages.put(
                    Json.text(kept.tree(), "metadata", "name"),
                    Duration.between(renewed(kept.tree()), clock.instant()));
        }
        return ages;
    }

    private static Instant renewed(ObjectNode lease) {
        return Instant.parse(Json.text(lease, "spec", "renewTime"));
    }

    /** A pod that nobody makes anew, on the node that is going to be lost. */
    private void victim() {
        cluster.create(
                Cluster.PODS,
                """
                {apiVersion: v1, kind: Pod, metadata: {name: victim, namespace: day},
                 spec: {nodeName: sim-2, containers: [{name: main, image: any}]}}
                """);
        cluster.await(
                Cluster.PODS,
                NAMESPACE,
                "victim",
                pod -> Json.text(pod, "status", "phase").equals("Running"));
    }

    /** From six o'clock on nothing is heard of a node, until seven. */
    private void nodeIsLost(int step, Informer<CachedObject> leases) {
        if (step == 6 * STEPS_OF_HOUR) {
            silent = LOST;
            cut("\"true\"");
            lastHeard = renewed(lease(leases));
        } else if (step == 6 * STEPS_OF_HOUR + STEPS_OF_HOUR / 6) {
            wasEvicted(leases);
        } else if (step == 7 * STEPS_OF_HOUR) {
            silent = "";
            cut("null");
        } else if (step == 7 * STEPS_OF_HOUR + STEPS_OF_HOUR / 6) {
            ObjectNode node = cluster.get(Cluster.NODES, "", LOST);
            assertEquals("True", Json.text(condition(node, "Ready"), "status"));
            assertTrue(Json.objects(node, "spec", "taints").isEmpty(), node::toString);
            cluster.awaitGone(Cluster.PODS, NAMESPACE, "victim");
        }
    }

    private static ObjectNode lease(Informer<CachedObject> leases) {
        return leases.lister().all().stream()
                .map(CachedObject::tree)
                .filter(lease -> Json.text(lease, "metadata", "name").equals(LOST))
                .findFirst()
                .orElseThrow();
    }

    private void cut(String partition) {
        cluster.patch(
                Cluster.NODES,
                "",
                LOST,
                "{metadata: {annotations: {simulated.pilothouse.dev/partition: "
                        + partition
                        + "}}}");
    }

    /** Ten minutes later: unknown after the grace period, evicted when tolerated no longer. */
    private void wasEvicted(Informer<CachedObject> leases) {
        // One renewal may have been under way.
        Instant last = renewed(lease(leases));
        assertFalse(
                last.isAfter(lastHeard.plus(RENEWAL).plusSeconds(STEP_SECONDS)),
                "the lease was renewed until " + last);
        ObjectNode node = cluster.get(Cluster.NODES, "", LOST);
        ObjectNode ready = condition(node, "Ready");
        assertEquals("Unknown", Json.text(ready, "status"));
        assertEquals("NodeStatusUnknown", Json.text(ready, "reason"));
        about(last.plus(GRACE), Json.text(ready, "lastTransitionTime"), "Unknown");
        String tainted =
                Json.objects(node, "spec", "taints").stream()
                        .filter(taint -> Json.text(taint, "effect").equals("NoExecute"))
                        .map(taint -> Json.text(taint, "timeAdded"))
                        .findFirst()
                        .orElseThrow();
        about(last.plus(GRACE), tainted, "tainted");
        ObjectNode victim = cluster.get(Cluster.PODS, NAMESPACE, "victim");
        assertEquals("False", Json.text(condition(victim, "Ready"), "status"));
        // The time of deletion is the end of the grace period of 30 seconds.
        about(
                Instant.parse(tainted).plus(TOLERATION).plusSeconds(30),
                Json.text(victim, "metadata", "deletionTimestamp"),
                "evicted");
        assertEquals(
                "DeletionByTaintManager",
                Json.text(condition(victim, "DisruptionTarget"), "reason"));
    }

    private static void about(Instant wanted, String time, String what) {
        assertFalse(time.isEmpty(), what);
        Duration late = Duration.between(wanted, Instant.parse(time));
        assertTrue(
                late.compareTo(Duration.ofSeconds(-1)) >= 0 && late.compareTo(SLACK) <= 0,
                what + " at " + time + " instead of " + wanted);
    }

    private static ObjectNode condition(ObjectNode object, String type) {
        return Json.objects(object, "status", "conditions").stream()
                .filter(condition -> Json.text(condition, "type").equals(type))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + type + " in " + object));
    }

    // ---- cron jobs ----------------------------------------------------------------------------

    private void cronJobs() {
        cron("quarter", "schedule: '*/15 * * * *'", "", "");
        cron(
                "stepping",
                "schedule: '0 */6 * * *', concurrencyPolicy: Replace",
                "",
                "run-time: 99h");
        cron("forbidden", "schedule: '0 * * * *', concurrencyPolicy: Forbid", "", "run-time: 99h");
        cron("kathmandu", "schedule: '15 9 * * *', timeZone: Asia/Kathmandu", "", "");
        cron("failing", "schedule: '30 */2 * * *'", "backoffLimit: 0,", "exit-code: '1'");
        cron("passing", "schedule: '10 * * * *'", "ttlSecondsAfterFinished: 600,", "");
        cron("suspended", "schedule: '* * * * *', suspend: true", "", "");
    }

    private void cron(String name, String spec, String job, String knob) {
        cluster.create(
                Cluster.CRON_JOBS,
                """
                {apiVersion: batch/v1, kind: CronJob, metadata: {name: %s, namespace: day},
                 spec: {%s, jobTemplate: {spec: {%s template: {
                  metadata: {annotations: {%s}},
                  spec: {restartPolicy: Never, nodeSelector: {kubernetes.io/hostname: sim-1},
                   containers: [{name: main, image: any}]}}}}}}
                """
                        .formatted(
                                name,
                                spec,
                                job,
                                knob.isEmpty() ? "" : "simulated.pilothouse.dev/" + knob));
    }

    private void count(Delta<CachedObject> delta) {
        if (delta instanceof Delta.Added<CachedObject>) {
            synchronized (made) {
                made.merge(owner(delta.object().tree()), 1, Integer::sum);
            }
        }
        tell();
    }

    /** What is due must be made now, and what was made a while ago must have ended. */
    private void expectJobs(Instant now, Informer<CachedObject> jobs) throws InterruptedException {
        ZonedDateTime time = now.atZone(ZoneOffset.UTC);
        if (time.getSecond() != 0) {
            return;
        }
        DUE.forEach((name, due) -> {
            if (due.test(time)) {
                expected.merge(name, 1, Integer::sum);
            }
        });
        if (time.getMinute() == 0) {
            expected.put("forbidden", 1);
        }
        await(
                () -> {
                    synchronized (made) {
                        return expected.equals(new TreeMap<>(made));
                    }
                },
                () -> "at " + time + ": " + made + " instead of " + expected);
        await(
                () -> areTimely(jobs),
                () ->
                        "at "
                                + clock.instant()
                                + " there is something left of "
                                + jobs.lister().all().stream()
                                        .map(kept ->
                                                Json.text(kept.tree(), "metadata", "name")
                                                        + " "
                                                        + finished(kept.tree()))
                                        .toList());
    }

    private boolean areTimely(Informer<CachedObject> jobs) {
        Instant now = clock.instant();
        for (CachedObject kept : jobs.lister().all()) {
            ObjectNode job = kept.tree();
            Instant created = Instant.parse(Json.text(job, "metadata", "creationTimestamp"));
            String finished = finished(job);
            boolean endless = owner(job).equals("forbidden") || owner(job).equals("stepping");
            if (finished.isEmpty()) {
                // A pod lives for a second, but scheduling it may take some of the real time.
                if (!endless && created.plusSeconds(4 * 60).isBefore(now)) {
                    return false;
                }
            } else if (owner(job).equals("passing")
                    && Instant.parse(finished).plusSeconds(600).plus(SLACK).isBefore(now)) {
                return false;
            }
        }
        return true;
    }

    private static String finished(ObjectNode job) {
        return Json.objects(job, "status", "conditions").stream()
                .filter(condition ->
                        Json.text(condition, "type").equals("Complete")
                                || Json.text(condition, "type").equals("Failed"))
                .map(condition -> Json.text(condition, "lastTransitionTime"))
                .findFirst()
                .orElse("");
    }

    private static long count(List<ObjectNode> jobs, String owner) {
        return jobs.stream().filter(job -> owner(job).equals(owner)).count();
    }

    private static String owner(ObjectNode job) {
        return Json.text(Json.objects(job, "metadata", "ownerReferences").getFirst(), "name");
    }

    // ---- the end of the day -------------------------------------------------------------------

    private void check() {
        assertEquals(96, made.get("quarter"));
        assertEquals(24, made.get("passing"));
        assertEquals(12, made.get("failing"));
        assertEquals(4, made.get("stepping"));
        assertEquals(1, made.get("kathmandu"));
        assertEquals(1, made.get("forbidden"));
        assertEquals(null, made.get("suspended"));
        List<ObjectNode> left =
                cluster.awaitAll(
                        Cluster.JOBS,
                        NAMESPACE,
                        jobs ->
                                count(jobs, "quarter") == 3
                                        && count(jobs, "failing") == 1
                                        && count(jobs, "stepping") == 1);
        ObjectNode local =
                left.stream()
                        .filter(job -> owner(job).equals("kathmandu"))
                        .findFirst()
                        .orElseThrow();
        assertTrue(
                Json.text(
                                local,
                                "metadata",
                                "annotations",
                                "batch.kubernetes.io/cronjob-scheduled-timestamp")
                        .endsWith("T09:15:00+05:45"),
                local::toString);
        cluster.await(
                Cluster.CRON_JOBS,
                NAMESPACE,
                "stepping",
                found -> Json.objects(found, "status", "active").size() == 1);
        cluster.awaitEvent(NAMESPACE, "forbidden", "JobAlreadyActive", "Not starting job");
        checkNode();
        checkEvents();
    }

    /** The node that renewed its lease all day was ready all day. */
    private void checkNode() {
        ObjectNode node = cluster.get(Cluster.NODES, "", "sim-1");
        ObjectNode ready = condition(node, "Ready");
        assertEquals("True", Json.text(ready, "status"));
        about(
                Instant.parse(Json.text(node, "metadata", "creationTimestamp")),
                Json.text(ready, "lastTransitionTime"),
                "ready");
    }

    /** Events live for an hour after they have happened for the last time. */
    private void checkEvents() {
        Instant oldest = clock.instant().minus(Duration.ofMinutes(62));
        List<ObjectNode> events =
                cluster.awaitAll(
                        Cluster.EVENTS,
                        "",
                        all -> all.stream().noneMatch(event -> last(event).isBefore(oldest)));
        assertFalse(events.isEmpty(), "events of the last hour are there");
    }

    private static Instant last(ObjectNode event) {
        String last = Json.text(event, "lastTimestamp");
        return Instant.parse(
                last.isEmpty() ? Json.text(event, "metadata", "creationTimestamp") : last);
    }

    // ---- waiting ------------------------------------------------------------------------------

    private void tell() {
        synchronized (changes) {
            changes.notifyAll();
        }
    }

    /**
     * Lets the clock stand still until something has happened. What was put off only after the
     * clock had gone on would come later than that, so it creeps on, slower and slower.
     */
    private void await(BooleanSupplier condition, Supplier<String> otherwise)
            throws InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        long pause = SHORTEST_PAUSE;
        while (!isSoon(condition, pause)) {
            assertTrue(System.nanoTime() < end, otherwise);
            clock.advance(Duration.ofSeconds(1));
            pause = Math.min(2 * pause, LONGEST_PAUSE);
        }
    }

    private boolean isSoon(BooleanSupplier condition, long millis) throws InterruptedException {
        long end = System.nanoTime() + Duration.ofMillis(millis).toNanos();
        synchronized (changes) {
            while (!condition.getAsBoolean()) {
                long left = Duration.ofNanos(end - System.nanoTime()).toMillis();
                if (left <= 0) {
                    return false;
                }
                changes.wait(left);
            }
            return true;
        }
    }
}
