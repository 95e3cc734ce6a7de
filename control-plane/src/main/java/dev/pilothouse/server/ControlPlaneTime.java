package dev.pilothouse.server;

import dev.pilothouse.server.controller.Delays;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * By whose time a control plane lives. Time-outs of requests and watches are those of the network
 * and always take real time.
 *
 * @param clock stamps objects and tells controllers what is due
 * @param delays brings back what controllers, scheduler and node agents have put off; null for
 *     timers of real time
 */
public record ControlPlaneTime(InstantSource clock, @Nullable Delays delays) {

    /** Real time. */
    public static final ControlPlaneTime SYSTEM =
            new ControlPlaneTime(InstantSource.system(), null);
}
