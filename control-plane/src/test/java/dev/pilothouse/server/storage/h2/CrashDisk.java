package dev.pilothouse.server.storage.h2;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/**
 * One file on a disk that can lose power. What was written since the last force is kept or lost for
 * each sector on its own; a sector written several times may keep any of these.
 */
final class CrashDisk {

    /** How a process and its disk part. */
    enum Crash {
        /** The power fails: of what was not forced, any part may be kept. */
        POWER,
        /** The process is killed: all that it wrote is kept, the last write perhaps in part. */
        KILL
    }

    /** How many operations are left to all files of a process. */
    static final class Power {
        private int left = Integer.MAX_VALUE;

        /** Power goes at this operation from now. */
        synchronized void dieAfter(int operations) {
            left = operations;
        }

        /** Uses one; how many were left: 0 when this one is cut short, less when it is too late. */
        synchronized int use() {
            return left > Integer.MIN_VALUE ? left-- : left;
        }
    }

    private final Power power;
    private final Crash crash;
    private final int sector;
    private final Random random;
    private final Map<Integer, List<byte[]>> unforced = new TreeMap<>();

    private byte[] data;
    private int size;
    private byte[] durable;
    private boolean exists;
    private Runnable afterEachWrite = () -> {};

    CrashDisk(Power power, Crash crash, int sector, Random random, byte[] content) {
        this.power = power;
        this.crash = crash;
        this.sector = sector;
        this.random = random;
        this.durable = content;
        this.data = content.clone();
        this.size = content.length;
        this.exists = content.length > 0;
    }

    /** What to run whenever something has been written. */
    synchronized void afterEachWrite(Runnable action) {
        afterEachWrite = action;
    }

    synchronized boolean exists() {
        return exists;
    }

    synchronized void create() {
        exists = true;
    }

    synchronized int size() {
        return size;
    }

    synchronized int read(byte[] into, int offset, int length, long position) {
        if (position >= size) {
            return -1;
        }
        int read = Math.min(length, size - (int) position);
        System.arraycopy(data, (int) position, into, offset, read);
        return read;
    }

    synchronized void write(byte[] bytes, long position) throws IOException {
        int left = power.use();
        boolean dies = left <= 0;
        int start = (int) position;
        if (left < 0) {
            throw new IOException("no power");
        }
        int length = bytes.length;
        if (dies && crash == Crash.KILL) {
            length = Math.min(length, random.nextInt(length / sector + 2) * sector);
        }
        int end = start + length;
        if (end > data.length) {
            data = Arrays.copyOf(data, Math.max(end, data.length * 2));
        }
        System.arraycopy(bytes, 0, data, start, length);
        size = Math.max(size, end);
        for (int s = start / sector; s * sector < end; s++) {
            byte[] version = Arrays.copyOfRange(data, s * sector, (s + 1) * sector);
            unforced.computeIfAbsent(s, any -> new ArrayList<>()).add(version);
        }
        if (dies) {
            throw new IOException("power lost");
        }
        afterEachWrite.run();
    }

    synchronized void force() throws IOException {
        if (power.use() <= 0) {
            throw new IOException("power lost");
        }
        if (durable.length < size) {
            durable = Arrays.copyOf(durable, size);
        }
        for (int s : unforced.keySet()) {
            int at = s * sector;
            int end = Math.min(at + sector, size);
            if (at < end) {
                System.arraycopy(data, at, durable, at, end - at);
            }
        }
        unforced.clear();
    }

    synchronized void truncate(long length) throws IOException {
        if (power.use() <= 0) {
            throw new IOException("power lost");
        }
        size = (int) Math.min(size, length);
        // Shrinking is taken as durable at once; the store never depends on cut-off bytes.
        durable = Arrays.copyOf(durable, Math.min(durable.length, size));
        unforced.keySet().removeIf(s -> s * sector >= size);
    }

    /** What is on the disk afterwards. */
    synchronized byte[] afterCrash() {
        if (crash == Crash.KILL) {
            return Arrays.copyOf(data, size);
        }
        int share = random.nextInt(4); // from nearly all lost to nearly all kept
        byte[] image = durable;
        for (Map.Entry<Integer, List<byte[]>> entry : unforced.entrySet()) {
            if (random.nextInt(4) <= share) {
                int at = entry.getKey() * sector;
                List<byte[]> versions = entry.getValue();
                byte[] kept = versions.get(random.nextInt(versions.size()));
                int end = Math.min(at + sector, size);
                if (end > image.length) {
                    image = Arrays.copyOf(image, end);
                } else if (image == durable) {
                    image = image.clone();
                }
                if (end > at) {
                    System.arraycopy(kept, 0, image, at, end - at);
                }
            }
        }
        return image;
    }
}
