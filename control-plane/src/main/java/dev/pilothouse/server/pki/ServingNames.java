package dev.pilothouse.server.pki;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * The names and addresses under which clients reach the server; the subject alternative names of
 * the serving certificate.
 *
 * @param dnsNames host names, lower case, sorted
 * @param addresses IP addresses as the JDK writes them, sorted
 */
public record ServingNames(Set<String> dnsNames, Set<String> addresses) {

    private static final Pattern DNS_NAME =
            Pattern.compile("[a-z0-9]([-a-z0-9]{0,62})(\\.[a-z0-9]([-a-z0-9]{0,62}))*");

    private static final List<String> ALWAYS =
            List.of(
                    "localhost",
                    "kubernetes",
                    "kubernetes.default",
                    "kubernetes.default.svc",
                    "kubernetes.default.svc.cluster.local",
                    // How containers reach the host: Docker Desktop, Podman, Lima.
                    "host.docker.internal",
                    "host.containers.internal",
                    "host.lima.internal");

    /** Loopback, and the first address of the Service range, which is the API server's own. */
    private static final List<String> ALWAYS_ADDRESSES = List.of("127.0.0.1", "::1", "10.96.0.1");

    private static final int SAN_DNS = 2;
    private static final int SAN_IP = 7;

    public ServingNames {
        dnsNames = Set.copyOf(dnsNames);
        addresses = Set.copyOf(addresses);
    }

    /**
     * The usual names, this host's name and the address listened on.
     *
     * @param bindAddress the address listened on; a wildcard adds nothing
     */
    public static ServingNames forHost(InetAddress bindAddress) {
        return of(hostName(), bindAddress);
    }

    /** As {@link #forHost} with the host name given; a name that is not DNS-safe is left out. */
    static ServingNames of(String hostName, InetAddress bindAddress) {
        Set<String> names = new TreeSet<>(ALWAYS);
        String host = hostName.strip().toLowerCase(Locale.ROOT);
        if (DNS_NAME.matcher(host).matches()) {
            names.add(host);
        }
        Set<String> addresses = new TreeSet<>();
        ALWAYS_ADDRESSES.forEach(address -> addresses.add(canonical(address)));
        if (!bindAddress.isAnyLocalAddress()) {
            addresses.add(canonical(bindAddress.getHostAddress()));
        }
        return new ServingNames(names, addresses);
    }

    /** Whether a certificate is valid for all of these names. */
    boolean coveredBy(X509Certificate certificate) throws CertificateParsingException {
        Collection<List<?>> entries = certificate.getSubjectAlternativeNames();
        if (entries == null) {
            return false;
        }
        Set<String> names = new TreeSet<>();
        Set<String> ips = new TreeSet<>();
        for (List<?> entry : entries) {
            if (entry.get(0).equals(SAN_DNS)) {
                names.add(entry.get(1).toString());
            } else if (entry.get(0).equals(SAN_IP)) {
                ips.add(canonical(entry.get(1).toString()));
            }
        }
        return names.containsAll(dnsNames) && ips.containsAll(addresses);
    }

    private static String canonical(String address) {
        String text = InetAddress.ofLiteral(address).getHostAddress();
        int scope = text.indexOf('%');
        return scope < 0 ? text : text.substring(0, scope);
    }

    /** The host's own name without asking DNS, which can take seconds on a laptop. */
    private static String hostName() {
        for (String variable : List.of("HOSTNAME", "COMPUTERNAME")) {
            String name = System.getenv(variable);
            if (name != null && !name.isBlank()) {
                return name;
            }
        }
        try {
            return Files.readString(Path.of("/etc/hostname"));
        } catch (IOException e) {
            return "";
        }
    }
}
