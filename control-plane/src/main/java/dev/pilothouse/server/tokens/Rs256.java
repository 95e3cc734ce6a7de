package dev.pilothouse.server.tokens;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.interfaces.RSAPublicKey;
import java.text.ParseException;
import java.util.Base64;

/**
 * Signs with an RSA key and SHA-256 and checks such signatures: the only class that knows the JOSE
 * library, which is not loaded before a token is made or checked. Thread-safe.
 */
final class Rs256 {

    private final KeyPair pair;
    private final RSAPublicKey publicKey;
    private final String keyId;

    Rs256(KeyPair pair) {
        this.pair = pair;
        this.publicKey = (RSAPublicKey) pair.getPublic();
        this.keyId = keyId(publicKey);
    }

    /** The compact form of a signed payload. */
    String sign(byte[] payload) {
        // No "typ": Kubernetes leaves it out, too.
        JWSHeader header = new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(keyId).build();
        JWSObject signed = new JWSObject(header, new Payload(payload));
        try {
            signed.sign(new RSASSASigner(pair.getPrivate()));
        } catch (JOSEException e) {
            throw new IllegalStateException("a service account token cannot be signed", e);
        }
        return signed.serialize();
    }

    /**
     * The payload of a token with a good signature.
     *
     * @throws InvalidTokenException for any other algorithm, key or signature
     */
    byte[] verify(String token) throws InvalidTokenException {
        try {
            JWSObject signed = JWSObject.parse(token);
            JWSHeader header = signed.getHeader();
            if (!JWSAlgorithm.RS256.equals(header.getAlgorithm())) {
                throw new InvalidTokenException("the token is signed with another algorithm");
            }
            if (header.getKeyID() != null && !keyId.equals(header.getKeyID())) {
                throw new InvalidTokenException("the token is signed with another key");
            }
            if (!signed.verify(new RSASSAVerifier(publicKey))) {
                throw new InvalidTokenException("the token's signature is wrong");
            }
            return signed.getPayload().toBytes();
        } catch (ParseException | JOSEException e) {
            throw new InvalidTokenException("the token cannot be read", e);
        }
    }

    /** The public key as a JWK set, RFC 7517. */
    String keySet() {
        RSAKey key =
                new RSAKey.Builder(publicKey)
                        .keyUse(KeyUse.SIGNATURE)
                        .keyID(keyId)
                        .algorithm(JWSAlgorithm.RS256)
                        .build();
        return new JWKSet(key).toString(true);
    }

    /** Hash of the public key's DER form. Source: pkg/serviceaccount/jwt.go keyIDFromPublicKey. */
    private static String keyId(PublicKey key) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(key.getEncoded());
            return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
