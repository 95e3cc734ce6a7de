package dev.pilothouse.server.storage.cache;

import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Commands from many threads for one, which is woken only when as many are there as it waits for:
 * waking it for each would cost more than what it does for each. {@link #add} and {@link #remove}
 * may be called by any thread, the rest by the one that takes.
 */
final class CommandQueue {

    private static final Logger LOG = LoggerFactory.getLogger(CommandQueue.class);

    private final ConcurrentLinkedQueue<Command> commands = new ConcurrentLinkedQueue<>();

    /** Counted after a command is in the queue and before it is taken out. */
    private final AtomicInteger size = new AtomicInteger();

    private volatile @Nullable Thread taker;

    /** How many the taker waits for; out of reach while it does not wait. */
    private volatile int awaited = Integer.MAX_VALUE;

    void add(Command command) {
        commands.add(command);
        if (size.incrementAndGet() >= awaited) {
            awaited = Integer.MAX_VALUE;
            LockSupport.unpark(taker);
        }
    }

    /** Takes a certain command out; false when it is not there any more. */
    boolean remove(Command command) {
        boolean removed = commands.remove(command);
        if (removed) {
            size.decrementAndGet();
        }
        return removed;
    }

    /** Waits until so many are there, but at most so long. */
    void await(int count, long nanos) {
        long deadline = System.nanoTime() + nanos;
        taker = Thread.currentThread();
        // The two sides look at each other's number after having set their own.
        awaited = count;
        long left = nanos;
        while (size.get() < count && left > 0) {
            LockSupport.parkNanos(this, left);
            if (Thread.interrupted()) {
                // Nobody has a reason to interrupt this thread, and it could not park any more.
                LOG.debug("interrupted while waiting for commands");
            }
            left = deadline - System.nanoTime();
            awaited = count;
        }
        awaited = Integer.MAX_VALUE;
    }

    /** Moves what is there to a list, at most so many. */
    void drainTo(List<Command> list, int most) {
        int taken = 0;
        while (taken < most) {
            Command command = commands.poll();
            if (command == null) {
                break;
            }
            list.add(command);
            taken++;
        }
        if (taken > 0) {
            size.addAndGet(-taken);
        }
    }
}
