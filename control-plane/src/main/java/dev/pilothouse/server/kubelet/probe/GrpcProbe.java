package dev.pilothouse.server.kubelet.probe;

import dev.pilothouse.model.json.Json;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.OptionalInt;
import tools.jackson.databind.node.ObjectNode;

/**
 * Asks by gRPC's health checking protocol: one call of {@code grpc.health.v1.Health/Check}. Speaks
 * just as much of HTTP/2 as that takes. Source: RFC 9113, pkg/probe/grpc.
 */
final class GrpcProbe {

    private static final int DATA = 0;
    private static final int HEADERS = 1;
    private static final int RESET = 3;
    private static final int SETTINGS = 4;
    private static final int PING = 6;
    private static final int GO_AWAY = 7;
    private static final int END_STREAM = 1;
    private static final int ACK = 1;
    private static final int END_HEADERS = 4;
    private static final int LONGEST_FRAME = 1 << 20;
    private static final int SERVING = 1;

    private GrpcProbe() {}

    static ProbeResult run(ObjectNode action, Target target, Duration timeout) {
        OptionalInt port = target.port(action);
        String address = target.address();
        try (Socket socket = new Socket()) {
            int millis = (int) timeout.toMillis();
            socket.connect(new InetSocketAddress(address, port.orElse(0)), millis);
            socket.setSoTimeout(millis);
            int status = check(socket, address, port.orElse(0), Json.text(action, "service"));
            return status == SERVING
                    ? ProbeResult.success("service healthy")
                    : ProbeResult.failure(
                            "service unhealthy (responded with \"" + word(status) + "\")");
        } catch (IOException e) {
            return ProbeResult.failure(
                    "timeout: failed to connect service \""
                            + address
                            + ":"
                            + port.orElse(0)
                            + "\" within "
                            + timeout.toSeconds()
                            + "s: "
                            + TcpProbe.complaint(address, port.orElse(0), e));
        }
    }

    private static String word(int status) {
        return switch (status) {
            case 0 -> "UNKNOWN";
            case 2 -> "NOT_SERVING";
            case 3 -> "SERVICE_UNKNOWN";
            default -> "no status";
        };
    }

    private static int check(Socket socket, String address, int port, String service)
            throws IOException {
        DataOutputStream out = new DataOutputStream(socket.getOutputStream());
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        DataOutputStream request = new DataOutputStream(all);
        request.write("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        frame(request, SETTINGS, 0, 0, new byte[0]);
        frame(request, HEADERS, END_HEADERS, 1, headers(address + ":" + port));
        frame(request, DATA, END_STREAM, 1, message(service));
        out.write(all.toByteArray());
        out.flush();
        return answer(new DataInputStream(socket.getInputStream()), out);
    }

    /** Literal fields without indexing and without Huffman coding: always allowed. */
    private static byte[] headers(String authority) {
        ByteArrayOutputStream block = new ByteArrayOutputStream();
        String[][] fields = {
            {":method", "POST"},
            {":scheme", "http"},
            {":path", "/grpc.health.v1.Health/Check"},
            {":authority", authority},
            {"content-type", "application/grpc"},
            {"user-agent", "kube-probe/1.36"},
            {"te", "trailers"},
        };
        for (String[] field : fields) {
            block.write(0);
            for (String text : field) {
                byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
                block.write(bytes.length);
                block.writeBytes(bytes);
            }
        }
        return block.toByteArray();
    }

    /** Not compressed, length, then field 1 of HealthCheckRequest. */
    private static byte[] message(String service) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        byte[] name = service.getBytes(StandardCharsets.UTF_8);
        if (name.length > 127) {
            throw new IOException("the name of the service is too long");
        }
        out.writeByte(0);
        out.writeInt(name.length == 0 ? 0 : name.length + 2);
        if (name.length > 0) {
            out.writeByte(10);
            out.writeByte(name.length);
            out.write(name);
        }
        return bytes.toByteArray();
    }

    private static void frame(DataOutputStream out, int type, int flags, int stream, byte[] payload)
            throws IOException {
        out.writeByte(payload.length >> 16);
        out.writeShort(payload.length);
        out.writeByte(type);
        out.writeByte(flags);
        out.writeInt(stream);
        out.write(payload);
    }

    private static int answer(DataInputStream in, DataOutputStream out) throws IOException {
        ByteArrayOutputStream data = new ByteArrayOutputStream();
        while (true) {
            int length = (in.readUnsignedByte() << 16) | in.readUnsignedShort();
            int type = in.readUnsignedByte();
            int flags = in.readUnsignedByte();
            int stream = in.readInt() & Integer.MAX_VALUE;
            if (length > LONGEST_FRAME) {
                throw new IOException("malformed HTTP/2 frame");
            }
            byte[] payload = in.readNBytes(length);
            switch (type) {
                case DATA -> data.writeBytes(payload);
                case SETTINGS, PING -> {
                    if ((flags & ACK) == 0) {
                        frame(out, type, ACK, 0, type == PING ? payload : new byte[0]);
                        out.flush();
                    }
                }
                case RESET, GO_AWAY -> throw new IOException("the server refused the call");
                default -> {
                    // Window updates and the like do not matter for one small message.
                }
            }
            boolean last = (flags & END_STREAM) != 0 && stream == 1;
            if (last && (type == DATA || type == HEADERS)) {
                return status(data.toByteArray());
            }
        }
    }

    /** Field 1 of HealthCheckResponse; zero is left out; no message at all means an error. */
    private static int status(byte[] message) {
        if (message.length < 5) {
            return -1;
        }
        return message.length >= 7 && message[5] == 8 ? message[6] : 0;
    }
}
