package dev.pilothouse.server.pki;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAPrivateKey;
import java.security.interfaces.RSAPublicKey;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import javax.net.ssl.CertPathTrustManagerParameters;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;

/**
 * The cluster's certificate authority and the two certificates it issues to start with: the API
 * server's and the administrator's. Kept in {@code pki/} of the data directory. Immutable and
 * thread-safe.
 *
 * <p>The authority is made once and never replaced. The other certificates are renewed at start
 * when they are missing, end within 30 days, or no longer fit. The administrator is in group {@code
 * system:masters}, as kubeadm's is.
 */
public final class ClusterPki {

    /** The administrator's user name. */
    public static final String ADMIN_USER = "kubernetes-admin";

    /** The group Kubernetes lets do everything. */
    public static final String ADMIN_GROUP = "system:masters";

    private static final Duration RENEW_BEFORE = Duration.ofDays(30);

    private static final String CA_CRT = "ca.crt";
    private static final String CA_KEY = "ca.key";
    private static final Leaf SERVING = new Leaf("apiserver", "EC");
    private static final Leaf ADMIN = new Leaf("admin", "RSA");
    private static final List<String> ALL =
            List.of(CA_CRT, CA_KEY, SERVING.crt(), SERVING.key(), ADMIN.crt(), ADMIN.key());

    private final PkiFiles files;
    private final X509Certificate authority;

    /** An issued certificate: the name of its files and the kind of its key. */
    private record Leaf(String name, String algorithm) {
        String crt() {
            return name + ".crt";
        }

        String key() {
            return name + ".key";
        }
    }

    private ClusterPki(PkiFiles files, X509Certificate authority) {
        this.files = files;
        this.authority = authority;
    }

    /**
     * Loads what is there, makes what is missing, renews what has to be.
     *
     * @throws PkiException when a file is broken or does not fit the others; nothing is overwritten
     * @throws IOException when files cannot be written
     */
    public static ClusterPki open(Path dataDirectory, ServingNames names, Clock clock)
            throws IOException {
        var files = new PkiFiles(dataDirectory);
        Instant now = clock.instant();
        if (Seal.holds(files, ALL, names, now)) {
            return new ClusterPki(files, files.certificate(CA_CRT));
        }
        // Making an RSA key takes longest at a first start; it needs nothing of the rest.
        FutureTask<KeyPair> adminKey = new FutureTask<>(() -> new CertificateMaker(now).rsaKey());
        if (!files.exists(ADMIN.crt())) {
            Thread.ofPlatform().daemon().name("admin-key").start(adminKey);
        }
        try {
            if (!files.exists(CA_CRT) && !files.exists(CA_KEY)) {
                makeAuthority(files, now);
            }
            Issuer issuer = authority(files, now);
            if (!usable(files, SERVING, issuer, now)
                    || !names.coveredBy(files.certificate(SERVING.crt()))) {
                makeServing(files, issuer, names, now);
            }
            if (!usable(files, ADMIN, issuer, now)) {
                makeAdmin(files, issuer, adminKey, now);
            }
            Seal.of(files, ALL, names, renewal(files)).write(files);
            return new ClusterPki(files, issuer.certificate());
        } catch (GeneralSecurityException e) {
            throw new PkiException("Certificates cannot be made: " + e, e);
        }
    }

    /**
     * Loads what a server has made before; writes nothing.
     *
     * @throws PkiException when a file is missing or broken
     */
    public static ClusterPki load(Path dataDirectory) throws IOException {
        var files = new PkiFiles(dataDirectory);
        return new ClusterPki(files, files.certificate(CA_CRT));
    }

    /** The authority's certificate. */
    public X509Certificate authority() {
        return authority;
    }

    /** The authority's certificate as PEM, for kubeconfigs and the trust of pods. */
    public String authorityPem() throws IOException {
        return files.read(CA_CRT);
    }

    /** The administrator's certificate as PEM. */
    public String adminCertificatePem() throws IOException {
        return files.read(ADMIN.crt());
    }

    /** The administrator's key as PEM. */
    public String adminKeyPem() throws IOException {
        return files.read(ADMIN.key());
    }

    /**
     * TLS for the server: shows the serving certificate. Where the listener asks for a client
     * certificate, any is taken that the client has the key of; it is not verified.
     */
    public SSLContext serverContext() throws IOException {
        return context(SERVING, new AnyClient(authority));
    }

    /** TLS for a client that is the administrator and trusts this cluster only. */
    public SSLContext adminContext() throws IOException {
        try {
            var anchors =
                    new PKIXBuilderParameters(
                            Set.of(new TrustAnchor(authority, null)), new X509CertSelector());
            anchors.setRevocationEnabled(false); // The authority keeps no list of the revoked.
            var trust = TrustManagerFactory.getInstance("PKIX");
            trust.init(new CertPathTrustManagerParameters(anchors));
            return context(ADMIN, trust.getTrustManagers());
        } catch (GeneralSecurityException e) {
            throw new PkiException("The authority of this cluster cannot be trusted", e);
        }
    }

    private SSLContext context(Leaf leaf, TrustManager... trust) throws IOException {
        try {
            var key =
                    new OneKey(
                            files.key(leaf.key(), leaf.algorithm()), files.certificate(leaf.crt()));
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(new KeyManager[] {key}, trust, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new PkiException("TLS cannot be set up from " + files.file(leaf.crt()), e);
        }
    }

    /** When a start has something to renew, or the authority has ended. */
    private static Instant renewal(PkiFiles files) throws PkiException {
        Instant first = files.certificate(CA_CRT).getNotAfter().toInstant();
        for (Leaf leaf : List.of(SERVING, ADMIN)) {
            Instant end = files.certificate(leaf.crt()).getNotAfter().toInstant();
            Instant renewal = end.minus(RENEW_BEFORE);
            first = renewal.isBefore(first) ? renewal : first;
        }
        return first;
    }

    private static void makeAuthority(PkiFiles files, Instant now)
            throws IOException, GeneralSecurityException {
        for (Leaf leaf : List.of(SERVING, ADMIN)) {
            if (files.exists(leaf.crt())) {
                throw files.broken(CA_CRT, "is missing though certificates of it are there");
            }
        }
        var maker = new CertificateMaker(now);
        KeyPair key = maker.ecKey();
        // Each authority has its own name: clients with two clusters of one name confuse them.
        String name = "pilothouse-ca-" + UUID.randomUUID().toString().substring(0, 8);
        X509Certificate certificate = maker.authority(name, key);
        files.writeKey(CA_KEY, Pem.text("PRIVATE KEY", key.getPrivate().getEncoded()));
        files.writeCertificate(CA_CRT, Pem.text("CERTIFICATE", certificate.getEncoded()));
    }

    private static Issuer authority(PkiFiles files, Instant now)
            throws IOException, GeneralSecurityException {
        for (String name : List.of(CA_CRT, CA_KEY)) {
            if (!files.exists(name)) {
                throw files.broken(name, "is missing though its counterpart is there");
            }
        }
        var issuer = new Issuer(files.certificate(CA_CRT), files.key(CA_KEY, "EC"));
        if (issuer.certificate().getBasicConstraints() < 0) {
            throw files.broken(CA_CRT, "is not the certificate of an authority");
        }
        if (!fits(issuer.key(), issuer.certificate().getPublicKey())) {
            throw files.broken(CA_KEY, "does not belong to " + CA_CRT);
        }
        if (issuer.certificate().getNotAfter().toInstant().isBefore(now)) {
            throw files.broken(
                    CA_CRT, "expired on " + issuer.certificate().getNotAfter().toInstant());
        }
        return issuer;
    }

    /** Whether a leaf is there, whole, of this issuer and good for a while. */
    private static boolean usable(PkiFiles files, Leaf leaf, Issuer issuer, Instant now)
            throws IOException, GeneralSecurityException {
        if (!files.exists(leaf.crt()) || !files.exists(leaf.key())) {
            return false;
        }
        X509Certificate certificate = files.certificate(leaf.crt());
        PrivateKey key = files.key(leaf.key(), leaf.algorithm());
        if (!fits(key, certificate.getPublicKey())) {
            // A crash between the two writes of a renewal leaves this; both are ours to remake.
            return false;
        }
        try {
            certificate.verify(issuer.certificate().getPublicKey());
        } catch (GeneralSecurityException e) {
            throw files.broken(leaf.crt(), "was not issued by " + CA_CRT);
        }
        return certificate.getNotAfter().toInstant().isAfter(now.plus(RENEW_BEFORE));
    }

    private static void makeServing(PkiFiles files, Issuer issuer, ServingNames names, Instant now)
            throws IOException, GeneralSecurityException {
        var maker = new CertificateMaker(now);
        KeyPair key = maker.ecKey();
        X509Certificate certificate = maker.serving(names, key.getPublic(), issuer);
        files.writeKey(SERVING.key(), Pem.text("PRIVATE KEY", key.getPrivate().getEncoded()));
        files.writeCertificate(SERVING.crt(), Pem.text("CERTIFICATE", certificate.getEncoded()));
    }

    private static void makeAdmin(
            PkiFiles files, Issuer issuer, FutureTask<KeyPair> made, Instant now)
            throws IOException, GeneralSecurityException {
        made.run(); // Does nothing when its thread has begun or ended.
        KeyPair key = await(made);
        var maker = new CertificateMaker(now);
        X509Certificate certificate =
                maker.client(ADMIN_USER, ADMIN_GROUP, key.getPublic(), issuer);
        files.writeKey(
                ADMIN.key(), Pem.text("RSA PRIVATE KEY", CertificateMaker.pkcs1(key.getPrivate())));
        files.writeCertificate(ADMIN.crt(), Pem.text("CERTIFICATE", certificate.getEncoded()));
    }

    private static KeyPair await(FutureTask<KeyPair> made) throws GeneralSecurityException {
        try {
            return made.get();
        } catch (ExecutionException e) {
            throw new GeneralSecurityException("no RSA key can be made", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new GeneralSecurityException("interrupted", e);
        }
    }

    /**
     * Whether a private key is the counterpart of a public one: what an EC key signs must verify.
     */
    private static boolean fits(PrivateKey key, PublicKey publicKey)
            throws GeneralSecurityException {
        if (!key.getAlgorithm().equals(publicKey.getAlgorithm())) {
            return false;
        }
        if (key instanceof RSAPrivateKey rsa && publicKey instanceof RSAPublicKey rsaPublic) {
            return rsa.getModulus().equals(rsaPublic.getModulus());
        }
        byte[] probe = "pilothouse".getBytes(StandardCharsets.US_ASCII);
        Signature signer = Signature.getInstance("SHA256withECDSA");
        signer.initSign(key);
        signer.update(probe);
        Signature verifier = Signature.getInstance("SHA256withECDSA");
        verifier.initVerify(publicKey);
        verifier.update(probe);
        return verifier.verify(signer.sign());
    }
}
