import com.sun.management.OperatingSystemMXBean;
import dev.pilothouse.server.pki.ClusterPki;
import dev.pilothouse.ui.launch.Launcher;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import javafx.application.Application;
import javafx.application.Platform;
import javafx.collections.ListChangeListener;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableRow;
import javafx.scene.control.TableView;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.stage.Window;

/**
 * Runs the application as it is and watches it from inside: what the JavaFX thread does, and when a
 * pulse shows what. Takes one command a line and answers each with one line, see {@link
 * WindowProcess}.
 */
final class WindowProbe {

    private static final String FX = "JavaFX Application Thread";
    private static final String RENDERER = "QuantumRenderer-0";
    private static final long PATIENCE = TimeUnit.MINUTES.toNanos(10);

    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    private final CompletableFuture<Scene> scene = new CompletableFuture<>();

    private WindowProbe() {}

    public static void main(String[] arguments) {
        WindowProbe probe = new WindowProbe();
        Thread.ofPlatform().daemon().name("probe-start").start(probe::watchStart);
        Thread.ofPlatform().daemon().name("probe").start(probe::serve);
        // With arguments only its window, onto a cluster that is elsewhere.
        if (arguments.length == 0) {
            Launcher.main(arguments);
        } else {
            Application.launch(WindowOnly.class, arguments);
        }
        System.exit(0);
    }

    private static void say(String text) {
        System.out.println("probe " + text);
    }

    /** Microseconds since 1970, the same for all processes of the machine. */
    static long micros() {
        Instant now = Instant.now();
        return now.getEpochSecond() * 1_000_000 + now.getNano() / 1_000;
    }

    // ---- start --------------------------------------------------------------------------------

    private void watchStart() {
        while (true) {
            try {
                Platform.runLater(this::awaitWindow);
                return;
            } catch (IllegalStateException e) {
                sleep(1);
            }
        }
    }

    private void awaitWindow() {
        if (Window.getWindows().isEmpty()) {
            Window.getWindows()
                    .addListener(
                            (ListChangeListener<Window>)
                                    change -> {
                                        if (!Window.getWindows().isEmpty() && !scene.isDone()) {
                                            watch(Window.getWindows().getFirst().getScene());
                                        }
                                    });
        } else {
            watch(Window.getWindows().getFirst().getScene());
        }
    }

    private void watch(Scene shown) {
        scene.complete(shown);
        shown.addPostLayoutPulseListener(
                new Runnable() {
                    private boolean seen;
                    private boolean filled;

                    @Override
                    public void run() {
                        if (!seen) {
                            seen = true;
                            say("shown " + micros());
                        }
                        if (!filled
                                && shown.lookup("#objects") instanceof TableView<?> table
                                && rowShown(table, "")) {
                            filled = true;
                            say("rows " + micros());
                            Platform.runLater(() -> shown.removePostLayoutPulseListener(this));
                        }
                    }
                });
    }

    // ---- commands -----------------------------------------------------------------------------

    private void serve() {
        try (BufferedReader in =
                new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            scene.join();
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                String[] words = line.split(" ");
                say("answer " + answer(words));
            }
            fx(() -> {
                Platform.exit();
                return null;
            });
        } catch (Exception e) {
            e.printStackTrace();
            Runtime.getRuntime().halt(1);
        }
    }

    private String answer(String... words) throws Exception {
        return switch (words[0]) {
            case "await" -> await(Integer.parseInt(words[1]));
            case "sort" -> sort(Integer.parseInt(words[1]));
            case "filter" -> filter(Integer.parseInt(words[1]));
            case "fx" -> load(Integer.parseInt(words[1]));
            case "pixel" -> pixel(Path.of(words[1]), Integer.parseInt(words[2]));
            case "map" -> WindowMap.open(this, Integer.parseInt(words[1]));
            case "frames" -> WindowMap.frames(this, Integer.parseInt(words[1]));
            case "layout" -> WindowMap.layout(Path.of(words[1]), server(Path.of(words[1])));
            case "heap" -> heap();
            default -> throw new IllegalArgumentException(words[0]);
        };
    }

    Scene scene() {
        return scene.join();
    }

    private TableView<?> table() throws Exception {
        until(() -> scene().lookup("#objects") instanceof TableView<?>);
        return (TableView<?>) fx(() -> scene().lookup("#objects"));
    }

    /** Waits until so many rows are in the table. */
    private String await(int count) throws Exception {
        TableView<?> table = table();
        until(() -> table.getItems().size() >= count);
        return "%d".formatted(fx(() -> table.getItems().size()));
    }

    // ---- keystrokes ---------------------------------------------------------------------------

    private String sort(int rounds) throws Exception {
        TableView<?> table = table();
        List<Double> millis = new ArrayList<>();
        long cpu = cpu(FX);
        for (int i = 0; i < rounds; i++) {
            for (TableColumn<?, ?> column : fx(() -> List.copyOf(table.getVisibleLeafColumns()))) {
                millis.add(untilPulse(table, () -> sort(table, column)));
                sleep(100);
            }
        }
        String said = percentiles(millis) + " " + (cpu(FX) - cpu) / 1e6 / millis.size();
        untilPulse(table, () -> table.getSortOrder().clear());
        return said;
    }

    /** What a click on the heading does. */
    @SuppressWarnings("unchecked")
    private static <T> void sort(TableView<T> table, TableColumn<?, ?> column) {
        column.setSortType(
                column.getSortType() == TableColumn.SortType.ASCENDING
                        ? TableColumn.SortType.DESCENDING
                        : TableColumn.SortType.ASCENDING);
        table.getSortOrder().setAll((TableColumn<T, ?>) column);
    }

    private String filter(int rounds) throws Exception {
        TableView<?> table = table();
        TextField field = (TextField) fx(() -> scene().lookup("#filter"));
        fx(() -> {
            field.requestFocus();
            return null;
        });
        List<Double> millis = new ArrayList<>();
        long cpu = cpu(FX);
        for (int i = 0; i < rounds; i++) {
            for (String word : List.of("pend", "check", "team-3", "ready:0", "!cart", "worker-")) {
                for (char letter : word.toCharArray()) {
                    millis.add(untilPulse(table, () -> type(field, letter)));
                    sleep(50);
                }
                for (int k = 0; k < word.length(); k++) {
                    millis.add(untilPulse(table, () -> press(field, KeyCode.BACK_SPACE, false)));
                    sleep(50);
                }
            }
        }
        return percentiles(millis) + " " + (cpu(FX) - cpu) / 1e6 / millis.size();
    }

    static void type(Node node, char letter) {
        String text = String.valueOf(letter);
        node.fireEvent(
                new KeyEvent(
                        KeyEvent.KEY_TYPED,
                        text,
                        text,
                        KeyCode.UNDEFINED,
                        false,
                        false,
                        false,
                        false));
    }

    static void press(Node node, KeyCode code, boolean control) {
        node.fireEvent(
                new KeyEvent(KeyEvent.KEY_PRESSED, "", "", code, false, control, false, false));
    }

    /** Milliseconds from an action until the rows are other ones and a pulse has laid them out. */
    private double untilPulse(TableView<?> table, Runnable action) throws Exception {
        boolean[] changed = new boolean[1];
        CompletableFuture<Long> shown = new CompletableFuture<>();
        ListChangeListener<Object> listener = change -> changed[0] = true;
        Runnable pulse =
                () -> {
                    // Nothing changes when neither text matches any row.
                    if (changed[0] || table.getItems().isEmpty()) {
                        shown.complete(System.nanoTime());
                    }
                };
        long begin =
                fx(() -> {
                    table.getItems().addListener(listener);
                    scene().addPostLayoutPulseListener(pulse);
                    long now = System.nanoTime();
                    action.run();
                    return now;
                });
        long end = shown.get(2, TimeUnit.MINUTES);
        fx(() -> {
            table.getItems().removeListener(listener);
            scene().removePostLayoutPulseListener(pulse);
            return null;
        });
        return (end - begin) / 1e6;
    }

    // ---- load ---------------------------------------------------------------------------------

    /** What the JavaFX thread takes, and how long it lets others wait at worst. */
    private String load(int seconds) throws Exception {
        long[] pulses = new long[1];
        Runnable pulse = () -> pulses[0]++;
        fx(() -> {
            scene().addPostLayoutPulseListener(pulse);
            return null;
        });
        long fx = cpu(FX);
        long renderer = cpu(RENDERER);
        long process = processCpu();
        long collecting = collecting();
        long begin = System.nanoTime();
        long end = begin + TimeUnit.SECONDS.toNanos(seconds);
        List<Double> waits = new ArrayList<>();
        while (System.nanoTime() < end) {
            AtomicReference<Long> run = new AtomicReference<>();
            long asked = System.nanoTime();
            fx(() -> {
                run.set(System.nanoTime());
                return null;
            });
            waits.add((run.get() - asked) / 1e6);
            sleep(10);
        }
        double took = (System.nanoTime() - begin) / 1e9;
        String said =
                "%.3f %.3f %.3f %.3f %.3f %.3f %s"
                        .formatted(
                                (cpu(FX) - fx) / 1e6 / took,
                                (cpu(RENDERER) - renderer) / 1e6 / took,
                                (processCpu() - process) / 1e6 / took,
                                (collecting() - collecting) / took,
                                waits.stream().mapToDouble(each -> each).max().orElse(0),
                                pulses[0] / took,
                                percentiles(waits).split(" ")[2]);
        fx(() -> {
            scene().removePostLayoutPulseListener(pulse);
            return null;
        });
        return said;
    }

    private static long collecting() {
        return ManagementFactory.getGarbageCollectorMXBeans().stream()
                .mapToLong(GarbageCollectorMXBean::getCollectionTime)
                .sum();
    }

    static long processCpu() {
        return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
                .getProcessCpuTime();
    }

    /** Nanoseconds that the threads of a name have taken of a processor. */
    long cpu(String name) {
        long sum = 0;
        for (ThreadInfo each : threads.getThreadInfo(threads.getAllThreadIds())) {
            if (each != null && each.getThreadName().equals(name)) {
                sum += threads.getThreadCpuTime(each.getThreadId());
            }
        }
        return sum;
    }

    long fxCpu() {
        return cpu(FX);
    }

    long rendererCpu() {
        return cpu(RENDERER);
    }

    private static String heap() {
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        return "%.3f".formatted((runtime.totalMemory() - runtime.freeMemory()) / 1048576.0);
    }

    // ---- event to pixel -----------------------------------------------------------------------

    static URI server(Path directory) throws Exception {
        return URI.create(
                Files.readString(directory.resolve("kubeconfig"))
                        .replaceFirst("(?s).*server: *\"?([^\\s\"]+).*", "$1"));
    }

    /** Creates pods one after the other that stand at the top, and looks when each is there. */
    private String pixel(Path directory, int count) throws Exception {
        TableView<?> table = table();
        URI pods = server(directory).resolve("/api/v1/namespaces/" + WindowPods.FIRST + "/pods");
        HttpClient client =
                HttpClient.newBuilder()
                        .sslContext(ClusterPki.load(directory).adminContext())
                        .version(HttpClient.Version.HTTP_1_1)
                        .build();
        List<Double> millis = new ArrayList<>();
        List<Double> answered = new ArrayList<>();
        AtomicReference<String> wanted = new AtomicReference<>("");
        AtomicReference<CompletableFuture<Long>> shown =
                new AtomicReference<>(new CompletableFuture<>());
        Runnable pulse =
                () -> {
                    if (!wanted.get().isEmpty() && rowShown(table, wanted.get())) {
                        shown.get().complete(System.nanoTime());
                    }
                };
        fx(() -> {
            scene().addPostLayoutPulseListener(pulse);
            table.scrollTo(0);
            return null;
        });
        for (int i = -20; i < count; i++) {
            String name = "aa-%05d".formatted(50_000 - i);
            shown.set(new CompletableFuture<>());
            wanted.set(name);
            HttpRequest create =
                    HttpRequest.newBuilder(pods)
                            .header("Content-Type", "application/json")
                            .POST(HttpRequest.BodyPublishers.ofString(WindowPods.idle(name, i)))
                            .build();
            long begin = System.nanoTime();
            var answer = client.sendAsync(create, BodyHandlers.ofString());
            CompletableFuture<Long> now = shown.get();
            answer.thenAccept(told -> {
                if (told.statusCode() != 201) {
                    now.completeExceptionally(new IllegalStateException(told.body()));
                }
            });
            double took = (now.get(1, TimeUnit.MINUTES) - begin) / 1e6;
            if (i >= 0) {
                millis.add(took);
            }
            answer.join();
            sleep(50);
        }
        fx(() -> {
            scene().removePostLayoutPulseListener(pulse);
            return null;
        });
        client.close();
        return percentiles(millis);
    }

    /** Whether a visible row has a name, or any name when that is empty. */
    private static boolean rowShown(TableView<?> table, String name) {
        for (Node node : table.lookupAll(".table-row-cell")) {
            if (node instanceof TableRow<?> row
                    && row.isVisible()
                    && row.getItem() != null
                    && (name.isEmpty() || row.getItem().toString().equals(name))) {
                return true;
            }
        }
        return false;
    }

    // ---- tools --------------------------------------------------------------------------------

    /** p50, p95, p99 and the largest. */
    static String percentiles(List<Double> values) {
        double[] sorted = values.stream().mapToDouble(each -> each).sorted().toArray();
        double[] said = {0.5, 0.95, 0.99, 1};
        return String.join(
                " ",
                Arrays.stream(said)
                        .mapToObj(share ->
                                "%.3f"
                                        .formatted(
                                                sorted[(int) Math.ceil(share * sorted.length) - 1]))
                        .toList());
    }

    static <T> T fx(Callable<T> work) throws Exception {
        FutureTask<T> task = new FutureTask<>(work);
        Platform.runLater(task);
        return task.get(5, TimeUnit.MINUTES);
    }

    static void until(BooleanSupplier holds) throws Exception {
        long end = System.nanoTime() + PATIENCE;
        while (!fx(holds::getAsBoolean)) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException("it has not come");
            }
            sleep(50);
        }
    }

    static void sleep(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    static {
        Locale.setDefault(Locale.ENGLISH);
    }
}
