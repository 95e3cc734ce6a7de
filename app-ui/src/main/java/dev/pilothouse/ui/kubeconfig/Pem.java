package dev.pilothouse.ui.kubeconfig;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Certificates and keys in the forms that kubeconfig files have them. */
final class Pem {

    private static final Pattern KEY =
            Pattern.compile(
                    "-----BEGIN (RSA |EC |)PRIVATE KEY-----(.*?)-----END \\1PRIVATE KEY-----",
                    Pattern.DOTALL);

    /** The algorithm rsaEncryption with its NULL parameter (RFC 8017). */
    private static final byte[] RSA =
            bytes(
                    0x30, 0x0d, 0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x01, 5,
                    0);

    /** The object identifier ecPublicKey (RFC 5480). */
    private static final byte[] EC = bytes(0x06, 0x07, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01);

    private static final List<String> ALGORITHMS = List.of("RSA", "EC", "EdDSA");

    private Pem() {}

    /** All certificates of a text. */
    static List<X509Certificate> certificates(byte[] pem) throws GeneralSecurityException {
        return CertificateFactory.getInstance("X.509")
                .generateCertificates(new ByteArrayInputStream(pem))
                .stream()
                .map(X509Certificate.class::cast)
                .toList();
    }

    /**
     * The private key of a text: PKCS #8, or as OpenSSL writes RSA and EC keys.
     *
     * @throws IOException when there is none that can be read
     */
    static PrivateKey key(byte[] pem) throws IOException, GeneralSecurityException {
        Matcher found = KEY.matcher(new String(pem, StandardCharsets.US_ASCII));
        if (!found.find()) {
            throw new IOException("no private key in PEM");
        }
        byte[] der = Base64.getMimeDecoder().decode(found.group(2));
        byte[] pkcs8 =
                switch (found.group(1)) {
                    case "RSA " -> wrap(RSA, der);
                    case "EC " -> wrap(element(0x30, join(EC, curve(der))), der);
                    default -> der;
                };
        for (String algorithm : ALGORITHMS) {
            try {
                return KeyFactory.getInstance(algorithm)
                        .generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
            } catch (GeneralSecurityException e) {
                // Not of this algorithm; the next one is tried.
            }
        }
        throw new IOException("the private key is of an unknown algorithm");
    }

    /** A key in PKCS #8 (RFC 5958): version 0, algorithm, key. */
    private static byte[] wrap(byte[] algorithm, byte[] key) {
        return element(0x30, join(bytes(2, 1, 0), algorithm, element(0x04, key)));
    }

    /** The curve that an EC key names in its element [0] (RFC 5915). */
    private static byte[] curve(byte[] der) throws IOException {
        for (int i = 0; i + 3 < der.length; i++) {
            if ((der[i] & 0xff) == 0xa0 && der[i + 2] == 0x06 && der[i + 1] == der[i + 3] + 2) {
                byte[] curve = new byte[der[i + 1]];
                System.arraycopy(der, i + 2, curve, 0, curve.length);
                return curve;
            }
        }
        throw new IOException("the EC key names no curve");
    }

    private static byte[] element(int tag, byte[] content) {
        int length = content.length;
        byte[] head =
                length < 0x80
                        ? bytes(tag, length)
                        : length < 0x100
                                ? bytes(tag, 0x81, length)
                                : bytes(tag, 0x82, length >> 8, length & 0xff);
        return join(head, content);
    }

    private static byte[] join(byte[]... parts) {
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            joined.writeBytes(part);
        }
        return joined.toByteArray();
    }

    private static byte[] bytes(int... values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return bytes;
    }
}
