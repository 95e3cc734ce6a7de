package dev.pilothouse.server.admission;

import java.util.List;

/** The admission plug-ins in their order. Thread-safe. */
public final class AdmissionChain {

    private final List<AdmissionPlugin> plugins;

    /** Runs the plug-ins in this order. */
    public AdmissionChain(List<AdmissionPlugin> plugins) {
        this.plugins = List.copyOf(plugins);
    }

    /** Lets every plug-in change the object. */
    public void mutate(AdmissionRequest request) {
        for (AdmissionPlugin plugin : plugins) {
            plugin.mutate(request);
        }
    }

    /** Lets every plug-in refuse the write. */
    public void validate(AdmissionRequest request) {
        for (AdmissionPlugin plugin : plugins) {
            plugin.validate(request);
        }
    }
}
