package dev.pilothouse.server.cli;

import dev.pilothouse.model.meta.Quantity;
import dev.pilothouse.server.ControlPlaneLauncher;
import dev.pilothouse.server.StoreTool;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/**
 * The command line. Exit codes: 0 done, 1 failed with one sentence on stderr, 2 used wrongly.
 *
 * @param launcher starts the control plane for {@code serve}
 * @param storeTool works on the store's files when no server runs
 * @param environment the environment variables
 * @param conventional the data directory when none is given
 * @param out where answers go
 * @param err where failures go
 */
public record Cli(
        ControlPlaneLauncher launcher,
        StoreTool storeTool,
        Map<String, String> environment,
        Path conventional,
        PrintStream out,
        PrintStream err) {

    /** The command line of this process. */
    public static Cli ofProcess(ControlPlaneLauncher launcher, StoreTool storeTool) {
        Path conventional = ProcessSettings.conventionalDataDirectory();
        return new Cli(launcher, storeTool, System.getenv(), conventional, System.out, System.err);
    }

    /**
     * Runs one command to its end. {@code serve} returns when the process is told to end.
     *
     * @return the exit code
     */
    public int run(String... arguments) {
        Map<Setting, String> plain = PlainServe.parse(arguments);
        if (plain != null) {
            return guarded("serve", () -> serve(plain));
        }
        CommandSpec root = CommandModel.create();
        var parser = new CommandLine(root).setCaseInsensitiveEnumValuesAllowed(true);
        ParseResult parsed;
        try {
            parsed = parser.parseArgs(arguments);
        } catch (ParameterException e) {
            return misuse(String.valueOf(e.getMessage()), e.getCommandLine().getCommandName());
        }
        ParseResult command = parsed;
        while (command.hasSubcommand()) {
            command = command.subcommand();
        }
        if (command.isUsageHelpRequested()) {
            command.commandSpec().commandLine().usage(out);
            return 0;
        }
        if (parsed.isVersionHelpRequested()) {
            out.println(Version.line());
            return 0;
        }
        if (!parsed.hasSubcommand()) {
            parser.usage(err);
            return 2;
        }
        ParseResult chosen = command;
        String name = command.commandSpec().name();
        return guarded(name, () -> execute(name, chosen));
    }

    /** A command that runs to its exit code. */
    @FunctionalInterface
    private interface Command {
        int run() throws IOException, InterruptedException;
    }

    private int guarded(String name, Command command) {
        try {
            return command.run();
        } catch (UsageException e) {
            return misuse(String.valueOf(e.getMessage()), name);
        } catch (IOException e) {
            err.println("pilothouse: " + sentence(e));
            return 1;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            err.println("pilothouse: interrupted");
            return 1;
        }
    }

    private int execute(String name, ParseResult command) throws IOException, InterruptedException {
        if (name.equals("version")) {
            out.println(Version.line());
            return 0;
        }
        if (name.equals("serve")) {
            return serve(given(command));
        }
        Settings settings = Settings.resolve(given(command), environment, conventional);
        Logging.configure(settings.logLevel());
        var store = new StoreCommands(storeTool, out);
        return switch (name) {
            case "status" -> new StatusCommand(out, err).run(settings.dataDirectory());
            case "nodes" -> simulateNodes(settings, command);
            case "simulate" ->
                    throw new UsageException("simulate what? Try: pilothouse simulate nodes 10");
            case "backup" -> store.backup(settings.dataDirectory(), file(command));
            case "restore" ->
                    store.restore(
                            file(command),
                            settings.dataDirectory(),
                            command.hasMatchedOption("--force"));
            default -> throw new UsageException("unknown command " + name);
        };
    }

    private int simulateNodes(Settings settings, ParseResult command)
            throws IOException, InterruptedException {
        int number = command.matchedPositionalValue(0, 0);
        if (number < 0 || number > Settings.MOST_NODES) {
            throw new UsageException(
                    "the number of nodes must be between 0 and " + Settings.MOST_NODES);
        }
        Map<String, String> capacity = new LinkedHashMap<>();
        for (String[] known : CommandModel.CAPACITY) {
            String quantity = command.matchedOptionValue("--" + known[0], known[1]);
            if (!Quantity.isValid(quantity)) {
                throw new UsageException(
                        "--" + known[0] + ": \"" + quantity + "\" is not a quantity");
            }
            capacity.put(known[0], quantity);
        }
        return new SimulateCommand(out, err).run(settings.dataDirectory(), number, capacity);
    }

    private int serve(Map<Setting, String> given) throws IOException, InterruptedException {
        Settings settings = Settings.resolve(given, environment, conventional);
        Logging.configure(settings.logLevel());
        return new ServeCommand(launcher, environment, out).run(settings);
    }

    private static Path file(ParseResult command) {
        return Path.of(command.matchedPositionalValue(0, "")).toAbsolutePath().normalize();
    }

    static Map<Setting, String> given(ParseResult command) {
        Map<Setting, String> given = new EnumMap<>(Setting.class);
        for (Setting setting : Setting.values()) {
            if (command.hasMatchedOption(setting.option())) {
                given.put(
                        setting,
                        String.valueOf((Object) command.matchedOptionValue(setting.option(), "")));
            }
        }
        return given;
    }

    private int misuse(String sentence, String command) {
        String help = command.equals(CommandModel.PROGRAM) ? "" : " " + command;
        err.println("pilothouse: " + sentence);
        err.println("Try: pilothouse" + help + " --help");
        return 2;
    }

    private static String sentence(IOException e) {
        String message = e.getMessage();
        // The JDK's file exceptions carry the bare path as their message.
        if (message == null || e instanceof FileSystemException) {
            return e.getClass().getSimpleName().replace("Exception", "") + ": " + message;
        }
        return message;
    }
}
