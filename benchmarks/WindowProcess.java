import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A process of the application, with its embedded cluster and the probe in it. */
final class WindowProcess {

    /** Simulated nodes, where nothing else is said. */
    static final int NODES = 10;

    private static final long PATIENCE_MINUTES = 20;

    private final Process process;
    private final BufferedWriter in;
    private final long begun;
    private final Map<String, CompletableFuture<Long>> marks = new ConcurrentHashMap<>();
    private final LinkedBlockingQueue<String> answers = new LinkedBlockingQueue<>();

    /** The flags of the JVM as {@code ./pilothouse} sets them, without a display. */
    static List<String> java(String... more) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(
                Arrays.stream(System.getenv("WINDOW_FLAGS").split(" "))
                        .filter(flag -> !flag.isEmpty())
                        .toList());
        command.addAll(List.of("-Dglass.platform=Headless", "-Dprism.order=sw"));
        command.addAll(List.of(more));
        // What belongs to the benchmark comes last, so that a cache of the application fits.
        command.addAll(
                List.of(
                        "-cp",
                        System.getenv("WINDOW_PATH") + ":" + System.getenv("WINDOW_BENCHMARKS")));
        return command;
    }

    /**
     * Starts one.
     *
     * @param session what the window is to show, as it writes it down itself
     */
    WindowProcess(Path directory, String session, String... options) throws IOException {
        this(directory, session, NODES, List.of(options), List.of());
    }

    private WindowProcess(
            Path directory, String session, int nodes, List<String> options, List<String> arguments)
            throws IOException {
        Files.writeString(directory.resolve("window.json"), session);
        List<String> command = new ArrayList<>(java(options.toArray(new String[0])));
        command.add("WindowProbe");
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().put("PILOTHOUSE_DATA_DIR", directory.toString());
        builder.environment().put("PILOTHOUSE_PORT", "0");
        // Any will do for the headless platform.
        builder.environment().put("DISPLAY", ":0");
        builder.environment().put("PILOTHOUSE_SIMULATED_NODES", Integer.toString(nodes));
        builder.environment()
                .put("PILOTHOUSE_TOKEN_AUTH_FILE", Server.tokens(directory).toString());
        builder.redirectError(ProcessBuilder.Redirect.INHERIT);
        begun = WindowProbe.micros();
        process = builder.start();
        in = process.outputWriter(StandardCharsets.UTF_8);
        Thread.ofPlatform().daemon().start(this::read);
    }

    /** Starts only the window, onto a server that is elsewhere. */
    static WindowProcess onto(String url, Path directory, String session) throws IOException {
        return new WindowProcess(
                directory, session, 0, List.of(), List.of(directory.toString(), url));
    }

    /** Starts one whose cluster has so many simulated nodes. */
    static WindowProcess withNodes(int nodes, Path directory, String session) throws IOException {
        return new WindowProcess(directory, session, nodes, List.of(), List.of());
    }

    private void read() {
        try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                String[] words = line.split(" ", 3);
                if (!words[0].equals("probe")) {
                    System.err.println(line);
                } else if (words[1].equals("answer")) {
                    answers.add(words.length > 2 ? words[2] : "");
                } else {
                    mark(words[1]).complete(Long.parseLong(words[2]));
                }
            }
        } catch (IOException e) {
            // It has ended.
        }
        answers.add("ended");
        mark("shown").completeExceptionally(new IOException("the application has ended"));
        mark("rows").completeExceptionally(new IOException("the application has ended"));
    }

    private CompletableFuture<Long> mark(String name) {
        return marks.computeIfAbsent(name, key -> new CompletableFuture<>());
    }

    /** Seconds from the start of the process until the first pulse that showed something. */
    double secondsUntil(String name) throws Exception {
        return (mark(name).get(PATIENCE_MINUTES, TimeUnit.MINUTES) - begun) / 1e6;
    }

    /** Sends a command; the figures of the answer. */
    double[] ask(String command) throws Exception {
        in.write(command + "\n");
        in.flush();
        String answer = answers.poll(PATIENCE_MINUTES, TimeUnit.MINUTES);
        if (answer == null || answer.equals("ended")) {
            throw new IOException("no answer to \"" + command + "\"");
        }
        return Arrays.stream(answer.split(" ")).mapToDouble(Double::parseDouble).toArray();
    }

    long cpuMillis() {
        return process.info().totalCpuDuration().orElseThrow().toMillis();
    }

    /** Resident memory in megabytes of 2^20 bytes, from Linux' /proc; not a number elsewhere. */
    double residentMib(String field) throws IOException {
        Path status = Path.of("/proc/" + process.pid() + "/status");
        if (!Files.exists(status)) {
            return Double.NaN;
        }
        try (Stream<String> lines = Files.lines(status)) {
            return lines.filter(line -> line.startsWith(field + ":"))
                    .mapToDouble(line -> Double.parseDouble(line.replaceAll("\\D", "")) / 1024)
                    .findFirst()
                    .orElse(Double.NaN);
        }
    }

    /** Compilers and whatever follows a start come to rest. */
    void settle() throws InterruptedException {
        long before = cpuMillis();
        for (int i = 0; i < 30; i++) {
            Thread.sleep(10_000);
            long now = cpuMillis();
            if (i >= 1 && now - before < 400) {
                return;
            }
            before = now;
        }
    }

    void stop() throws Exception {
        in.close();
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            process.waitFor();
        }
    }
}
