package dev.pilothouse.server.registry.validation;

import dev.pilothouse.model.json.Json;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * IP addresses and networks, in the words of apimachinery's util/validation. Never resolves names.
 */
public final class Addresses {

    private static final Pattern V4 =
            Pattern.compile("((25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)(\\.(?!$)|$)){4}");
    private static final Pattern V6_CHARACTERS = Pattern.compile("[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*");
    private static final List<String> BAD_IP =
            List.of("must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)");
    private static final List<String> BAD_CIDR =
            List.of("must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)");

    private Addresses() {}

    /** The bytes of an address, 4 or 16, or null when it is not an IP address. */
    @SuppressWarnings("AddressSelection") // only literals come here, nothing is resolved
    public static @Nullable InetAddress parse(String value) {
        boolean v4 = V4.matcher(value).matches();
        if (!v4 && !V6_CHARACTERS.matcher(value).matches()) {
            return null;
        }
        try {
            return InetAddress.getByName(value);
        } catch (UnknownHostException notAnAddress) {
            return null;
        }
    }

    /** Whether a text is an IPv4 address. */
    public static boolean isV4(String value) {
        return V4.matcher(value).matches();
    }

    /** Complaints about an IP address. */
    public static List<String> ip(String value) {
        return parse(value) == null ? BAD_IP : List.of();
    }

    /** Complaints about a network such as {@code 10.0.0.0/8}. */
    public static List<String> cidr(String value) {
        int slash = value.indexOf('/');
        if (slash < 0) {
            return BAD_CIDR;
        }
        InetAddress address = parse(value.substring(0, slash));
        int bits = prefix(value.substring(slash + 1));
        return address == null || bits < 0 || bits > address.getAddress().length * 8
                ? BAD_CIDR
                : List.of();
    }

    /** Whether a network contains an address or another network. Both must be valid. */
    public static boolean contains(String network, String inner) {
        int slash = network.indexOf('/');
        InetAddress outer = parse(network.substring(0, slash));
        int innerSlash = inner.indexOf('/');
        InetAddress address = parse(innerSlash < 0 ? inner : inner.substring(0, innerSlash));
        if (outer == null || address == null) {
            return false;
        }
        byte[] a = outer.getAddress();
        byte[] b = address.getAddress();
        int bits = prefix(network.substring(slash + 1));
        if (a.length != b.length
                || innerSlash >= 0 && prefix(inner.substring(innerSlash + 1)) < bits) {
            return false;
        }
        int shift = a.length * 8 - bits;
        return new BigInteger(1, a)
                .shiftRight(shift)
                .equals(new BigInteger(1, b).shiftRight(shift));
    }

    /** Complaints about an address that no endpoint or external address may have. */
    public static List<String> notSpecial(String value) {
        InetAddress address = parse(value);
        if (address == null) {
            return List.of("must be a valid IP address");
        }
        List<String> complaints = new ArrayList<>();
        if (address.isAnyLocalAddress()) {
            complaints.add("may not be unspecified (" + value + ")");
        }
        if (address.isLoopbackAddress()) {
            complaints.add("may not be in the loopback range (127.0.0.0/8, ::1/128)");
        }
        if (address.isLinkLocalAddress()) {
            complaints.add("may not be in the link-local range (169.254.0.0/16, fe80::/10)");
        }
        if (address.isMCLinkLocal()
                || address.getAddress().length == 4 && contains("224.0.0.0/24", value)) {
            complaints.add(
                    "may not be in the link-local multicast range (224.0.0.0/24, ff02::/10)");
        }
        return complaints;
    }

    /**
     * As {@link #notSpecial}, for an address of endpoints. Unlike in Kubernetes it may be a
     * loopback address when it is that of a pod: pods that are processes of the host have no other.
     *
     * @param owner holds the reference to the pod
     */
    public static List<String> ofEndpoint(String value, ObjectNode owner) {
        if (Json.text(owner, "targetRef", "kind").equals("Pod")
                && parse(value) instanceof InetAddress address
                && address.isLoopbackAddress()) {
            return List.of();
        }
        return notSpecial(value);
    }

    private static int prefix(String text) {
        if (text.isEmpty() || text.length() > 3 || !text.chars().allMatch(Character::isDigit)) {
            return -1;
        }
        return text.length() > 1 && text.startsWith("0") ? -1 : Integer.parseInt(text);
    }
}
