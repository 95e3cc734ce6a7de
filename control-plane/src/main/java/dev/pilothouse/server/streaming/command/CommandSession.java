package dev.pilothouse.server.streaming.command;

import dev.pilothouse.model.meta.ApiException;
import dev.pilothouse.server.request.UpgradeHandler;
import dev.pilothouse.server.request.UpgradedConnection;
import dev.pilothouse.server.streaming.KeepAlive;
import java.io.IOException;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs a command for a client: on the thread of the connection, while another thread receives what
 * the client sends. When the client goes away, the command's thread is interrupted.
 *
 * @param protocol makes the channels of a connection
 * @param task what is run
 */
record CommandSession(Function<UpgradedConnection, CommandChannels> protocol, CommandTask task)
        implements UpgradeHandler {

    private static final Logger LOG = LoggerFactory.getLogger(CommandSession.class);

    @Override
    public void run(UpgradedConnection connection) throws IOException {
        CommandChannels channels = protocol.apply(connection);
        Presence presence = new Presence(Thread.currentThread());
        Thread.ofVirtual().name("stream-reader").start(() -> read(channels, presence));
        try (KeepAlive _ = KeepAlive.start(channels::ping, presence::gone)) {
            CommandOutcome outcome = outcome(channels);
            if (!presence.release()) {
                throw new IOException("the client has gone");
            }
            channels.finish(outcome);
        } finally {
            presence.release();
            channels.stopReading();
        }
    }

    private CommandOutcome outcome(CommandChannels channels) {
        try {
            return CommandOutcome.exit(task.run(channels.streams()));
        } catch (ApiException e) {
            return CommandOutcome.refused(e);
        } catch (IOException e) {
            return CommandOutcome.refused(
                    ApiException.internal(
                            "error executing command in container: " + e.getMessage(), null));
        } catch (RuntimeException e) {
            LOG.error("a command in a container failed", e);
            return CommandOutcome.refused(
                    ApiException.internal("error executing command in container", null));
        }
    }

    private static void read(CommandChannels channels, Presence presence) {
        try {
            channels.read();
        } catch (IOException e) {
            LOG.debug("a client broke off", e);
        } catch (RuntimeException e) {
            LOG.error("receiving from a client failed", e);
        } finally {
            presence.gone();
        }
    }

    /** Whether the client is there, and the thread that wants to know. */
    private static final class Presence {

        private final Thread runner;
        private boolean gone;
        private boolean released;

        Presence(Thread runner) {
            this.runner = runner;
        }

        synchronized void gone() {
            gone = true;
            if (!released) {
                runner.interrupt();
            }
        }

        /** The runner is interrupted no more; returns whether the client is still there. */
        synchronized boolean release() {
            if (!released) {
                released = true;
                Thread.interrupted();
            }
            return !gone;
        }
    }
}
