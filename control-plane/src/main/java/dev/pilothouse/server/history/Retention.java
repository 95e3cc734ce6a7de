package dev.pilothouse.server.history;

import dev.pilothouse.server.storage.SeriesStore;
import dev.pilothouse.server.storage.SeriesStore.Block;
import dev.pilothouse.server.storage.SeriesStore.SeriesKey;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Thins out measurements that have grown old, and drops those that are older still. */
final class Retention {

    private final SeriesStore store;
    private final InstantSource clock;

    Retention(SeriesStore store, InstantSource clock) {
        this.store = store;
        this.clock = clock;
    }

    /** Does what is due; whatever was missed is made up for. */
    void apply() {
        long now = clock.millis() / 1000;
        long thinned = Span.COARSE.of(now - Span.FINE.kept().toSeconds());
        long oldest = store.oldest(Span.FINE.resolution());
        if (oldest < 0) {
            return;
        }
        long first = Span.COARSE.of(oldest * Span.FINE.seconds());
        for (long coarse = first; coarse < thinned; coarse++) {
            thin(coarse);
        }
        if (first < thinned) {
            store.deleteBefore(
                    Span.FINE.resolution(), thinned * Span.COARSE.seconds() / Span.FINE.seconds());
            long dropped = Span.COARSE.of(now - Span.COARSE.kept().toSeconds());
            store.deleteBefore(Span.COARSE.resolution(), dropped);
        }
    }

    private void thin(long coarse) {
        long perSpan = Span.COARSE.seconds() / Span.FINE.seconds();
        Map<SeriesKey, Samples> fine = new HashMap<>();
        List<Block> blocks =
                store.blocks(Span.FINE.resolution(), coarse * perSpan, (coarse + 1) * perSpan - 1);
        for (Block block : blocks) {
            fine.computeIfAbsent(block.key(), _ -> new Samples())
                    .addAll(BlockCodec.decode(block.data()));
        }
        if (!fine.isEmpty()) {
            List<Block> thin = new ArrayList<>();
            fine.forEach((key, samples) ->
                    thin.add(new Block(key, BlockCodec.encode(mean(samples, Span.COARSE.step())))));
            store.put(Span.COARSE.resolution(), coarse, thin);
        }
    }

    /** The mean of each step, at its beginning. */
    static Samples mean(Samples samples, long step) {
        Samples means = new Samples();
        int i = 0;
        while (i < samples.size()) {
            long begin = samples.time(i) - Math.floorMod(samples.time(i), step);
            long cpu = 0;
            long memory = 0;
            int number = 0;
            for (; i < samples.size() && samples.time(i) < begin + step; i++) {
                cpu += samples.microCores(i);
                memory += samples.kibibytes(i);
                number++;
            }
            means.add(begin, cpu / number, memory / number);
        }
        return means;
    }
}
