package dev.pilothouse.server.kubelet.runtime.process;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * What a container's process sees of the environment of this program: what programs need to work at
 * all, and nothing that may be secret.
 */
final class HostEnvironment {

    private static final Set<String> NAMES =
            Set.of(
                    "PATH",
                    "HOME",
                    "USER",
                    "LOGNAME",
                    "SHELL",
                    "LANG",
                    "TZ",
                    "TMPDIR",
                    "JAVA_HOME",
                    "SYSTEMROOT",
                    "SYSTEMDRIVE",
                    "WINDIR",
                    "COMSPEC",
                    "PATHEXT",
                    "TEMP",
                    "TMP",
                    "USERPROFILE",
                    "USERNAME",
                    "APPDATA",
                    "LOCALAPPDATA",
                    "PROGRAMDATA",
                    "PROGRAMFILES",
                    "PROGRAMFILES(X86)",
                    "NUMBER_OF_PROCESSORS",
                    "PROCESSOR_ARCHITECTURE");

    private static final String DEFAULT_PATH =
            "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

    private HostEnvironment() {}

    static Map<String, String> of(Map<String, String> environment) {
        Map<String, String> chosen = new LinkedHashMap<>();
        environment.forEach((name, value) -> {
            String upper = name.toUpperCase(Locale.ROOT);
            if (NAMES.contains(upper) || upper.startsWith("LC_")) {
                chosen.put(name, value);
            }
        });
        if (!CommandLine.isWindows()) {
            chosen.putIfAbsent("PATH", DEFAULT_PATH);
        }
        return chosen;
    }
}
