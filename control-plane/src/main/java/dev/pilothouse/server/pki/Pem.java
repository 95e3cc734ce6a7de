package dev.pilothouse.server.pki;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;

/** PEM text to certificates and keys and back, with the JDK alone. */
final class Pem {

    /** AlgorithmIdentifier rsaEncryption (1.2.840.113549.1.1.1, NULL) in DER, RFC 8017 A.1. */
    private static final byte[] RSA_ALGORITHM = {
        0x30,
        0x0d,
        0x06,
        0x09,
        0x2a,
        (byte) 0x86,
        0x48,
        (byte) 0x86,
        (byte) 0xf7,
        0x0d,
        0x01,
        0x01,
        0x01,
        0x05,
        0x00
    };

    private static final byte[] VERSION_ZERO = {0x02, 0x01, 0x00};

    private static final String PKCS8 = "PRIVATE KEY";
    private static final String PKCS1 = "RSA PRIVATE KEY";

    private Pem() {}

    /** The first certificate in a text. */
    static X509Certificate certificate(String pem) throws GeneralSecurityException {
        byte[] der = body(pem, "CERTIFICATE");
        return (X509Certificate)
                CertificateFactory.getInstance("X.509")
                        .generateCertificate(new ByteArrayInputStream(der));
    }

    /**
     * A private key: PKCS#8, or PKCS#1 for RSA.
     *
     * @param algorithm EC or RSA
     */
    static PrivateKey privateKey(String pem, String algorithm) throws GeneralSecurityException {
        byte[] der = pem.contains("BEGIN " + PKCS1) ? wrapRsa(body(pem, PKCS1)) : body(pem, PKCS8);
        return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(der));
    }

    /** PEM text of DER bytes, lines of 64 characters. */
    static String text(String label, byte[] der) {
        Base64.Encoder encoder =
                Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII));
        return "-----BEGIN %s-----\n%s\n-----END %s-----\n"
                .formatted(label, encoder.encodeToString(der), label);
    }

    private static byte[] body(String pem, String label) throws GeneralSecurityException {
        String begin = "-----BEGIN " + label + "-----";
        int start = pem.indexOf(begin);
        int end = pem.indexOf("-----END " + label + "-----", Math.max(start, 0));
        if (start < 0 || end < 0) {
            throw new GeneralSecurityException("there is no " + label + " in it");
        }
        try {
            return Base64.getMimeDecoder().decode(pem.substring(start + begin.length(), end));
        } catch (IllegalArgumentException e) {
            throw new GeneralSecurityException("its base64 is broken", e);
        }
    }

    /** PrivateKeyInfo of RFC 5208 around an RSAPrivateKey; the JDK reads only the former. */
    private static byte[] wrapRsa(byte[] pkcs1) {
        byte[] octets = element(0x04, pkcs1);
        return element(0x30, VERSION_ZERO, RSA_ALGORITHM, octets);
    }

    /** One DER element: tag, length in the long form where needed, parts. */
    private static byte[] element(int tag, byte[]... parts) {
        int length = 0;
        for (byte[] part : parts) {
            length += part.length;
        }
        int lengthBytes = length < 0x80 ? 0 : length < 0x100 ? 1 : length < 0x10000 ? 2 : 3;
        byte[] der = new byte[2 + lengthBytes + length];
        der[0] = (byte) tag;
        der[1] = (byte) (lengthBytes == 0 ? length : 0x80 | lengthBytes);
        for (int i = 0; i < lengthBytes; i++) {
            der[2 + i] = (byte) (length >>> (8 * (lengthBytes - 1 - i)));
        }
        int at = 2 + lengthBytes;
        for (byte[] part : parts) {
            System.arraycopy(part, 0, der, at, part.length);
            at += part.length;
        }
        return der;
    }
}
