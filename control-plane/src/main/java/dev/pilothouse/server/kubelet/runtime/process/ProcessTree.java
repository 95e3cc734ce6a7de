package dev.pilothouse.server.kubelet.runtime.process;

import dev.pilothouse.server.kubelet.runtime.process.HostProcesses.Sample;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which processes belong to a container: descendants of its main process, and its session. */
final class ProcessTree {

    private ProcessTree() {}

    /** The main process, if it is there, and what belongs to it. */
    static List<Sample> of(long main, Map<Long, Sample> all) {
        Set<Long> members = new HashSet<>();
        for (Sample sample : all.values()) {
            if (belongs(sample, main, all)) {
                members.add(sample.pid());
            }
        }
        List<Sample> tree = new ArrayList<>();
        for (Long pid : members) {
            Sample sample = all.get(pid);
            if (sample != null) {
                tree.add(sample);
            }
        }
        return tree;
    }

    private static boolean belongs(Sample sample, long main, Map<Long, Sample> all) {
        Sample at = sample;
        // Processes come and go while they are listed, so that a circle cannot be ruled out.
        for (int depth = 0; at != null && depth < 1000; depth++) {
            if (at.pid() == main || at.session() == main || at.group() == main) {
                return true;
            }
            if (at.parent() <= 1) {
                return false;
            }
            at = all.get(at.parent());
        }
        return false;
    }

    /** CPU time of a tree. */
    static long cpuNanos(List<Sample> tree) {
        return tree.stream().mapToLong(Sample::cpuNanos).sum();
    }

    /** Memory of a tree; what its processes share counts once. */
    static long memoryBytes(List<Sample> tree) {
        long own = tree.stream().mapToLong(each -> each.residentBytes() - each.sharedBytes()).sum();
        return own + tree.stream().mapToLong(Sample::sharedBytes).max().orElse(0);
    }
}
