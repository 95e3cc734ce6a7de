package dev.pilothouse.ui.fx;

import java.io.IOException;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/** Work that waits for a server or a disk, on a virtual thread of its own. Thread-safe. */
public final class Background {

    private Background() {}

    /** What is done; hands over what it finds by itself. */
    @FunctionalInterface
    public interface Work {
        /**
         * Does it.
         *
         * @throws IOException when it cannot be done; the message is a sentence for people
         * @throws InterruptedException when nobody wants it any more
         */
        void run() throws IOException, InterruptedException;
    }

    /**
     * Begins.
     *
     * @param name of the thread
     * @param back runs what follows a failure
     * @param failed is told why it could not be done
     * @return the thread; whoever interrupts it hears nothing more of the work
     */
    public static Thread start(String name, Executor back, Work work, Consumer<String> failed) {
        return Thread.ofVirtual()
                .name(name)
                .start(() -> {
                    try {
                        work.run();
                    } catch (IOException e) {
                        String reason = String.valueOf(e.getMessage());
                        back.execute(() -> failed.accept(reason));
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                });
    }
}
