package dev.pilothouse.server.authn;

import dev.pilothouse.server.request.ApiRequest;
import dev.pilothouse.server.request.UserInfo;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Date;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;

/**
 * Client certificates of the cluster's authority: the subject's common name is the user, its
 * organizations are the groups. The chain is verified once; the validity is checked at every
 * request, because connections outlive certificates. Source: apiserver authentication/request/x509.
 */
public final class X509Authenticator implements Authenticator {

    private static final int REMEMBERED = 1000;
    private static final String CREDENTIAL_ID = "authentication.kubernetes.io/credential-id";

    private final CertificateTrust trust;
    private final InstantSource clock;
    private final Map<X509Certificate, Result> known = new ConcurrentHashMap<>();

    /** Trusts what this authority has issued, for as long as it is valid by this clock. */
    public X509Authenticator(X509Certificate authority, InstantSource clock) {
        this.trust = new CertificateTrust(authority);
        this.clock = clock;
    }

    @Override
    public Result authenticate(ApiRequest request) {
        if (request.clientCertificates().isEmpty()) {
            return Result.NONE;
        }
        X509Certificate leaf = request.clientCertificates().getFirst();
        Instant now = clock.instant();
        Result result = known.get(leaf);
        try {
            if (result == null) {
                trust.check(request.clientCertificates(), now);
            } else {
                leaf.checkValidity(Date.from(now));
            }
        } catch (GeneralSecurityException e) {
            return new Result.Rejected("client certificate: " + e.getMessage());
        }
        if (result == null) {
            result = read(leaf);
            if (known.size() >= REMEMBERED) {
                known.clear();
            }
            known.put(leaf, result);
        }
        return result;
    }

    private static Result read(X509Certificate certificate) {
        String name = "";
        List<String> groups = new ArrayList<>();
        try {
            // An LdapName lists the most significant part last.
            for (Rdn rdn :
                    new LdapName(certificate.getSubjectX500Principal().getName()).getRdns()) {
                var attributes = rdn.toAttributes().getAll();
                while (attributes.hasMoreElements()) {
                    var attribute = attributes.nextElement();
                    for (int i = 0; i < attribute.size(); i++) {
                        if (attribute.getID().equalsIgnoreCase("CN")) {
                            name = String.valueOf(attribute.get(i));
                        } else if (attribute.getID().equalsIgnoreCase("O")) {
                            groups.add(String.valueOf(attribute.get(i)));
                        }
                    }
                }
            }
        } catch (InvalidNameException e) {
            return new Result.Rejected("client certificate subject: " + e.getMessage());
        } catch (javax.naming.NamingException e) {
            return new Result.Rejected("client certificate subject: " + e.getMessage());
        }
        // A certificate without a common name says nothing about a user, as in Kubernetes.
        return name.isEmpty()
                ? Result.NONE
                : new Result.Authenticated(
                        new UserInfo(
                                name,
                                "",
                                Groups.authenticated(groups),
                                Map.of(CREDENTIAL_ID, List.of(credentialId(certificate)))));
    }

    /**
     * Names the certificate in audit logs, as Kubernetes has done since release 1.32 (KEP 4193).
     */
    private static String credentialId(X509Certificate certificate) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded());
            return "X509SHA256=" + HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException | CertificateEncodingException e) {
            throw new IllegalStateException("no digest of a client certificate", e);
        }
    }
}
