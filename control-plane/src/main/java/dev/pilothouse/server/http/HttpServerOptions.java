package dev.pilothouse.server.http;

import java.net.InetAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.OptionalInt;
import javax.net.ssl.SSLContext;

/**
 * How to listen.
 *
 * @param address where to listen, normally a loopback address
 * @param port TLS port, 0 for any free one
 * @param tls keys of the server, and which client certificates are trusted
 * @param plainPort port for HTTP without TLS on the same address, 0 for any free one; empty for
 *     none
 * @param ioThreads threads that serve the sockets
 * @param maxBodyBytes longest request body
 * @param grace how long {@link HttpServer#close} waits for requests to finish
 * @param compressLoopback whether long answers to clients on this machine are compressed too
 * @param clock stamps requests
 */
public record HttpServerOptions(
        InetAddress address,
        int port,
        SSLContext tls,
        OptionalInt plainPort,
        int ioThreads,
        int maxBodyBytes,
        Duration grace,
        boolean compressLoopback,
        InstantSource clock) {

    private static final int THREE_MEBIBYTES = 3 * 1024 * 1024;

    /** TLS on 127.0.0.1 with the limits of kube-apiserver. */
    public static HttpServerOptions loopback(int port, SSLContext tls) {
        return new HttpServerOptions(
                loopbackAddress(),
                port,
                tls,
                OptionalInt.empty(),
                Math.max(2, Runtime.getRuntime().availableProcessors()),
                THREE_MEBIBYTES,
                Duration.ofSeconds(5),
                false,
                InstantSource.system());
    }

    /** The same with a second listener without TLS. */
    public HttpServerOptions withPlainPort(int plain) {
        return new HttpServerOptions(
                address,
                port,
                tls,
                OptionalInt.of(plain),
                ioThreads,
                maxBodyBytes,
                grace,
                compressLoopback,
                clock);
    }

    /** The same on another address. */
    public HttpServerOptions withAddress(InetAddress other) {
        return new HttpServerOptions(
                other,
                port,
                tls,
                plainPort,
                ioThreads,
                maxBodyBytes,
                grace,
                compressLoopback,
                clock);
    }

    /** The same with compression for all clients or only for those on other machines. */
    public HttpServerOptions withCompressLoopback(boolean compress) {
        return new HttpServerOptions(
                address, port, tls, plainPort, ioThreads, maxBodyBytes, grace, compress, clock);
    }

    private static InetAddress loopbackAddress() {
        try {
            return InetAddress.getByAddress("localhost", new byte[] {127, 0, 0, 1});
        } catch (java.net.UnknownHostException e) {
            throw new IllegalStateException(e);
        }
    }
}
