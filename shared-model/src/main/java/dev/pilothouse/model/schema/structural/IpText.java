package dev.pilothouse.model.schema.structural;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;

/** IP addresses and networks in their strict text forms. */
final class IpText {

    private IpText() {}

    static boolean isV4(String text) {
        String[] parts = text.split("\\.", -1);
        if (parts.length != 4) {
            return false;
        }
        for (String part : parts) {
            boolean digits =
                    !part.isEmpty()
                            && part.length() <= 3
                            && part.chars().allMatch(c -> c >= '0' && c <= '9');
            if (!digits
                    || (part.length() > 1 && part.charAt(0) == '0')
                    || Integer.parseInt(part) > 255) {
                return false;
            }
        }
        return true;
    }

    static boolean isV6(String text) {
        if (text.indexOf(':') < 0
                || !text.chars()
                        .allMatch(c -> c == ':' || c == '.' || Character.digit(c, 16) >= 0)) {
            return false;
        }
        try {
            // A mapped IPv4 address is an Inet4Address to Java, but IPv6 text all the same.
            InetAddress address = InetAddress.ofLiteral(text);
            return address instanceof Inet6Address || address instanceof Inet4Address;
        } catch (IllegalArgumentException _) {
            return false;
        }
    }

    static boolean isCidr(String text) {
        int slash = text.indexOf('/');
        if (slash < 0) {
            return false;
        }
        String address = text.substring(0, slash);
        String length = text.substring(slash + 1);
        boolean v4 = isV4(address);
        if (!v4 && !isV6(address)) {
            return false;
        }
        return !length.isEmpty()
                && length.length() <= 3
                && length.chars().allMatch(c -> c >= '0' && c <= '9')
                && (length.length() == 1 || length.charAt(0) != '0')
                && Integer.parseInt(length) <= (v4 ? 32 : 128);
    }
}
