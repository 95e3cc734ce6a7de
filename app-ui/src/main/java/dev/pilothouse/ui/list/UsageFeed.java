package dev.pilothouse.ui.list;

import dev.pilothouse.ui.cluster.Kind;
import dev.pilothouse.ui.cluster.MetricsApi;
import dev.pilothouse.ui.cluster.Row;
import dev.pilothouse.ui.i18n.Texts;
import dev.pilothouse.ui.metrics.RecentUsage;
import dev.pilothouse.ui.metrics.RecentUsage.Recent;
import dev.pilothouse.ui.resource.ObjectTable;
import dev.pilothouse.ui.resource.Spark;
import dev.pilothouse.ui.workbench.Context;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What the pods or nodes that can be seen in a list use: read for each of them, again whenever they
 * are measured anew, and not at all while nobody looks. JavaFX thread, but for its reader.
 */
final class UsageFeed {

    /** Where nobody measures it is asked again after this. */
    private static final Duration UNMEASURED = Duration.ofMinutes(2);

    /** After so many rounds without a figure nobody seems to measure. */
    private static final int VAIN = 6;

    /** Rows that are only scrolled past are not asked for. */
    private static final Duration SETTLED = Duration.ofMillis(150);

    /** What was seen lately is still there when it is scrolled back to. */
    private static final int KEPT = 500;

    private final Context context;
    private final ObjectTable table;
    private final Semaphore wake = new Semaphore(0);
    private final Map<String, Recent> known =
            new LinkedHashMap<>(16, 0.75f, true) {
                @Override
                protected boolean removeEldestEntry(Map.Entry<String, Recent> eldest) {
                    return size() > KEPT;
                }
            };
    private @Nullable Thread reader;

    UsageFeed(Context context, ObjectTable table) {
        this.context = context;
        this.table = table;
    }

    /** The columns of a kind's list. */
    List<Spark> columns(Kind kind) {
        return RecentUsage.measures(kind)
                ? List.of(
                        new Spark("usage.cpu", Texts.text("usage.cpu"), row -> chart(row, true)),
                        new Spark(
                                "usage.memory",
                                Texts.text("usage.memory"),
                                row -> chart(row, false)))
                : List.of();
    }

    private Spark.@Nullable Chart chart(Row row, boolean cpu) {
        Recent recent = known.get(row.uid());
        if (recent == null) {
            wake.release();
            return null;
        }
        return cpu
                ? new Spark.Chart(recent.cpu(), recent.cpuText())
                : new Spark.Chart(recent.memory(), recent.memoryText());
    }

    /** Reads from now on. */
    void start(Kind kind) {
        stop();
        if (RecentUsage.measures(kind)) {
            reader = Thread.ofVirtual().name("usage").start(() -> run(kind));
        }
    }

    /** Reads no more. */
    void stop() {
        if (reader != null) {
            reader.interrupt();
            reader = null;
        }
    }

    private void run(Kind kind) {
        RecentUsage usage = new RecentUsage(context.cluster(), InstantSource.system());
        Map<String, Long> readAt = new HashMap<>();
        try {
            int vain = 0;
            while (true) {
                vain = round(kind, usage, readAt) ? 0 : vain + 1;
                wake.drainPermits();
                if (vain >= VAIN) {
                    Thread.sleep(UNMEASURED);
                } else if (wake.tryAcquire(MetricsApi.MEASURED.toMillis(), TimeUnit.MILLISECONDS)) {
                    Thread.sleep(SETTLED);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Reads what is seen and has not been read lately; false when nothing of it is measured. */
    private boolean round(Kind kind, RecentUsage usage, Map<String, Long> readAt)
            throws InterruptedException {
        boolean any = false;
        boolean asked = false;
        long now = System.nanoTime();
        readAt.values()
                .removeIf(at -> now - at > MetricsApi.MEASURED.toNanos() - SETTLED.toNanos());
        for (Row row : seen()) {
            if (readAt.containsKey(row.uid())) {
                any = true;
                continue;
            }
            asked = true;
            readAt.put(row.uid(), System.nanoTime());
            try {
                Recent recent = usage.read(kind, row.namespace(), row.name());
                if (recent != null) {
                    any = true;
                    context.pulse().execute(() -> keep(row.uid(), recent));
                }
            } catch (IOException e) {
                // A list without charts is better than none; the metrics page says why.
                continue;
            }
        }
        return any || !asked;
    }

    private void keep(String uid, Recent recent) {
        known.put(uid, recent);
        table.syncSparks();
    }

    private List<Row> seen() throws InterruptedException {
        CompletableFuture<List<Row>> rows = new CompletableFuture<>();
        context.pulse().execute(() -> rows.complete(table.charted()));
        try {
            return rows.get();
        } catch (ExecutionException e) {
            return List.of();
        }
    }
}
