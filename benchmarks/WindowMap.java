import dev.pilothouse.server.pki.ClusterPki;
import dev.pilothouse.ui.cluster.HttpCluster;
import dev.pilothouse.ui.cluster.Kind;
import java.lang.reflect.Method;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javafx.scene.Node;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import javafx.scene.input.ScrollEvent;

/** What the probe does with the map. */
final class WindowMap {

    private WindowMap() {}

    /** Opens it by the palette; seconds until it has drawn all pods. */
    static String open(WindowProbe probe, int pods) throws Exception {
        long cpu = probe.fxCpu();
        long begin =
                WindowProbe.fx(() -> {
                    Node focused = probe.scene().getFocusOwner();
                    WindowProbe.press(
                            focused == null ? probe.scene().getRoot() : focused, KeyCode.K, true);
                    TextField field = (TextField) probe.scene().lookup("#palette");
                    field.setText("Map");
                    long now = System.nanoTime();
                    WindowProbe.press(field, KeyCode.ENTER, false);
                    return now;
                });
        String wanted = "%,d pods".formatted(pods);
        WindowProbe.until(() ->
                probe.scene().lookup("#map") instanceof Node map
                        && String.valueOf(map.getAccessibleText()).contains(wanted));
        return "%.3f %.3f"
                .formatted((System.nanoTime() - begin) / 1e9, (probe.fxCpu() - cpu) / 1e9);
    }

    /** Zooms in and out and pans, frame by frame. */
    static String frames(WindowProbe probe, int count) throws Exception {
        Node map = WindowProbe.fx(() -> probe.scene().lookup("#map"));
        double x = map.getLayoutBounds().getWidth() / 2;
        double y = map.getLayoutBounds().getHeight() / 2;
        List<Double> millis = new ArrayList<>();
        long fx = 0;
        long renderer = 0;
        for (int i = -count / 4; i < count; i++) {
            if (i == 0) {
                fx = probe.fxCpu();
                renderer = probe.rendererCpu();
            }
            int step = i;
            CompletableFuture<Long> drawn = new CompletableFuture<>();
            Runnable pulse = () -> drawn.complete(System.nanoTime());
            long begin =
                    WindowProbe.fx(() -> {
                        probe.scene().addPostLayoutPulseListener(pulse);
                        long now = System.nanoTime();
                        move(map, step, x, y);
                        return now;
                    });
            double took = (drawn.get(1, TimeUnit.MINUTES) - begin) / 1e6;
            WindowProbe.fx(() -> {
                probe.scene().removePostLayoutPulseListener(pulse);
                return null;
            });
            if (i >= 0) {
                millis.add(took);
            }
        }
        // The renderer is a frame behind.
        WindowProbe.sleep(300);
        return WindowProbe.percentiles(millis)
                + " %.3f %.3f"
                        .formatted(
                                (probe.fxCpu() - fx) / 1e6 / count,
                                (probe.rendererCpu() - renderer) / 1e6 / count);
    }

    private static void move(Node map, int step, double x, double y) {
        int phase = Math.floorMod(step, 24);
        if (phase < 12) {
            map.fireEvent(
                    new ScrollEvent(
                            ScrollEvent.SCROLL,
                            x,
                            y,
                            x,
                            y,
                            false,
                            false,
                            false,
                            false,
                            false,
                            false,
                            0,
                            phase < 6 ? 40 : -40,
                            0,
                            0,
                            ScrollEvent.HorizontalTextScrollUnits.NONE,
                            0,
                            ScrollEvent.VerticalTextScrollUnits.NONE,
                            0,
                            0,
                            null));
        } else {
            if (phase == 12) {
                map.fireEvent(mouse(MouseEvent.MOUSE_PRESSED, x, y));
            }
            double way = phase < 18 ? (phase - 12) * 10 : (24 - phase) * 10;
            map.fireEvent(mouse(MouseEvent.MOUSE_DRAGGED, x + way, y + way));
        }
    }

    private static MouseEvent mouse(javafx.event.EventType<MouseEvent> type, double x, double y) {
        return new MouseEvent(
                type,
                x,
                y,
                x,
                y,
                MouseButton.PRIMARY,
                1,
                false,
                false,
                false,
                false,
                true,
                false,
                false,
                false,
                false,
                false,
                null);
    }

    /** Milliseconds of the layout alone, the median of 21, and how many objects it places. */
    static String layout(Path directory, URI server) throws Exception {
        Class<?> item = Class.forName("dev.pilothouse.ui.map.MapItem");
        Method itemOf =
                item.getDeclaredMethod(
                        "of", Kind.class, tools.jackson.databind.node.ObjectNode.class);
        Method planOf =
                Class.forName("dev.pilothouse.ui.map.MapLayout")
                        .getDeclaredMethod("of", Collection.class);
        itemOf.setAccessible(true);
        planOf.setAccessible(true);
        List<Object> items = new ArrayList<>();
        try (HttpCluster cluster =
                new HttpCluster(server, ClusterPki.load(directory).adminContext())) {
            for (Kind kind :
                    List.of(
                            new Kind("", "v1", "pods", "Pod", true),
                            new Kind("", "v1", "services", "Service", true),
                            new Kind("apps", "v1", "deployments", "Deployment", true),
                            new Kind("apps", "v1", "replicasets", "ReplicaSet", true))) {
                for (var object : cluster.objects(kind, "", "")) {
                    items.add(itemOf.invoke(null, kind, object));
                }
            }
        }
        List<Double> millis = new ArrayList<>();
        for (int i = 0; i < 21; i++) {
            long begin = System.nanoTime();
            planOf.invoke(null, items);
            millis.add((System.nanoTime() - begin) / 1e6);
        }
        return items.size() + " " + WindowProbe.percentiles(millis);
    }
}
