package dev.pilothouse.server.kubelet.runtime.process;

import dev.pilothouse.server.kubelet.cri.CriException;
import dev.pilothouse.server.kubelet.cri.CriException.Code;
import dev.pilothouse.server.kubelet.cri.Mount;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;

/**
 * Shows mounts to a process as links: those with an absolute path below the container's root, those
 * with a relative path below its working directory.
 */
final class MountLinks {

    private MountLinks() {}

    static void make(List<Mount> mounts, Path root, Path workingDir) {
        for (Mount mount : mounts) {
            Path at = place(mount.containerPath(), root, workingDir);
            try {
                if (Files.isSymbolicLink(at)) {
                    if (Files.readSymbolicLink(at).equals(mount.hostPath())) {
                        continue;
                    }
                    Files.delete(at);
                } else if (Files.exists(at, LinkOption.NOFOLLOW_LINKS)) {
                    throw new CriException(
                            Code.INTERNAL,
                            "cannot mount " + mount.containerPath() + ": " + at + " is in the way");
                }
                Files.createDirectories(at.getParent());
                Files.createSymbolicLink(at, mount.hostPath());
            } catch (IOException e) {
                throw new CriException(
                        Code.INTERNAL,
                        "cannot mount " + mount.containerPath() + ": " + e.getMessage(),
                        e);
            }
        }
    }

    /**
     * Where a path of the container is on the host.
     *
     * @throws CriException when it leads outside
     */
    static Path place(String containerPath, Path root, Path workingDir) {
        boolean absolute = containerPath.startsWith("/") || containerPath.startsWith("\\");
        Path base = absolute ? root : workingDir;
        String relative = absolute ? containerPath.replaceFirst("^[/\\\\]+", "") : containerPath;
        Path at = base.resolve(relative.replace(":", "")).normalize();
        if (!at.startsWith(base) || at.equals(base)) {
            throw new CriException(
                    Code.INVALID_ARGUMENT,
                    "cannot mount " + containerPath + ": not below the root");
        }
        return at;
    }
}
