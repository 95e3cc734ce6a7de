package dev.pilothouse.server.kubelet.probe;

import dev.pilothouse.model.json.Json;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Locale;
import java.util.OptionalInt;
import tools.jackson.databind.node.ObjectNode;

/** Asks whether a port can be connected to. Source: pkg/probe/tcp. */
final class TcpProbe {

    private TcpProbe() {}

    static ProbeResult run(ObjectNode action, Target target, Duration timeout) {
        OptionalInt port = target.port(action);
        if (port.isEmpty()) {
            return new ProbeResult(
                    ProbeResult.Outcome.UNKNOWN, "couldn't find port: " + Json.at(action, "port"));
        }
        String host = Json.text(action, "host");
        String address = host.isEmpty() ? target.address() : host;
        try (Socket socket = new Socket()) {
            socket.connect(
                    new InetSocketAddress(address, port.getAsInt()), (int) timeout.toMillis());
            return ProbeResult.success("");
        } catch (IOException e) {
            return ProbeResult.failure(complaint(address, port.getAsInt(), e));
        }
    }

    /** As Go says it, which people know from other clusters. */
    static String complaint(String address, int port, IOException e) {
        String dial = "dial tcp " + address + ":" + port + ": ";
        if (e instanceof SocketTimeoutException) {
            return dial + "i/o timeout";
        }
        String message = String.valueOf(e.getMessage());
        return e instanceof ConnectException
                ? dial + "connect: " + message.toLowerCase(Locale.ROOT)
                : message;
    }
}
