package dev.pilothouse.server.cli;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads a faultless {@code serve} command line without picocli, whose classes would take a sixth of
 * the start-up time. Anything else is left to picocli, which knows help and error messages.
 */
final class PlainServe {

    private PlainServe() {}

    /** The options given, or null when the line is not plainly right. */
    static @Nullable Map<Setting, String> parse(String... arguments) {
        if (arguments.length == 0 || !arguments[0].equals("serve")) {
            return null;
        }
        Map<Setting, String> given = new EnumMap<>(Setting.class);
        for (int i = 1; i < arguments.length; i++) {
            String argument = arguments[i];
            int equals = argument.indexOf('=');
            String name = equals < 0 ? argument : argument.substring(0, equals);
            Optional<Setting> setting =
                    name.startsWith("--") ? Setting.ofKey(name.substring(2)) : Optional.empty();
            if (setting.isEmpty() || given.containsKey(setting.get())) {
                return null;
            }
            if (equals >= 0) {
                given.put(setting.get(), argument.substring(equals + 1));
            } else if (!setting.get().isSwitch()
                    && i + 1 < arguments.length
                    && !arguments[i + 1].startsWith("-")) {
                given.put(setting.get(), arguments[++i]);
            } else if (setting.get().isSwitch()
                    && (i + 1 == arguments.length || arguments[i + 1].startsWith("--"))) {
                given.put(setting.get(), "true");
            } else {
                return null;
            }
        }
        return given;
    }
}
