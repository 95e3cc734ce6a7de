package dev.pilothouse.server.kubelet.log;

import dev.pilothouse.server.node.LogRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads logs for people: lines put together again, without what the files say beside them. Source:
 * the kubelet's kuberuntime/logs.
 */
public final class LogReader {

    private static final int BLOCK = 64 * 1024;

    private final ContainerLogs logs;

    /** A reader that follows those logs. */
    public LogReader(ContainerLogs logs) {
        this.logs = logs;
    }

    /**
     * Writes what is asked for of a log; follows until the log's writer closes it. A log without a
     * file is empty.
     *
     * @throws IOException when the log cannot be read or the receiver has gone
     */
    public void read(Path path, LogRequest request, OutputStream out) throws IOException {
        LineFilter filter = new LineFilter(request, out);
        try (OpenFiles files = OpenFiles.open(path)) {
            files.skipTo(request.tailLines());
            LogWriter writer = request.follow() ? logs.writer(path) : null;
            boolean more = true;
            while (more && !filter.isFull()) {
                long seen = writer == null ? 0 : writer.changes();
                files.drainTo(filter);
                filter.flush();
                more = writer != null && !filter.isFull() && writer.awaitChange(seen);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The last bytes of a log, whole lines, at most so many of each. */
    public String tail(Path path, long lines, int bytes) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (OpenFiles files = OpenFiles.open(path)) {
            files.skipTo(lines);
            LineFilter filter = new LineFilter(LineFilter.EVERYTHING, out);
            files.drainTo(filter);
            filter.flush();
        }
        byte[] all = out.toByteArray();
        int from = Math.max(0, all.length - bytes);
        return new String(all, from, all.length - from, StandardCharsets.UTF_8);
    }

    /** The files of a log from the oldest on; the present one is followed when it is put aside. */
    private static final class OpenFiles implements AutoCloseable {

        private final Path path;
        private final List<FileChannel> channels = new ArrayList<>();
        private final ByteBuffer buffer = ByteBuffer.allocate(BLOCK);
        private @Nullable Object currentKey;
        private @Nullable Path lastAside;

        private OpenFiles(Path path) {
            this.path = path;
        }

        static OpenFiles open(Path path) throws IOException {
            OpenFiles files = new OpenFiles(path);
            files.openCurrent();
            List<Path> older = LogFiles.rotated(path);
            int at = 0;
            for (Path file : older) {
                try {
                    if (!key(file).equals(files.currentKey)) {
                        files.channels.add(at, FileChannel.open(file, StandardOpenOption.READ));
                        at++;
                    }
                } catch (NoSuchFileException e) {
                    continue;
                }
                files.lastAside = file;
            }
            return files;
        }

        private void openCurrent() throws IOException {
            try {
                currentKey = key(path);
                channels.add(FileChannel.open(path, StandardOpenOption.READ));
            } catch (NoSuchFileException e) {
                currentKey = null;
            }
        }

        private static Object key(Path file) throws IOException {
            Object key = Files.readAttributes(file, BasicFileAttributes.class).fileKey();
            return key == null ? file : key;
        }

        void skipTo(@Nullable Long tailLines) throws IOException {
            if (tailLines == null) {
                return;
            }
            long wanted = tailLines;
            for (int i = channels.size() - 1; i >= 0; i--) {
                FileChannel channel = channels.get(i);
                if (wanted <= 0) {
                    channel.position(channel.size());
                    continue;
                }
                wanted -= positionBefore(channel, wanted);
            }
        }

        /** Positions before the last lines of a file; returns how many there are after it. */
        private long positionBefore(FileChannel channel, long wanted) throws IOException {
            long found = 0;
            long end = channel.size();
            while (end > 0) {
                long start = Math.max(0, end - BLOCK);
                buffer.clear().limit((int) (end - start));
                while (buffer.hasRemaining()
                        && channel.read(buffer, start + buffer.position()) >= 0) {
                    continue;
                }
                for (int i = buffer.position() - 1; i >= 0; i--) {
                    if (buffer.get(i) == '\n' && found++ == wanted) {
                        channel.position(start + i + 1);
                        return wanted;
                    }
                }
                end = start;
            }
            channel.position(0);
            return found;
        }

        void drainTo(LineFilter filter) throws IOException {
            while (true) {
                while (!channels.isEmpty()) {
                    drain(channels.getFirst(), filter);
                    if (channels.size() == 1) {
                        break;
                    }
                    channels.removeFirst().close();
                }
                if (filter.isFull() || !openNewer()) {
                    return;
                }
            }
        }

        private void drain(FileChannel channel, LineFilter filter) throws IOException {
            while (!filter.isFull()) {
                buffer.clear();
                if (channel.read(buffer) <= 0) {
                    return;
                }
                filter.accept(buffer.array(), buffer.position());
            }
        }

        /** Opens what was begun after the file read last. */
        private boolean openNewer() throws IOException {
            Object now;
            try {
                now = key(path);
            } catch (NoSuchFileException e) {
                return false;
            }
            if (now.equals(currentKey)) {
                return false;
            }
            Object before = currentKey;
            for (Path file : LogFiles.rotated(path)) {
                boolean newer = lastAside == null || file.compareTo(lastAside) > 0;
                if (newer) {
                    lastAside = file;
                    if (!key(file).equals(before)) {
                        channels.add(FileChannel.open(file, StandardOpenOption.READ));
                    }
                }
            }
            openCurrent();
            return true;
        }

        @Override
        public void close() throws IOException {
            for (FileChannel channel : channels) {
                channel.close();
            }
        }
    }
}
