package dev.pilothouse.server.kubelet.runtime.simulated;

import java.util.ArrayList;
import java.util.List;

/**
 * What a kubelet reports of a pod, as far as it changes.
 *
 * @param phase the phase
 * @param started when the kubelet took it over, in seconds since 1970; 0 when it has not
 * @param reason why the whole pod has ended, or empty
 * @param message the same in a sentence
 * @param podIp its address, or empty
 * @param init the states of its init containers
 * @param main the states of its containers
 * @param ephemeral the states of its ephemeral containers
 */
record PodState(
        String phase,
        long started,
        String reason,
        String message,
        String podIp,
        List<ContainerState> init,
        List<ContainerState> main,
        List<ContainerState> ephemeral) {

    PodState {
        init = List.copyOf(init);
        main = List.copyOf(main);
        ephemeral = List.copyOf(ephemeral);
    }

    boolean isTerminal() {
        return phase.equals("Succeeded") || phase.equals("Failed");
    }

    /** Whether all init containers have done what they are for. */
    boolean isInitialized(Workload workload) {
        for (int i = 0; i < workload.init().size(); i++) {
            if (!isDone(workload.init().get(i), init.get(i))) {
                return false;
            }
        }
        return true;
    }

    /** Whether the next init container may begin. */
    static boolean isDone(ContainerSpec spec, ContainerState state) {
        return spec.isSidecar()
                ? state.isRunning()
                : state.ended() != null && state.ended().exitCode() == 0;
    }

    /** Whether all that should be ready is. */
    boolean isContainersReady(Workload workload) {
        for (int i = 0; i < workload.init().size(); i++) {
            if (workload.init().get(i).isSidecar() && !init.get(i).ready()) {
                return false;
            }
        }
        return main.stream().allMatch(ContainerState::ready);
    }

    PodState withPhase(String now) {
        return new PodState(now, started, reason, message, podIp, init, main, ephemeral);
    }

    PodState begin(long now, String address) {
        return new PodState(phase, now, reason, message, address, init, main, ephemeral);
    }

    PodState fail(String why, String sentence) {
        return new PodState("Failed", started, why, sentence, podIp, init, main, ephemeral);
    }

    PodState withInit(int index, ContainerState state) {
        return new PodState(
                phase, started, reason, message, podIp, with(init, index, state), main, ephemeral);
    }

    PodState withMain(int index, ContainerState state) {
        return new PodState(
                phase, started, reason, message, podIp, init, with(main, index, state), ephemeral);
    }

    PodState withEphemeral(int index, ContainerState state) {
        return new PodState(
                phase, started, reason, message, podIp, init, main, with(ephemeral, index, state));
    }

    private static List<ContainerState> with(
            List<ContainerState> states, int index, ContainerState state) {
        List<ContainerState> changed = new ArrayList<>(states);
        changed.set(index, state);
        return changed;
    }
}
