package dev.pilothouse.server.controller.workload;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/** Does many things of one kind, several at once on virtual threads. */
public final class Batches {

    private static final int AT_ONCE = 32;

    private Batches() {}

    /**
     * What came of it.
     *
     * @param done how many things were done
     * @param failure the first failure, or null
     */
    public record Outcome(int done, @Nullable RuntimeException failure) {

        /** Throws the failure if there is one. */
        public void rethrow() {
            if (failure != null) {
                throw failure;
            }
        }
    }

    /**
     * Does things in batches that double, beginning with one, and stops after a batch in which one
     * failed: where all fail for the same reason, such as a quota, few are tried.
     *
     * @param action gets the numbers from 0
     */
    public static Outcome slowStart(int count, IntConsumer action) {
        int done = 0;
        int begun = 0;
        for (int size = Math.min(1, count); size > 0; size = Math.min(2 * size, count - begun)) {
            int first = begun;
            Outcome outcome = all(size, i -> action.accept(first + i));
            done += outcome.done();
            begun += size;
            if (outcome.failure() != null) {
                return new Outcome(done, outcome.failure());
            }
        }
        return new Outcome(done, null);
    }

    /** Does all things, whether or not some fail. */
    public static Outcome all(int count, IntConsumer action) {
        AtomicInteger next = new AtomicInteger();
        AtomicInteger done = new AtomicInteger();
        AtomicReference<@Nullable RuntimeException> failure = new AtomicReference<>();
        Runnable work =
                () -> {
                    for (int i = next.getAndIncrement(); i < count; i = next.getAndIncrement()) {
                        try {
                            action.accept(i);
                            done.incrementAndGet();
                        } catch (RuntimeException e) {
                            failure.compareAndSet(null, e);
                        }
                    }
                };
        List<Thread> threads = new ArrayList<>();
        for (int i = 1; i < Math.min(count, AT_ONCE); i++) {
            threads.add(Thread.ofVirtual().start(work));
        }
        work.run();
        for (Thread thread : threads) {
            join(thread);
        }
        return new Outcome(done.get(), failure.get());
    }

    private static void join(Thread thread) {
        boolean interrupted = false;
        while (true) {
            try {
                thread.join();
                break;
            } catch (InterruptedException _) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
