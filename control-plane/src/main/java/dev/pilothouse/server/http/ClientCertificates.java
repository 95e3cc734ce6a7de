package dev.pilothouse.server.http;

import io.undertow.server.HttpServerExchange;
import io.undertow.server.SSLSessionInfo;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;

/** Finds the certificates that a client has proved to own, once per TLS session. */
final class ClientCertificates {

    private static final String KEY = ClientCertificates.class.getName();

    /** What a session remembers. */
    private record Chain(List<X509Certificate> certificates) {}

    private ClientCertificates() {}

    /** The chain, leaf first; empty when there is none or the connection has no TLS. */
    static List<X509Certificate> of(HttpServerExchange exchange) {
        SSLSessionInfo info = exchange.getConnection().getSslSessionInfo();
        SSLSession session = info == null ? null : info.getSSLSession();
        if (session == null) {
            return List.of();
        }
        if (session.getValue(KEY) instanceof Chain chain) {
            return chain.certificates();
        }
        List<X509Certificate> certificates = read(session);
        session.putValue(KEY, new Chain(certificates));
        return certificates;
    }

    private static List<X509Certificate> read(SSLSession session) {
        List<X509Certificate> chain = new ArrayList<>();
        try {
            for (Certificate certificate : session.getPeerCertificates()) {
                if (certificate instanceof X509Certificate x509) {
                    chain.add(x509);
                }
            }
        } catch (SSLPeerUnverifiedException e) {
            // The client offered none.
            return List.of();
        }
        return List.copyOf(chain);
    }
}
