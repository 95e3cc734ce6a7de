package dev.pilothouse.server.cli;

import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/**
 * The commands as picocli knows them. Written as data rather than annotations, which saves the
 * start-up time of reflection.
 */
final class CommandModel {

    static final String PROGRAM = "pilothouse";

    private static final List<Setting> EVERYWHERE =
            List.of(Setting.DATA_DIR, Setting.CONFIG, Setting.LOG_LEVEL);

    /** What can be said of a simulated node, and what it has if nothing is said. */
    static final String[][] CAPACITY = {{"cpu", "8"}, {"memory", "32Gi"}, {"pods", "110"}};

    private CommandModel() {}

    static CommandSpec create() {
        CommandSpec root = command(PROGRAM, "A Kubernetes-compatible cluster in one process.");
        root.addOption(
                OptionSpec.builder("-V", "--version")
                        .versionHelp(true)
                        .description("Print the version and exit.")
                        .build());
        CommandSpec serve =
                command("serve", "Run the API server until SIGINT (Ctrl-C) or SIGTERM ends it.");
        List.of(Setting.values()).forEach(setting -> serve.addOption(option(setting)));
        serve.usageMessage()
                .footer(
                        "",
                        "Every option can also be set by an environment variable, such as"
                                + " PILOTHOUSE_DATA_DIR for --data-dir, or by a key, such as"
                                + " data-dir, in the configuration file. The command line wins over"
                                + " the environment, the environment over the file.");
        root.addSubcommand("serve", serve);
        root.addSubcommand("status", common("status", "Say whether a server runs, and where."));
        root.addSubcommand(
                "backup",
                common("backup", "Write a backup of the cluster, running or not.")
                        .addPositional(file("File to write; it must not exist.")));
        root.addSubcommand(
                "restore",
                common("restore", "Put a backup in place; the server must not run.")
                        .addPositional(file("Backup to read."))
                        .addOption(
                                OptionSpec.builder("--force")
                                        .type(boolean.class)
                                        .description("Replace the cluster that is there.")
                                        .build()));
        root.addSubcommand("simulate", simulate());
        root.addSubcommand("version", command("version", "Print the version."));
        return root;
    }

    private static CommandSpec simulate() {
        CommandSpec nodes =
                common(
                        "nodes",
                        "Make and delete simulated nodes of the running server until there are as"
                                + " many as asked for: sim-1, sim-2 ...");
        nodes.addPositional(
                PositionalParamSpec.builder()
                        .index("0")
                        .arity("1")
                        .type(int.class)
                        .paramLabel("NUMBER")
                        .description("How many there shall be.")
                        .build());
        for (String[] capacity : CAPACITY) {
            nodes.addOption(
                    OptionSpec.builder("--" + capacity[0])
                            .arity("1")
                            .type(String.class)
                            .paramLabel("<quantity>")
                            .description("What new nodes have of it. Default: " + capacity[1] + ".")
                            .build());
        }
        return command("simulate", "Play with simulated nodes.").addSubcommand("nodes", nodes);
    }

    private static CommandSpec common(String name, String description) {
        CommandSpec spec = command(name, description);
        EVERYWHERE.forEach(setting -> spec.addOption(option(setting)));
        return spec;
    }

    private static CommandSpec command(String name, String description) {
        CommandSpec spec = CommandSpec.create().name(name);
        spec.usageMessage().description(description).width(100);
        spec.addOption(
                OptionSpec.builder("-h", "--help")
                        .usageHelp(true)
                        .description("Show this help and exit.")
                        .build());
        return spec;
    }

    private static OptionSpec option(Setting setting) {
        OptionSpec.Builder option = OptionSpec.builder(setting.option());
        option.description(setting.description() + " Default: " + setting.fallback() + ".");
        // A switch is text like the rest: --merge-kubeconfig alone is "true", =false turns it off.
        option.type(String.class)
                .paramLabel(setting.isSwitch() ? "true|false" : setting.parameter());
        if (setting.isSwitch()) {
            option.arity("0..1").fallbackValue("true");
        } else {
            option.arity("1");
        }
        return option.build();
    }

    private static PositionalParamSpec file(String description) {
        return PositionalParamSpec.builder()
                .index("0")
                .arity("1")
                .type(String.class)
                .paramLabel("FILE")
                .description(description)
                .build();
    }
}
