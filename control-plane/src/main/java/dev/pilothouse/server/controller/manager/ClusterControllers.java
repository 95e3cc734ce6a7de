package dev.pilothouse.server.controller.manager;

import dev.pilothouse.server.controller.Component;
import dev.pilothouse.server.controller.eventexpiry.EventExpiry;
import java.util.List;

/** The controllers of nodes, budgets and other things of the whole cluster. */
final class ClusterControllers {

    private ClusterControllers() {}

    static Component of(Parts parts) {
        return new Together(
                List.of(
                        NodeControllers.of(parts),
                        NodeControllers.disruption(parts),
                        ResourceControllers.quotas(parts),
                        ResourceControllers.autoscaling(parts),
                        VolumeControllers.of(parts),
                        events(parts)));
    }

    private static Component events(Parts parts) {
        return new EventExpiry(
                parts.client(EventExpiry.NAME), parts.informers(), parts.delays(), parts.clock());
    }
}
