package dev.pilothouse.server.cli;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * Everything that can be set, in the order of the help text. Each is an option {@code --name}, an
 * environment variable {@code PILOTHOUSE_NAME} and a key {@code name} of the configuration file;
 * the earlier wins.
 */
enum Setting {
    DATA_DIR(
            "<directory>",
            "Where the cluster's state, certificates and kubeconfig live.",
            "by operating system"),
    CONFIG(
            "<file>",
            "Configuration file, YAML or properties.",
            "pilothouse.yaml or pilothouse.properties in the data directory"),
    PORT(
            "<port>",
            "TCP port of the API server; 0 for any free one. A port given here must be free.",
            "6443, or a free one when it is taken"),
    BIND(
            "<address>",
            "Address to listen on. Anything but loopback opens the API to the network.",
            "127.0.0.1"),
    MERGE_KUBECONFIG(
            "",
            "Also add the context to the kubeconfig that kubectl uses.",
            "no, only <data-dir>/kubeconfig is written"),
    TOKEN_AUTH_FILE(
            "<file>", "Static bearer tokens: lines of token,user,uid[,\"group1,group2\"].", "none"),
    HISTORY_RETENTION(
            "<time>",
            "How long overwritten and deleted revisions stay readable, such as 12h or 7d.",
            "7d"),
    PROCESS_NODES(
            "<number>",
            "How many nodes run the pods of RuntimeClass host-process as processes of this machine.",
            "1"),
    STOP_PROCESSES(
            "",
            "End the processes of pods when the server is told to end.",
            "no, they go on and are found again"),
    EVICTION_HARD(
            "<thresholds>",
            "When pods that are processes are evicted, in the kubelet's form.",
            "memory.available<100Mi,nodefs.available<512Mi"),
    SIMULATED_NODES(
            "<number>",
            "How many nodes that only pretend to run pods there are at least: sim-1, sim-2 ...",
            "1"),
    SIMULATED_STAGES(
            "<path>",
            "A file or directory of stages that say how simulated pods and nodes behave.",
            "as a kubelet would"),
    LOG_LEVEL("<level>", "error, warn, info, debug or trace.", "info");

    private final String parameter;
    private final String description;
    private final String fallback;

    Setting(String parameter, String description, String fallback) {
        this.parameter = parameter;
        this.description = description;
        this.fallback = fallback;
    }

    /** The key in a configuration file, such as {@code data-dir}. */
    String key() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The command line option, such as {@code --data-dir}. */
    String option() {
        return "--" + key();
    }

    /** The environment variable, such as {@code PILOTHOUSE_DATA_DIR}. */
    String variable() {
        return "PILOTHOUSE_" + name();
    }

    /** The placeholder of the value in help, empty for a switch. */
    String parameter() {
        return parameter;
    }

    /** Whether it is a switch that needs no value. */
    boolean isSwitch() {
        return parameter.isEmpty();
    }

    /** One sentence for the help text. */
    String description() {
        return description;
    }

    /** What holds when it is not set, in words. */
    String fallback() {
        return fallback;
    }

    /** The setting with that key. */
    static Optional<Setting> ofKey(String key) {
        return Arrays.stream(values()).filter(setting -> setting.key().equals(key)).findFirst();
    }
}
