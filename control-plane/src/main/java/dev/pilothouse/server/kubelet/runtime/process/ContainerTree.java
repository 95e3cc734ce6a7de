package dev.pilothouse.server.kubelet.runtime.process;

import dev.pilothouse.server.kubelet.runtime.process.HostProcesses.Sample;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The processes of one container, for those who want to end them. Thread-safe. */
final class ContainerTree {

    private final ContainerRecord record;
    private final ContainerFiles files;
    private final HostProcesses processes;

    ContainerTree(ContainerRecord record, ContainerFiles files, HostProcesses processes) {
        this.record = record;
        this.files = files;
        this.processes = processes;
    }

    /** Asks the main process and its group to end. */
    void terminate(long main) {
        processes.terminateGroup(main);
        if (record.tty()) {
            // What runs on the terminal has a session and a group of its own.
            for (Long member : members(main)) {
                if (member != main) {
                    processes.terminateGroup(member);
                }
            }
        }
    }

    /** Ends all at once but the supervisor, which notes down how the main process ended. */
    void kill(long main, long supervisor) {
        List<Long> all = new ArrayList<>(members(main));
        for (Long marked : processes.marked(record.id())) {
            if (!all.contains(marked)) {
                all.add(marked);
            }
        }
        all.remove(Long.valueOf(supervisor));
        Long holder = ContainerFiles.number(files.holder());
        all.remove(holder);
        processes.kill(main, all);
    }

    /** Ends what the main process has left behind. */
    void sweep(long main, long supervisor) {
        List<Long> left = new ArrayList<>(members(main));
        left.addAll(processes.marked(record.id()));
        left.remove(Long.valueOf(supervisor));
        if (!left.isEmpty() && main > 0) {
            processes.kill(main, left);
        }
    }

    private List<Long> members(long main) {
        if (main <= 0) {
            return List.of();
        }
        Map<Long, Sample> all = processes.all();
        return ProcessTree.of(main, all).stream().map(Sample::pid).toList();
    }
}
