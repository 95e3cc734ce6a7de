package dev.pilothouse.server.http;

import io.undertow.connector.ByteBufferPool;
import io.undertow.connector.PooledByteBuffer;
import io.undertow.protocols.ssl.UndertowXnioSsl;
import io.undertow.server.OpenListener;
import io.undertow.util.PooledAdaptor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import javax.net.ssl.SSLEngine;
import org.xnio.ChannelListener;
import org.xnio.IoUtils;
import org.xnio.OptionMap;
import org.xnio.StreamConnection;
import org.xnio.conduits.ConduitStreamSourceChannel;
import org.xnio.conduits.PushBackStreamSourceConduit;
import org.xnio.ssl.SslConnection;

/**
 * Looks at the first byte of a connection: starts TLS when it begins a handshake, and else tells a
 * client that forgot TLS so, in the words of Go's server.
 */
final class TlsSniffer implements ChannelListener<StreamConnection> {

    private static final byte HANDSHAKE = 0x16;
    private static final byte[] NOT_TLS =
            ("HTTP/1.0 400 Bad Request\r\nConnection: close\r\n\r\n"
                            + "Client sent an HTTP request to an HTTPS server.\n")
                    .getBytes(StandardCharsets.US_ASCII);

    private final UndertowXnioSsl ssl;
    private final OptionMap tlsOptions;
    private final ByteBufferPool buffers;
    private final OpenListener listener;

    TlsSniffer(
            UndertowXnioSsl ssl,
            OptionMap tlsOptions,
            ByteBufferPool buffers,
            OpenListener listener) {
        this.ssl = ssl;
        this.tlsOptions = tlsOptions;
        this.buffers = buffers;
        this.listener = listener;
    }

    @Override
    public void handleEvent(StreamConnection connection) {
        ConduitStreamSourceChannel source = connection.getSourceChannel();
        source.setReadListener(channel -> look(connection));
        source.wakeupReads();
    }

    private void look(StreamConnection connection) {
        ConduitStreamSourceChannel source = connection.getSourceChannel();
        PooledByteBuffer pooled = buffers.allocate();
        boolean keep = false;
        try {
            ByteBuffer buffer = pooled.getBuffer();
            int read = source.read(buffer);
            if (read < 0) {
                IoUtils.safeClose(connection);
            } else if (read > 0) {
                source.suspendReads();
                source.setReadListener(null);
                buffer.flip();
                if (buffer.get(0) == HANDSHAKE) {
                    keep = true;
                    startTls(connection, pooled);
                } else {
                    refuse(connection);
                }
            }
        } catch (IOException e) {
            IoUtils.safeClose(connection);
        } finally {
            if (!keep) {
                pooled.close();
            }
        }
    }

    private void startTls(StreamConnection connection, PooledByteBuffer read) {
        ConduitStreamSourceChannel source = connection.getSourceChannel();
        PushBackStreamSourceConduit pushBack = new PushBackStreamSourceConduit(source.getConduit());
        pushBack.pushBack(new PooledAdaptor(read));
        source.setConduit(pushBack);
        SslConnection secure = ssl.wrapExistingConnection(connection, tlsOptions, false);
        SSLEngine engine = UndertowXnioSsl.getSslEngine(secure);
        engine.setWantClientAuth(true);
        listener.handleEvent(secure);
    }

    private static void refuse(StreamConnection connection) throws IOException {
        connection.getSinkChannel().write(ByteBuffer.wrap(NOT_TLS));
        connection.getSinkChannel().shutdownWrites();
        connection.getSinkChannel().flush();
        IoUtils.safeClose(connection);
    }
}
