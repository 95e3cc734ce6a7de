package dev.pilothouse.server.storage.h2;

import java.io.IOException;
import java.nio.channels.FileChannel;
import org.h2.store.fs.FilePath;
import org.h2.store.fs.FilePathWrapper;
import org.h2.store.fs.disk.FilePathDisk;

/**
 * H2's files under the scheme {@code ord:}, written so that a power loss cannot leave a chunk that
 * looks whole and is not; see {@link OrderedFile}. Public with a public constructor only because H2
 * makes one for each file by reflection.
 */
public final class OrderedFilePath extends FilePathWrapper {

    static final String SCHEME = "ord";

    /** For H2. */
    public OrderedFilePath() {}

    /** Makes the scheme known to H2. Doing it again does no harm. */
    static void register() {
        FilePath.register(new OrderedFilePath());
    }

    @Override
    public String getScheme() {
        return SCHEME;
    }

    @Override
    public FileChannel open(String mode) throws IOException {
        FilePath base = getBase();
        FileChannel file =
                base instanceof FilePathDisk ? new SteadyFile(base.name, mode) : base.open(mode);
        return new OrderedFile(file);
    }
}
