package dev.pilothouse.server.storage.h2;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pilothouse.server.storage.h2.CrashDisk.Crash;
import dev.pilothouse.server.storage.h2.CrashDisk.Power;
import java.util.List;
import java.util.Random;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.junit.jupiter.api.Test;

/**
 * Ends the process between any two writes to a file whose freed space is used again at once; H2
 * must find the newest version that had been written in full.
 */
class OrderedFileTest {

    private static final int COMMITS = Integer.getInteger("pilothouse.commits", 300);

    private final Random random = new Random(20_260_701);
    private long acknowledged;
    private int crashes;

    @Test
    void leadsToTheNewestVersionAfterAnyWrite() {
        OrderedFilePath.register();
        CrashDisk disk = new CrashDisk(new Power(), Crash.KILL, 4096, random, new byte[0]);
        CrashFilePath.mount("ordered", disk);
        disk.afterEachWrite(() -> verify(disk.afterCrash()));
        try (MVStore store = open("ord:crash:/ordered.mv.db")) {
            MVMap<Integer, String> map = store.openMap("map");
            for (int i = 0; i < COMMITS; i++) {
                change(map);
                acknowledged = store.commit();
                store.sync();
            }
        }
        disk.afterEachWrite(() -> {});
        CrashFilePath.unmount("ordered");
        assertTrue(crashes > COMMITS, "the file was written to only " + crashes + " times");
    }

    /** Usually little; now and then so much goes that whole chunks become free. */
    private void change(MVMap<Integer, String> map) {
        if (random.nextInt(20) == 0) {
            List.copyOf(map.keySet()).stream()
                    .filter(key -> random.nextInt(4) != 0)
                    .forEach(map::remove);
        }
        for (int i = random.nextInt(30); i >= 0; i--) {
            map.put(random.nextInt(2000), "v".repeat(random.nextInt(700)));
        }
    }

    private static MVStore open(String name) {
        MVStore store = new MVStore.Builder().fileName(name).autoCommitDisabled().open();
        store.setRetentionTime(0);
        store.setVersionsToKeep(0);
        return store;
    }

    private void verify(byte[] image) {
        if (acknowledged == 0) {
            return; // the file is being made
        }
        crashes++;
        CrashFilePath.mount("crashed", new CrashDisk(new Power(), Crash.KILL, 4096, random, image));
        try (MVStore store =
                new MVStore.Builder().fileName("crash:/crashed.mv.db").readOnly().open()) {
            long found = store.getCurrentVersion();
            assertTrue(
                    found >= acknowledged,
                    () -> "version " + acknowledged + " is lost, version " + found + " is there");
            assertEquals(1, store.getMapNames().size());
        }
        CrashFilePath.unmount("crashed");
    }
}
