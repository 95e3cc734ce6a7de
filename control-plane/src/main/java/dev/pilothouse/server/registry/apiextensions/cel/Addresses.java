package dev.pilothouse.server.registry.apiextensions.cel;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** IP addresses and ranges of them as Go's netip reads and writes them. */
final class Addresses {

    private static final Pattern V4 = Pattern.compile("(0|[1-9]\\d{0,2})(\\.(0|[1-9]\\d{0,2})){3}");
    private static final Pattern V6 = Pattern.compile("[0-9a-fA-F:.]*:[0-9a-fA-F:.]*");
    private static final Pattern LENGTH = Pattern.compile("0|[1-9]\\d{0,2}");

    private Addresses() {}

    /**
     * A range of addresses.
     *
     * @param address an address in it, with all its bits
     * @param length how many bits all its addresses share
     */
    record Range(InetAddress address, int length) {

        boolean contains(InetAddress other) {
            byte[] mine = address.getAddress();
            byte[] theirs = other.getAddress();
            return mine.length == theirs.length
                    && java.util.Arrays.equals(masked(mine), masked(theirs));
        }

        boolean contains(Range other) {
            return other.length >= length && contains(other.address);
        }

        Range masked() {
            return new Range(of(masked(address.getAddress())), length);
        }

        private byte[] masked(byte[] bytes) {
            byte[] result = bytes.clone();
            for (int i = 0; i < result.length; i++) {
                int bits = Math.clamp(length - i * 8L, 0, 8);
                result[i] &= (byte) (0xff << (8 - bits));
            }
            return result;
        }

        @Override
        public String toString() {
            return Addresses.text(address) + "/" + length;
        }
    }

    static @Nullable InetAddress parse(String text) {
        if (!V4.matcher(text).matches() && !V6.matcher(text).matches()) {
            return null;
        }
        try {
            InetAddress address = InetAddress.ofLiteral(text);
            boolean mapped = address instanceof Inet4Address && text.indexOf(':') >= 0;
            return mapped ? null : address;
        } catch (IllegalArgumentException _) {
            return null;
        }
    }

    static @Nullable Range parseRange(String text) {
        int slash = text.indexOf('/');
        if (slash < 0 || !LENGTH.matcher(text.substring(slash + 1)).matches()) {
            return null;
        }
        InetAddress address = parse(text.substring(0, slash));
        int length = Integer.parseInt(text.substring(slash + 1));
        return address == null || length > address.getAddress().length * 8
                ? null
                : new Range(address, length);
    }

    private static InetAddress of(byte[] bytes) {
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The canonical text: lower case, the longest run of zeros left out. */
    static String text(InetAddress address) {
        if (!(address instanceof Inet6Address)) {
            return address.getHostAddress();
        }
        byte[] bytes = address.getAddress();
        List<String> groups = new ArrayList<>();
        for (int i = 0; i < 16; i += 2) {
            groups.add(Integer.toHexString((bytes[i] & 0xff) << 8 | bytes[i + 1] & 0xff));
        }
        int start = 0;
        int longest = 0;
        for (int i = 0; i < 8; i++) {
            int run = 0;
            while (i + run < 8 && groups.get(i + run).equals("0")) {
                run++;
            }
            if (run > longest) {
                start = i;
                longest = run;
            }
        }
        return longest < 2
                ? String.join(":", groups)
                : String.join(":", groups.subList(0, start))
                        + "::"
                        + String.join(":", groups.subList(start + longest, 8));
    }
}
