package dev.pilothouse.server.pki;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * Makes keys and certificates. The only class that touches BouncyCastle: it is loaded when
 * something has to be made, never on an ordinary start.
 */
final class CertificateMaker {

    private static final Duration CA_LIFE = Duration.ofDays(3650);
    private static final Duration LEAF_LIFE = Duration.ofDays(365);

    /** A certificate must be valid on a machine whose clock is a little behind. */
    private static final Duration CLOCK_SKEW = Duration.ofMinutes(5);

    private final SecureRandom random = new SecureRandom();
    private final Instant now;

    CertificateMaker(Instant now) {
        this.now = now;
    }

    /** A key on P-256: small, and its signatures are the cheapest TLS offers everywhere. */
    KeyPair ecKey() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"), random);
        return generator.generateKeyPair();
    }

    /** An RSA key, for clients that read no other kind without more libraries. */
    KeyPair rsaKey() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048, random);
        return generator.generateKeyPair();
    }

    /** An RSA key as PKCS#1 bytes, the form Kubernetes' own tools write. */
    static byte[] pkcs1(PrivateKey key) throws IOException {
        return PrivateKeyInfo.getInstance(key.getEncoded())
                .parsePrivateKey()
                .toASN1Primitive()
                .getEncoded();
    }

    X509Certificate authority(String name, KeyPair key)
            throws GeneralSecurityException, IOException {
        X500Name subject = new X500NameBuilder().addRDN(BCStyle.CN, name).build();
        X509v3CertificateBuilder builder = builder(subject, subject, key.getPublic(), CA_LIFE);
        builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(0));
        builder.addExtension(
                Extension.keyUsage,
                true,
                new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign | KeyUsage.digitalSignature));
        builder.addExtension(
                Extension.subjectKeyIdentifier,
                false,
                new JcaX509ExtensionUtils().createSubjectKeyIdentifier(key.getPublic()));
        return sign(builder, key.getPrivate());
    }

    X509Certificate serving(ServingNames names, PublicKey key, Issuer issuer)
            throws GeneralSecurityException, IOException {
        X500Name subject = new X500NameBuilder().addRDN(BCStyle.CN, "kube-apiserver").build();
        List<GeneralName> san = new ArrayList<>();
        names.dnsNames().stream()
                .sorted()
                .forEach(name -> san.add(new GeneralName(GeneralName.dNSName, name)));
        names.addresses().stream()
                .sorted()
                .forEach(address -> san.add(new GeneralName(GeneralName.iPAddress, address)));
        X509v3CertificateBuilder builder =
                leaf(subject, key, issuer, KeyPurposeId.id_kp_serverAuth);
        builder.addExtension(
                Extension.subjectAlternativeName,
                false,
                new GeneralNames(san.toArray(new GeneralName[0])));
        return sign(builder, issuer.key());
    }

    X509Certificate client(String user, String group, PublicKey key, Issuer issuer)
            throws GeneralSecurityException, IOException {
        X500Name subject =
                new X500NameBuilder().addRDN(BCStyle.O, group).addRDN(BCStyle.CN, user).build();
        return sign(leaf(subject, key, issuer, KeyPurposeId.id_kp_clientAuth), issuer.key());
    }

    private X509v3CertificateBuilder leaf(
            X500Name subject, PublicKey key, Issuer issuer, KeyPurposeId purpose)
            throws GeneralSecurityException, IOException {
        X500Name from =
                X500Name.getInstance(issuer.certificate().getSubjectX500Principal().getEncoded());
        X509v3CertificateBuilder builder = builder(from, subject, key, LEAF_LIFE);
        int usage = KeyUsage.digitalSignature;
        if (key.getAlgorithm().equals("RSA")) {
            usage |= KeyUsage.keyEncipherment;
        }
        builder.addExtension(Extension.keyUsage, true, new KeyUsage(usage));
        builder.addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(purpose));
        builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
        builder.addExtension(
                Extension.authorityKeyIdentifier,
                false,
                new JcaX509ExtensionUtils()
                        .createAuthorityKeyIdentifier(issuer.certificate().getPublicKey()));
        return builder;
    }

    private X509v3CertificateBuilder builder(
            X500Name issuer, X500Name subject, PublicKey key, Duration life) {
        return new JcaX509v3CertificateBuilder(
                issuer,
                new BigInteger(159, random).setBit(158),
                Date.from(now.minus(CLOCK_SKEW)),
                Date.from(now.plus(life)),
                subject,
                key);
    }

    private X509Certificate sign(X509v3CertificateBuilder builder, PrivateKey key)
            throws GeneralSecurityException {
        try {
            return new JcaX509CertificateConverter()
                    .getCertificate(
                            builder.build(
                                    new JcaContentSignerBuilder("SHA256withECDSA").build(key)));
        } catch (OperatorCreationException e) {
            throw new GeneralSecurityException(e);
        }
    }
}
