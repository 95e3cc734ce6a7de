package dev.pilothouse.ui.launch;

import dev.pilothouse.ui.fx.Later;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.time.Duration;
import javafx.scene.Scene;
import javafx.scene.input.InputEvent;
import org.jspecify.annotations.Nullable;

/**
 * Gives memory back that a burst has left behind, such as the reading of long lists at the start:
 * by itself the serial collector lets the heap grow to its limit before it looks at old objects.
 * Collects only while nobody uses the window. JavaFX thread only.
 */
final class HeapKeeper {

    private static final Duration LOOK = Duration.ofSeconds(15);
    private static final long UNTOUCHED = Duration.ofSeconds(8).toNanos();

    /** Less than this is not worth a pause. */
    private static final long WORTH = 48L << 20;

    private final @Nullable MemoryPoolMXBean old =
            ManagementFactory.getMemoryPoolMXBeans().stream()
                    .filter(pool -> pool.getName().startsWith("Tenured"))
                    .findFirst()
                    .orElse(null);
    private final Later look = new Later(this::look);
    private long touched = System.nanoTime();
    private long kept;
    private long before;

    /** Begins with a window. */
    HeapKeeper(Scene scene) {
        scene.addEventFilter(InputEvent.ANY, event -> touched = System.nanoTime());
        look.in(LOOK);
    }

    private void look() {
        MemoryPoolMXBean pool = old;
        if (pool == null) {
            // Another collector, which looks after itself.
            return;
        }
        long used = pool.getUsage().getUsed();
        // Not in the midst of a burst either.
        boolean still = used - before < WORTH / 4;
        before = used;
        if (still && isWorth(used, kept) && System.nanoTime() - touched > UNTOUCHED) {
            System.gc();
            kept = pool.getUsage().getUsed();
            before = kept;
        }
        look.in(LOOK);
    }

    /**
     * Whether there is likely enough to be given back.
     *
     * @param used bytes of old objects now
     * @param kept bytes of them after the last collection
     */
    static boolean isWorth(long used, long kept) {
        return used > kept + kept / 2 + WORTH;
    }

    void close() {
        look.cancel();
    }
}
