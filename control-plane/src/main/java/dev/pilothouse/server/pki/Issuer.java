package dev.pilothouse.server.pki;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;

/** The cluster's certificate authority: its certificate and the key that signs. */
record Issuer(X509Certificate certificate, PrivateKey key) {}
