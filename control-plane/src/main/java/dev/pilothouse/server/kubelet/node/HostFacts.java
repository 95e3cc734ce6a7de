package dev.pilothouse.server.kubelet.node;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/**
 * The host that a node is on.
 *
 * @param directory where the node's files are: its file system is the node's
 */
public record HostFacts(Path directory) {

    private static final OperatingSystemMXBean SYSTEM =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    /**
     * What a file system holds.
     *
     * @param total bytes in all
     * @param available bytes left
     */
    public record Disk(long total, long available) {}

    /** Processors. */
    public int cpus() {
        return Runtime.getRuntime().availableProcessors();
    }

    /** Bytes of memory in all. */
    public long memory() {
        return SYSTEM.getTotalMemorySize();
    }

    /** Bytes of memory that can be had without harm. */
    public long availableMemory() {
        try {
            for (String line : Files.readAllLines(Path.of("/proc/meminfo"))) {
                if (line.startsWith("MemAvailable:")) {
                    return Long.parseLong(line.replaceAll("[^0-9]", "")) * 1024;
                }
            }
        } catch (IOException e) {
            // Not Linux.
            return SYSTEM.getFreeMemorySize();
        }
        return SYSTEM.getFreeMemorySize();
    }

    /** Share of all processors that is in use, from 0 to 1. */
    public double cpuLoad() {
        return Math.max(0, SYSTEM.getCpuLoad());
    }

    /** The file system of the node. */
    public Disk disk() throws IOException {
        FileStore store = Files.getFileStore(directory);
        return new Disk(store.getTotalSpace(), store.getUsableSpace());
    }

    /** {@code linux}, {@code darwin} or {@code windows}. */
    public String os() {
        String name = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
        if (name.startsWith("mac")) {
            return "darwin";
        }
        return name.startsWith("windows") ? "windows" : "linux";
    }

    /** As Go names it. */
    public String architecture() {
        return switch (System.getProperty("os.arch", "")) {
            case "aarch64" -> "arm64";
            case "x86_64" -> "amd64";
            case String other -> other;
        };
    }

    /** The system in words. */
    public String osImage() {
        try {
            for (String line : Files.readAllLines(Path.of("/etc/os-release"))) {
                if (line.startsWith("PRETTY_NAME=")) {
                    return line.substring("PRETTY_NAME=".length()).replace("\"", "");
                }
            }
        } catch (IOException e) {
            return system();
        }
        return system();
    }

    private static String system() {
        return System.getProperty("os.name", "") + " " + kernel();
    }

    /** The kernel's version. */
    public static String kernel() {
        return System.getProperty("os.version", "");
    }

    /** An id of the machine or of its present run, or empty when the system has none. */
    public static String id(String file) {
        try {
            return Files.readString(Path.of(file)).strip();
        } catch (IOException e) {
            return "";
        }
    }

    /**
     * The address by which others on the network would find the host; loopback when there is none.
     */
    public static String address() {
        try {
            Optional<String> found =
                    NetworkInterface.networkInterfaces()
                            .filter(HostFacts::isUsable)
                            .sorted((one, other) ->
                                    Integer.compare(one.getIndex(), other.getIndex()))
                            .flatMap(NetworkInterface::inetAddresses)
                            .filter(Inet4Address.class::isInstance)
                            .filter(address -> !address.isLinkLocalAddress())
                            .map(InetAddress::getHostAddress)
                            .findFirst();
            return found.orElse("127.0.0.1");
        } catch (SocketException e) {
            return "127.0.0.1";
        }
    }

    private static boolean isUsable(NetworkInterface each) {
        try {
            return each.isUp() && !each.isLoopback() && !each.isPointToPoint();
        } catch (SocketException e) {
            return false;
        }
    }
}
