package dev.pilothouse.server.kubelet.cri;

import java.util.List;

/**
 * What a runtime is.
 *
 * @param name its name, the scheme of container ids
 * @param version its version
 * @param handlers the RuntimeClass handlers it knows
 */
public record RuntimeVersion(String name, String version, List<String> handlers) {

    /** Copies the list. */
    public RuntimeVersion {
        handlers = List.copyOf(handlers);
    }
}
