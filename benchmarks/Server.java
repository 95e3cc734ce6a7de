import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A server process, run by the script as a user would. */
final class Server {

    private static final Pattern TOTAL = Pattern.compile("(?m)^Total +\\d+ +(\\d+)");

    private final Process process;
    private final String url;

    /**
     * Starts one and waits until it says that it is ready.
     *
     * @param options more options of the JVM
     * @param arguments more arguments of {@code serve}
     */
    Server(String script, Path directory, String options, String... arguments) throws IOException {
        this(List.of(script), directory, options, arguments);
    }

    /**
     * As above.
     *
     * @param program what {@code serve} and its arguments are given to
     */
    Server(List<String> program, Path directory, String options, String... arguments)
            throws IOException {
        List<String> command = new ArrayList<>(program);
        command.addAll(
                List.of(
                        "serve",
                        "--data-dir",
                        directory.toString(),
                        "--port",
                        "0",
                        "--token-auth-file",
                        tokens(directory).toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().merge("PILOTHOUSE_JAVA_OPTS", options, (a, b) -> a + " " + b);
        builder.redirectError(ProcessBuilder.Redirect.INHERIT);
        process = builder.start();
        BufferedReader out = process.inputReader();
        String line = out.readLine();
        while (line != null && !line.contains("is ready at ")) {
            line = out.readLine();
        }
        if (line == null) {
            throw new IOException("the server did not start");
        }
        url = line.replaceFirst(".*is ready at (\\S+).*", "$1");
    }

    /** The file that lets the load generator in. */
    static Path tokens(Path directory) throws IOException {
        Path tokens = directory.resolve("tokens.csv");
        return Files.writeString(tokens, Https.TOKEN + ",benchmark,1,\"system:masters\"\n");
    }

    String url() {
        return url;
    }

    /** The processor time that it has taken, all threads together. */
    long cpuMillis() {
        return process.info().totalCpuDuration().orElse(Duration.ZERO).toMillis();
    }

    /** Resident memory, from Linux' /proc; not a number elsewhere. */
    double residentKib() throws IOException {
        Path status = Path.of("/proc/" + process.pid() + "/status");
        if (!Files.exists(status)) {
            return Double.NaN;
        }
        try (Stream<String> lines = Files.lines(status)) {
            return lines.filter(line -> line.startsWith("VmRSS:"))
                    .mapToDouble(line -> Double.parseDouble(line.replaceAll("\\D", "")))
                    .findFirst()
                    .orElse(Double.NaN);
        }
    }

    /** What is left of all objects after a collection, from the JDK's own tool. */
    double liveMib() throws IOException, InterruptedException {
        Matcher total = TOTAL.matcher(ask("GC.class_histogram"));
        return total.find() ? Double.parseDouble(total.group(1)) / (1 << 20) : Double.NaN;
    }

    private String ask(String command) throws IOException, InterruptedException {
        String tool = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        Process asked =
                new ProcessBuilder(tool, Long.toString(process.pid()), command)
                        .redirectErrorStream(true)
                        .start();
        String said = new String(asked.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        asked.waitFor();
        return said;
    }

    void stop() throws InterruptedException {
        process.destroy();
        process.waitFor();
    }

    static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
