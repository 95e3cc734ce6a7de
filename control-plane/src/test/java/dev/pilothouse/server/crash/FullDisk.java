package dev.pilothouse.server.crash;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A small file system in memory that fills up soon; only root may mount one. */
final class FullDisk implements AutoCloseable {

    private final Path folder;

    private FullDisk(Path folder) {
        this.folder = folder;
    }

    /** Mounts one, or null where that is not possible. */
    static @Nullable FullDisk mount(Path folder, int mebibytes)
            throws IOException, InterruptedException {
        if (!System.getProperty("os.name").equals("Linux")
                || !System.getProperty("user.name").equals("root")) {
            return null;
        }
        Files.createDirectories(folder);
        String size = "size=" + mebibytes + "m";
        int exit = run("mount", "-t", "tmpfs", "-o", size, "tmpfs", folder.toString());
        return exit == 0 ? new FullDisk(folder) : null;
    }

    /** Makes it larger or smaller. */
    void resize(int mebibytes) throws IOException, InterruptedException {
        String options = "remount,size=" + mebibytes + "m";
        if (run("mount", "-o", options, folder.toString()) != 0) {
            throw new IOException("cannot resize " + folder);
        }
    }

    @Override
    public void close() throws IOException, InterruptedException {
        run("umount", folder.toString());
    }

    private static int run(String... command) throws IOException, InterruptedException {
        return new ProcessBuilder(List.of(command))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
    }
}
