package dev.pilothouse.server.authn;

import java.security.GeneralSecurityException;
import java.security.InvalidAlgorithmParameterException;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertPathValidator;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Set;

/**
 * Verifies the certificates that clients show. TLS has only made sure that the client owns the key:
 * a handshake that fails says nothing to a client, an answer does. Immutable and thread-safe.
 */
final class CertificateTrust {

    private static final String CLIENT_AUTH = "1.3.6.1.5.5.7.3.2";
    private static final String ANY_USE = "2.5.29.37.0";

    private final X509Certificate authority;

    /** Trusts what this authority has issued. */
    CertificateTrust(X509Certificate authority) {
        this.authority = authority;
    }

    /**
     * Checks a chain.
     *
     * @param chain leaf first, as the client sent it; the authority itself may be at its end
     * @throws GeneralSecurityException when it does not lead to the authority, is not valid at that
     *     time, or is for another use than clients
     */
    void check(List<X509Certificate> chain, Instant now) throws GeneralSecurityException {
        List<X509Certificate> path =
                chain.size() > 1 && chain.getLast().equals(authority)
                        ? chain.subList(0, chain.size() - 1)
                        : chain;
        List<String> uses = path.getFirst().getExtendedKeyUsage();
        if (uses != null && !uses.contains(CLIENT_AUTH) && !uses.contains(ANY_USE)) {
            throw new CertificateException("certificate specifies an incompatible key usage");
        }
        CertPathValidator.getInstance("PKIX")
                .validate(
                        CertificateFactory.getInstance("X.509").generateCertPath(path),
                        parameters(now));
    }

    private PKIXParameters parameters(Instant now)
            throws InvalidAlgorithmParameterException, NoSuchAlgorithmException {
        PKIXParameters parameters = new PKIXParameters(Set.of(new TrustAnchor(authority, null)));
        parameters.setRevocationEnabled(false); // The authority keeps no list of the revoked.
        parameters.setDate(Date.from(now));
        return parameters;
    }
}
