package dev.pilothouse.server.pki;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.spec.RSAPublicKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * The RSA key pair that signs service account tokens: {@code pki/sa.key} and {@code pki/sa.pub} of
 * the data directory, named as kubeadm names them. Nothing is read or made before it is asked for,
 * because starting must not wait for it. Thread-safe.
 */
public final class ServiceAccountKeys {

    private static final int BITS = 2048;
    private static final String KEY = "sa.key";
    private static final String PUBLIC = "sa.pub";

    private final PkiFiles files;
    private @Nullable KeyPair pair;

    /** The keys of a data directory. */
    public ServiceAccountKeys(Path dataDirectory) {
        this.files = new PkiFiles(dataDirectory);
    }

    /**
     * The key pair, made when there is none yet; that takes part of a second.
     *
     * @throws PkiException when the file is broken; it is not overwritten
     * @throws IOException when files cannot be written
     */
    public synchronized KeyPair pair() throws IOException {
        KeyPair known = existing();
        if (known != null) {
            return known;
        }
        try {
            KeyPair made = make();
            // The public part is only for others to read, so the private one is written last: its
            // presence says that both are there.
            files.writeCertificate(PUBLIC, Pem.text("PUBLIC KEY", made.getPublic().getEncoded()));
            files.writeKey(KEY, Pem.text("PRIVATE KEY", made.getPrivate().getEncoded()));
            pair = made;
            return made;
        } catch (GeneralSecurityException e) {
            throw new PkiException("No service account key can be made: " + e, e);
        }
    }

    /**
     * The key pair, or null when none has been made and so nothing can have been signed.
     *
     * @throws PkiException when the file is broken
     */
    public synchronized @Nullable KeyPair existing() throws IOException {
        if (pair == null && files.exists(KEY)) {
            pair = load();
        }
        return pair;
    }

    private static KeyPair make() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(BITS);
        return generator.generateKeyPair();
    }

    private KeyPair load() throws PkiException {
        try {
            PrivateKey key = Pem.privateKey(files.read(KEY), "RSA");
            if (!(key instanceof RSAPrivateCrtKey rsa)) {
                throw new GeneralSecurityException("it lacks the public exponent");
            }
            var spec = new RSAPublicKeySpec(rsa.getModulus(), rsa.getPublicExponent());
            return new KeyPair(KeyFactory.getInstance("RSA").generatePublic(spec), key);
        } catch (GeneralSecurityException e) {
            throw new PkiException(
                    files.file(KEY)
                            + " is not an RSA private key ("
                            + e.getMessage()
                            + "); restore it from a backup, or move it away to have a new one made"
                            + " (service account tokens then have to be requested again).",
                    e);
        }
    }
}
