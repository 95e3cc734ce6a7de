package dev.pilothouse.server.storage.cache;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class CommandQueueTest {

    private static final int THREADS = 8;
    private static final int EACH = 5_000;

    private final CommandQueue queue = new CommandQueue();

    @Test
    void wakesWhenAsManyAreThereAsAreWaitedFor() throws InterruptedException {
        List<Command> taken = new ArrayList<>();
        Thread taker =
                Thread.ofPlatform()
                        .start(() -> {
                            queue.await(2, Long.MAX_VALUE);
                            queue.drainTo(taken, 10);
                        });
        queue.add(new Command.Stop());
        taker.join(50);
        assertTrue(taker.isAlive(), "one is not two");
        taker.interrupt(); // is to do no harm
        queue.add(new Command.Stop());
        taker.join();
        assertEquals(2, taken.size());
    }

    @Test
    void givesUpWaitingInTime() {
        queue.add(new Command.Stop());
        queue.await(2, TimeUnit.MILLISECONDS.toNanos(5));
        queue.await(1, Long.MAX_VALUE);
        queue.await(5, -1);
    }

    @Test
    void takesOutWhatIsStillThere() {
        Command command = new Command.Stop();
        queue.add(command);
        assertTrue(queue.remove(command));
        assertFalse(queue.remove(command));
        List<Command> rest = new ArrayList<>();
        queue.drainTo(rest, 10);
        assertEquals(List.of(), rest);
    }

    /**
     * Each thread waits for its answer before it goes on, as requests do; a lost one would hang.
     */
    @Test
    void losesNoCommandOfManyThreads() throws InterruptedException {
        List<Thread> threads = new ArrayList<>();
        Semaphore answers = new Semaphore(0);
        for (int i = 0; i < THREADS; i++) {
            threads.add(
                    Thread.ofVirtual()
                            .start(() -> {
                                for (int n = 0; n < EACH; n++) {
                                    queue.add(new Command.Stop());
                                    answers.acquireUninterruptibly();
                                }
                            }));
        }
        int taken = 0;
        List<Command> batch = new ArrayList<>();
        while (taken < THREADS * EACH) {
            batch.clear();
            queue.await(1, Long.MAX_VALUE);
            queue.await(3, TimeUnit.MICROSECONDS.toNanos(20));
            queue.drainTo(batch, 6);
            taken += batch.size();
            answers.release(batch.size());
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertEquals(THREADS * EACH, taken);
    }
}
