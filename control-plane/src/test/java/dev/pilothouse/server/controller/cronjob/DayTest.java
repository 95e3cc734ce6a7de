package dev.pilothouse.server.controller.cronjob;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pilothouse.model.client.ListOptions;
import dev.pilothouse.model.informer.Backoff;
import dev.pilothouse.model.informer.CachedObject;
import dev.pilothouse.model.informer.Delta;
import dev.pilothouse.model.informer.Informer;
import dev.pilothouse.model.json.Json;
import dev.pilothouse.server.ControlPlaneTime;
import dev.pilothouse.server.testing.Cluster;
import dev.pilothouse.server.testing.FakeKubelet;
import dev.pilothouse.server.testing.FakeKubelet.Fate;
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
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ObjectNode;

/** A whole day of cron jobs, of the jobs that they make, and of the ends of those. */
@Timeout(300)
class DayTest {

    private static final String NAMESPACE = "day";

    /** The moments of an hour at which something is due. */
    private static final List<Integer> STEPS = List.of(10, 15, 20, 30, 45, 60);

    private static final Duration QUIET = Duration.ofMillis(80);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir Path directory;

    private final Map<String, Integer> made = new HashMap<>();
    private final Map<String, Integer> expected = new TreeMap<>();

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
        VirtualClock clock = new VirtualClock(start);
        Duration begun = cpuTime();
        try (Cluster cluster = Cluster.start(directory, new ControlPlaneTime(clock, clock));
                FakeKubelet kubelet =
                        new FakeKubelet(cluster, List.of("n0"), clock, DayTest::fate);
                Informer<CachedObject> jobs =
                        new Informer<>(
                                cluster.of(Cluster.JOBS),
                                ListOptions.ALL,
                                CachedObject::of,
                                Map.of(),
                                Backoff.REFLECTOR)) {
            cluster.node("n0", "");
            jobs.addHandler(this::changed);
            jobs.start();
            cluster.namespace(NAMESPACE);
            cronJobs(cluster);
            awaitNoticed(cluster);
            for (int step = 0; step < 24 * STEPS.size(); step++) {
                long minutes = step / STEPS.size() * 60L + STEPS.get(step % STEPS.size());
                Instant next = start.plus(Duration.ofMinutes(minutes));
                clock.advance(Duration.between(clock.instant(), next));
                ZonedDateTime time = clock.instant().atZone(ZoneOffset.UTC);
                DUE.forEach((name, due) -> {
                    if (due.test(time)) {
                        expected.merge(name, 1, Integer::sum);
                    }
                });
                if (time.getMinute() == 0) {
                    expected.put("forbidden", 1);
                }
                awaitSettled(jobs, clock.instant());
                // Controllers work out how long to wait for what comes next, by the time as it is
                // now; were it to pass in between, they would come too late.
                Thread.sleep(QUIET);
            }
            check(cluster);
        }
        Duration took = cpuTime().minus(begun);
        assertTrue(took.compareTo(Duration.ofMinutes(1)) < 0, "a day took " + took);
    }

    /** Other than time on the wall, this does not depend on what else the machine does. */
    private static Duration cpuTime() {
        return ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO);
    }

    private void check(Cluster cluster) {
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
                "quarter",
                found ->
                        Json.text(found, "status", "lastScheduleTime")
                                        .equals(Json.text(found, "status", "lastSuccessfulTime"))
                                && Json.objects(found, "status", "active").isEmpty());
        cluster.await(
                Cluster.CRON_JOBS,
                NAMESPACE,
                "stepping",
                found -> Json.objects(found, "status", "active").size() == 1);
        cluster.awaitEvent(NAMESPACE, "forbidden", "JobAlreadyActive", "Not starting job");
    }

    private static void cronJobs(Cluster cluster) {
        cron(cluster, "quarter", "schedule: '*/15 * * * *'", "", "ok");
        cron(cluster, "stepping", "schedule: '0 */6 * * *', concurrencyPolicy: Replace", "", "run");
        cron(cluster, "forbidden", "schedule: '0 * * * *', concurrencyPolicy: Forbid", "", "run");
        cron(cluster, "kathmandu", "schedule: '15 9 * * *', timeZone: Asia/Kathmandu", "", "ok");
        cron(cluster, "failing", "schedule: '30 */2 * * *'", "backoffLimit: 0,", "bad");
        cron(cluster, "passing", "schedule: '10 * * * *'", "ttlSecondsAfterFinished: 600,", "ok");
        cron(cluster, "suspended", "schedule: '* * * * *', suspend: true", "", "ok");
    }

    private static void cron(Cluster cluster, String name, String spec, String job, String image) {
        cluster.create(
                Cluster.CRON_JOBS,
                """
                {apiVersion: batch/v1, kind: CronJob, metadata: {name: %s, namespace: day},
                 spec: {%s, jobTemplate: {spec: {%s template: {spec: {restartPolicy: Never,
                  containers: [{name: main, image: %s}]}}}}}}
                """
                        .formatted(name, spec, job, image));
    }

    /** Before time passes, the controller must have put off each cron job to its first time. */
    private static void awaitNoticed(Cluster cluster) {
        cluster.create(
                Cluster.CRON_JOBS,
                """
                {apiVersion: batch/v1, kind: CronJob, metadata: {name: zz-last, namespace: day},
                 spec: {schedule: '@yearly', jobTemplate: {spec: {template: {spec: {
                  restartPolicy: Never, containers: [{name: main, image: ok}]}}}}}}
                """);
        cluster.await(
                Cluster.CRON_JOBS,
                NAMESPACE,
                "zz-last",
                found -> Json.number(found, 0, "metadata", "generation") == 1);
    }

    private synchronized void changed(Delta<CachedObject> delta) {
        if (delta instanceof Delta.Added<CachedObject>) {
            made.merge(owner(delta.object().tree()), 1, Integer::sum);
        }
        notifyAll();
    }

    private synchronized void awaitSettled(Informer<CachedObject> jobs, Instant now)
            throws InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!isSettled(jobs, now)) {
            long left = Duration.ofNanos(end - System.nanoTime()).toMillis();
            assertTrue(left > 0, () -> "at " + now + ": " + made + " instead of " + expected);
            wait(left);
        }
    }

    /** All that is due has been made, and has come to its end. */
    private boolean isSettled(Informer<CachedObject> jobs, Instant now) {
        if (!expected.equals(new TreeMap<>(made))) {
            return false;
        }
        for (CachedObject kept : jobs.lister().all()) {
            ObjectNode job = kept.tree();
            String finished = finished(job);
            boolean endless = owner(job).equals("forbidden") || owner(job).equals("stepping");
            if (!endless && finished.isEmpty()) {
                return false;
            }
            // A quarter of an hour of grace, for the same reason.
            if (owner(job).equals("passing")
                    && !Instant.parse(finished).plusSeconds(600 + 900).isAfter(now)) {
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

    private static Fate fate(ObjectNode pod) {
        String image = Json.text(Json.objects(pod, "spec", "containers").getFirst(), "image");
        return switch (image) {
            case "run" -> Fate.RUN;
            case "bad" -> new Fate.End(1);
            default -> Fate.COMPLETE;
        };
    }

    private static long count(List<ObjectNode> jobs, String owner) {
        return jobs.stream().filter(job -> owner(job).equals(owner)).count();
    }

    private static String owner(ObjectNode job) {
        return Json.text(Json.objects(job, "metadata", "ownerReferences").getFirst(), "name");
    }
}
