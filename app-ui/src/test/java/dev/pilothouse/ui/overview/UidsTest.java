package dev.pilothouse.ui.overview;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class UidsTest {

    @Test
    void countsLikeASet() {
        Random random = new Random(5);
        Uids uids = new Uids();
        Set<String> set = new HashSet<>();
        for (int i = 0; i < 50_000; i++) {
            String uid = new UUID(random.nextInt(3000) * 0x9e3779b97f4a7c15L, 7).toString();
            if (random.nextBoolean()) {
                uids.add(uid);
                set.add(uid);
            } else {
                uids.remove(uid);
                set.remove(uid);
            }
            assertEquals(set.size(), uids.size());
        }
        set.forEach(uids::remove);
        assertEquals(0, uids.size());
    }
}
