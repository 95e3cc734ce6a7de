package dev.pilothouse.server.cli;

import dev.pilothouse.server.ControlPlaneOptions;
import dev.pilothouse.server.NodeOptions;
import dev.pilothouse.server.kubelet.node.Pressure;
import java.net.InetAddress;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.logging.Level;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The settings of one run: command line over environment over configuration file over default.
 * Values are checked when they are asked for; an error names where the value came from.
 */
final class Settings {

    private static final Pattern TIME = Pattern.compile("(\\d{1,9})(s|m|h|d)");

    /** More simulated nodes than this help nobody. */
    static final int MOST_NODES = 100_000;

    private final Map<Setting, Value> values;
    private final Path dataDirectory;

    /** A value as written and the place it was written, for messages. */
    private record Value(String text, String origin) {}

    private Settings(Map<Setting, Value> values, Path dataDirectory) {
        this.values = values;
        this.dataDirectory = dataDirectory;
    }

    /**
     * Merges the sources; reads the configuration file.
     *
     * @param commandLine options as given
     * @param environment all environment variables
     * @throws UsageException when the configuration file is not usable
     */
    static Settings resolve(
            Map<Setting, String> commandLine, Map<String, String> environment, Path conventional) {
        Map<Setting, Value> values = new EnumMap<>(Setting.class);
        for (Setting setting : Setting.values()) {
            String variable = environment.get(setting.variable());
            if (variable != null && !variable.isBlank()) {
                values.put(setting, new Value(variable.strip(), setting.variable()));
            }
        }
        commandLine.forEach(
                (setting, text) -> values.put(setting, new Value(text, setting.option())));
        addFile(values, conventional);
        Path data = path(values.get(Setting.DATA_DIR));
        return new Settings(values, absolute(data == null ? conventional : data));
    }

    private static void addFile(Map<Setting, Value> values, Path conventional) {
        Path file = path(values.get(Setting.CONFIG));
        boolean named = file != null;
        if (file == null) {
            Path data = path(values.get(Setting.DATA_DIR));
            file = ConfigFile.in(data == null ? conventional : data);
        }
        if (file == null) {
            return;
        }
        Path source = file;
        ConfigFile.read(source)
                .forEach((setting, text) -> {
                    if (setting == Setting.DATA_DIR && !named) {
                        throw new UsageException(
                                source
                                        + ": \"data-dir\" cannot be set by the file in the"
                                        + " data directory; use --config for that");
                    }
                    values.putIfAbsent(setting, new Value(text, source + ": " + setting.key()));
                });
    }

    /** The data directory, absolute. */
    Path dataDirectory() {
        return dataDirectory;
    }

    /** Whether the user's own kubeconfig is to be changed. */
    boolean mergeKubeconfig() {
        return read(Setting.MERGE_KUBECONFIG, false, Settings::truth);
    }

    /** The log level. */
    Level logLevel() {
        return read(Setting.LOG_LEVEL, Level.INFO, Settings::level);
    }

    /**
     * What the control plane is started with.
     *
     * @throws UsageException when a value makes no sense
     */
    ControlPlaneOptions controlPlaneOptions() {
        ControlPlaneOptions defaults = ControlPlaneOptions.defaults(dataDirectory);
        return new ControlPlaneOptions(
                dataDirectory,
                read(Setting.BIND, defaults.bindAddress(), Settings::address),
                read(Setting.PORT, defaults.port(), Settings::port),
                values.containsKey(Setting.PORT),
                path(values.get(Setting.TOKEN_AUTH_FILE)),
                read(Setting.HISTORY_RETENTION, defaults.historyRetention(), Settings::time),
                new NodeOptions(
                        read(Setting.PROCESS_NODES, defaults.nodes().process(), Settings::nodes),
                        read(
                                Setting.SIMULATED_NODES,
                                defaults.nodes().simulated(),
                                Settings::nodes),
                        path(values.get(Setting.SIMULATED_STAGES)),
                        read(
                                Setting.STOP_PROCESSES,
                                defaults.nodes().stopProcesses(),
                                Settings::truth),
                        read(
                                Setting.EVICTION_HARD,
                                defaults.nodes().eviction(),
                                Pressure.Thresholds::parse)));
    }

    private <T> T read(Setting setting, T fallback, Function<String, T> parser) {
        Value value = values.get(setting);
        if (value == null) {
            return fallback;
        }
        try {
            return parser.apply(value.text());
        } catch (IllegalArgumentException e) {
            throw new UsageException(
                    value.origin() + ": \"" + value.text() + "\" is not " + e.getMessage());
        }
    }

    private static @Nullable Path path(@Nullable Value value) {
        if (value == null) {
            return null;
        }
        try {
            return absolute(Path.of(value.text()));
        } catch (InvalidPathException e) {
            throw new UsageException(value.origin() + ": \"" + value.text() + "\" is not a path");
        }
    }

    private static Path absolute(Path path) {
        return path.toAbsolutePath().normalize();
    }

    private static boolean truth(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "true", "yes", "on", "1" -> true;
            case "false", "no", "off", "0" -> false;
            default -> throw new IllegalArgumentException("true or false");
        };
    }

    private static int port(String text) {
        try {
            int port = Integer.parseInt(text);
            if (port >= 0 && port <= 65535) {
                return port;
            }
        } catch (NumberFormatException e) {
            // Same answer as for a number out of range.
        }
        throw new IllegalArgumentException("a port between 0 and 65535");
    }

    private static int nodes(String text) {
        try {
            int number = Integer.parseInt(text);
            if (number >= 0 && number <= MOST_NODES) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Same answer as for a number out of range.
        }
        throw new IllegalArgumentException("a number between 0 and " + MOST_NODES);
    }

    private static InetAddress address(String text) {
        try {
            return InetAddress.ofLiteral(text.equals("localhost") ? "127.0.0.1" : text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("an IP address", e);
        }
    }

    private static Duration time(String text) {
        Matcher matcher = TIME.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("a time such as 90s, 30m, 12h or 7d");
        }
        long amount = Long.parseLong(matcher.group(1));
        return switch (matcher.group(2)) {
            case "s" -> Duration.ofSeconds(amount);
            case "m" -> Duration.ofMinutes(amount);
            case "h" -> Duration.ofHours(amount);
            default -> Duration.ofDays(amount);
        };
    }

    private static Level level(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "error" -> Level.SEVERE;
            case "warn", "warning" -> Level.WARNING;
            case "info" -> Level.INFO;
            case "debug" -> Level.FINE;
            case "trace" -> Level.FINEST;
            default -> throw new IllegalArgumentException("one of error, warn, info, debug, trace");
        };
    }
}
