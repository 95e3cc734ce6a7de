package dev.pilothouse.server.registry.apiextensions.cel;

import dev.cel.common.types.OpaqueType;
import dev.cel.common.types.SimpleType;
import dev.pilothouse.server.registry.apiextensions.cel.Addresses.Range;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.List;
import java.util.function.Predicate;

/** IP addresses and ranges. */
@SuppressWarnings("Immutable") // What the functions hold never changes.
final class AddressFunctions {

    private static final OpaqueType IP = OpaqueType.create("net.IP");
    private static final OpaqueType CIDR = OpaqueType.create("net.CIDR");

    private AddressFunctions() {}

    static List<Function> all() {
        return List.of(
                Function.global("ip", IP, SimpleType.STRING, String.class, AddressFunctions::ip),
                Function.global(
                        "isIP",
                        SimpleType.BOOL,
                        SimpleType.STRING,
                        String.class,
                        text -> Addresses.parse(text) != null),
                Function.global(
                        "ip.isCanonical",
                        SimpleType.BOOL,
                        SimpleType.STRING,
                        String.class,
                        text -> Addresses.text(ip(text)).equals(text)),
                Function.global(
                        "string", SimpleType.STRING, IP, InetAddress.class, Addresses::text),
                Function.member(
                        "family",
                        SimpleType.INT,
                        IP,
                        InetAddress.class,
                        ip -> ip instanceof Inet4Address ? 4L : 6L),
                is("isUnspecified", InetAddress::isAnyLocalAddress),
                is("isLoopback", InetAddress::isLoopbackAddress),
                is("isLinkLocalMulticast", AddressFunctions::isLinkLocalMulticast),
                is("isLinkLocalUnicast", InetAddress::isLinkLocalAddress),
                is("isGlobalUnicast", AddressFunctions::isGlobalUnicast),
                Function.global(
                        "cidr", CIDR, SimpleType.STRING, String.class, AddressFunctions::cidr),
                Function.global(
                        "isCIDR",
                        SimpleType.BOOL,
                        SimpleType.STRING,
                        String.class,
                        text -> Addresses.parseRange(text) != null),
                Function.global("string", SimpleType.STRING, CIDR, Range.class, Range::toString),
                Function.member("ip", IP, CIDR, Range.class, Range::address),
                Function.member("masked", CIDR, CIDR, Range.class, Range::masked),
                Function.member(
                        "prefixLength",
                        SimpleType.INT,
                        CIDR,
                        Range.class,
                        range -> (long) range.length()),
                Function.member(
                        "containsIP",
                        SimpleType.BOOL,
                        CIDR,
                        Range.class,
                        SimpleType.STRING,
                        String.class,
                        (range, text) -> range.contains(ip(text))),
                Function.member(
                        "containsIP",
                        SimpleType.BOOL,
                        CIDR,
                        Range.class,
                        IP,
                        InetAddress.class,
                        (range, ip) -> range.contains(ip)),
                Function.member(
                        "containsCIDR",
                        SimpleType.BOOL,
                        CIDR,
                        Range.class,
                        SimpleType.STRING,
                        String.class,
                        (range, text) -> range.contains(cidr(text))),
                Function.member(
                        "containsCIDR",
                        SimpleType.BOOL,
                        CIDR,
                        Range.class,
                        CIDR,
                        Range.class,
                        (range, other) -> range.contains(other)));
    }

    private static Function is(String name, Predicate<InetAddress> property) {
        return Function.member(name, SimpleType.BOOL, IP, InetAddress.class, property::test);
    }

    private static boolean isLinkLocalMulticast(InetAddress ip) {
        byte[] bytes = ip.getAddress();
        return ip instanceof Inet4Address
                ? (bytes[0] & 0xff) == 224 && bytes[1] == 0 && bytes[2] == 0
                : ip.isMCLinkLocal();
    }

    private static boolean isGlobalUnicast(InetAddress ip) {
        boolean broadcast =
                ip instanceof Inet4Address && Addresses.text(ip).equals("255.255.255.255");
        return !broadcast
                && !ip.isAnyLocalAddress()
                && !ip.isLoopbackAddress()
                && !ip.isMulticastAddress()
                && !ip.isLinkLocalAddress();
    }

    private static InetAddress ip(String text) {
        InetAddress ip = Addresses.parse(text);
        if (ip == null) {
            throw new IllegalArgumentException(
                    "IP Address '"
                            + text
                            + "' parse error during conversion from string: ParseAddr(\""
                            + text
                            + "\"): unable to parse IP");
        }
        return ip;
    }

    private static Range cidr(String text) {
        Range range = Addresses.parseRange(text);
        if (range == null) {
            throw new IllegalArgumentException(
                    "network address parse error during conversion from string: network address '"
                            + text
                            + "' is not valid");
        }
        return range;
    }
}
