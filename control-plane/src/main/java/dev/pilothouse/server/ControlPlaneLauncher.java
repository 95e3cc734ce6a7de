package dev.pilothouse.server;

import java.io.IOException;

/** Starts control planes; the seam between the server and what starts it (command line, GUI). */
@FunctionalInterface
public interface ControlPlaneLauncher {

    /**
     * Starts a control plane and returns when it is ready to answer requests.
     *
     * @throws IOException when it cannot start; the message is one sentence fit for a person: what
     *     is wrong with which file or port, and what to do
     */
    RunningControlPlane launch(ControlPlaneOptions options) throws IOException;
}
