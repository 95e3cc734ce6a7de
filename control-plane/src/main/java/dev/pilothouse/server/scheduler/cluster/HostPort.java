package dev.pilothouse.server.scheduler.cluster;

/**
 * A port of the node that a container wants.
 *
 * @param protocol {@code TCP}, {@code UDP} or {@code SCTP}
 * @param address {@code 0.0.0.0} for all addresses
 * @param port above 0
 */
public record HostPort(String protocol, String address, int port) {

    private static final String ANY = "0.0.0.0";

    /** Whether both cannot be had at once. */
    public boolean conflicts(HostPort other) {
        return port == other.port
                && protocol.equals(other.protocol)
                && (address.equals(other.address)
                        || address.equals(ANY)
                        || other.address.equals(ANY));
    }
}
