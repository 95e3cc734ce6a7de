package dev.pilothouse.server.proxy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.jspecify.annotations.Nullable;

/**
 * Gives every cluster IP a loopback address of its own, so that each Service can have its own ports
 * on this machine: 10.96.3.7 becomes 127.96.3.7. Linux and Windows answer on all of 127.0.0.0/8;
 * macOS only on 127.0.0.1 unless told otherwise, and binding fails there.
 */
final class LoopbackAddresses {

    /** The address that every system has. */
    static final InetAddress LOCALHOST = InetAddress.ofLiteral("127.0.0.1");

    private LoopbackAddresses() {}

    /** The loopback address of a cluster IP, or null for one that is not IPv4. */
    static @Nullable InetAddress of(String clusterIp) {
        try {
            byte[] bytes = InetAddress.ofLiteral(clusterIp).getAddress();
            if (bytes.length != 4) {
                return null;
            }
            bytes[0] = 127;
            return InetAddress.getByAddress(bytes);
        } catch (IllegalArgumentException | UnknownHostException e) {
            return null;
        }
    }
}
