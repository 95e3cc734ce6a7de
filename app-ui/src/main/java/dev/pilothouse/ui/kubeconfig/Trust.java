package dev.pilothouse.ui.kubeconfig;

import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/** Whom to trust: the JDK's authorities or others, and by which name. */
final class Trust {

    private Trust() {}

    /** The trust managers for authorities; null for the JDK's own. */
    static X509ExtendedTrustManager of(@Nullable List<X509Certificate> authorities)
            throws GeneralSecurityException, IOException {
        KeyStore store = null;
        if (authorities != null) {
            store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            for (int i = 0; i < authorities.size(); i++) {
                store.setCertificateEntry("ca-" + i, authorities.get(i));
            }
        }
        TrustManagerFactory factory =
                TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        for (TrustManager manager : factory.getTrustManagers()) {
            if (manager instanceof X509ExtendedTrustManager found) {
                return found;
            }
        }
        throw new GeneralSecurityException("no trust manager");
    }

    /** Trusts whoever the other trusts, but under another name than that of the address. */
    static X509ExtendedTrustManager named(X509ExtendedTrustManager trust, String name) {
        return new Other(trust, name);
    }

    /** Trusts anyone, as insecure-skip-tls-verify asks for. */
    static X509ExtendedTrustManager anyone() {
        return new Other(null, "");
    }

    private static final class Other extends X509ExtendedTrustManager {

        private final @Nullable X509ExtendedTrustManager trust;
        private final String name;

        Other(@Nullable X509ExtendedTrustManager trust, String name) {
            this.trust = trust;
            this.name = name;
        }

        private void check(X509Certificate[] chain, String type) throws CertificateException {
            if (trust == null) {
                return;
            }
            trust.checkServerTrusted(chain, type);
            Collection<List<?>> names = chain[0].getSubjectAlternativeNames();
            if (names == null
                    || names.stream().noneMatch(each -> fits(String.valueOf(each.get(1))))) {
                throw new CertificateException("the server's certificate is not for " + name);
            }
        }

        /** Whether a name of a certificate is the wanted one; a star stands for one label. */
        private boolean fits(String of) {
            String wanted = name.toLowerCase(Locale.ROOT);
            String pattern = of.toLowerCase(Locale.ROOT);
            if (!pattern.startsWith("*.")) {
                return pattern.equals(wanted);
            }
            int dot = wanted.indexOf('.');
            return dot > 0 && wanted.substring(dot).equals(pattern.substring(1));
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine)
                throws CertificateException {
            check(chain, type);
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket)
                throws CertificateException {
            check(chain, type);
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type)
                throws CertificateException {
            check(chain, type);
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine)
                throws CertificateException {
            throw new CertificateException("not a server");
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket)
                throws CertificateException {
            throw new CertificateException("not a server");
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type)
                throws CertificateException {
            throw new CertificateException("not a server");
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return trust == null ? new X509Certificate[0] : trust.getAcceptedIssuers();
        }
    }
}
