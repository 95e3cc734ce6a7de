package dev.pilothouse.ui.map;

import dev.pilothouse.ui.map.MapItem.Health;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Places boxes in boxes: pods in workloads, workloads in namespaces, in rows of about the same
 * width. The same objects are always placed the same way. Stateless.
 */
final class MapLayout {

    static final double CELL = 14;
    private static final double PAD = 6;
    private static final double TITLE = 14;
    private static final double GAP = 10;
    private static final double NARROWEST = 90;

    private MapLayout() {}

    /** What a box stands for. */
    enum Level {
        NAMESPACE,
        WORKLOAD,
        SERVICE,
        POD
    }

    /**
     * A box.
     *
     * @param item the object, null for namespaces
     * @param count how many pods are in it
     */
    record Box(
            Level level,
            double x,
            double y,
            double width,
            double height,
            String label,
            @Nullable MapItem item,
            Health health,
            int count,
            List<Box> children) {

        Box at(double left, double top) {
            List<Box> moved = new ArrayList<>(children.size());
            for (Box child : children) {
                moved.add(child.at(child.x - x + left, child.y - y + top));
            }
            return new Box(level, left, top, width, height, label, item, health, count, moved);
        }

        boolean contains(double px, double py) {
            return px >= x && px < x + width && py >= y && py < y + height;
        }
    }

    /** A line from a Service to a workload whose pods it selects. */
    record Edge(Box from, Box to) {}

    /** All of it. */
    record Plan(List<Box> namespaces, List<Edge> edges, double width, double height) {}

    static Plan of(Collection<MapItem> items) {
        Map<String, MapItem> byUid = new HashMap<>();
        items.forEach(item -> byUid.put(item.ref().uid(), item));
        Map<String, Map<String, List<MapItem>>> pods = new TreeMap<>();
        Map<String, MapItem> tops = new HashMap<>();
        Map<String, List<MapItem>> services = new TreeMap<>();
        for (MapItem item : items) {
            String namespace = item.ref().namespace();
            if (item.ref().kind().kind().equals("Service")) {
                services.computeIfAbsent(namespace, _ -> new ArrayList<>()).add(item);
            } else {
                MapItem top = top(item, byUid);
                tops.put(top.ref().uid(), top);
                List<MapItem> of =
                        pods.computeIfAbsent(namespace, _ -> new TreeMap<>())
                                .computeIfAbsent(
                                        top.ref().name() + " " + top.ref().uid(),
                                        _ -> new ArrayList<>());
                if (item.ref().kind().kind().equals("Pod")) {
                    of.add(item);
                }
            }
        }
        services.keySet()
                .forEach(namespace -> pods.computeIfAbsent(namespace, _ -> new TreeMap<>()));
        List<Box> namespaces = new ArrayList<>();
        pods.forEach((name, apps) ->
                namespaces.add(
                        namespace(name, apps, services.getOrDefault(name, List.of()), tops)));
        List<Box> placed = rows(namespaces, GAP * 2, 0, 0);
        double width = 0;
        double height = 0;
        for (Box box : placed) {
            width = Math.max(width, box.x() + box.width());
            height = Math.max(height, box.y() + box.height());
        }
        return new Plan(placed, edges(placed), width, height);
    }

    /** The controller at the top, or the object itself. */
    private static MapItem top(MapItem item, Map<String, MapItem> byUid) {
        MapItem top = item;
        for (int i = 0; i < 4; i++) {
            MapItem owner = byUid.get(top.owner());
            if (owner == null) {
                return top;
            }
            top = owner;
        }
        return top;
    }

    private static Box namespace(
            String name,
            Map<String, List<MapItem>> apps,
            List<MapItem> services,
            Map<String, MapItem> tops) {
        List<Box> boxes = new ArrayList<>();
        services.stream()
                .sorted(Comparator.comparing((MapItem each) -> each.ref().name()))
                .forEach(service ->
                        boxes.add(
                                new Box(
                                        Level.SERVICE,
                                        0,
                                        0,
                                        NARROWEST,
                                        TITLE + PAD,
                                        service.ref().name(),
                                        service,
                                        Health.GOOD,
                                        0,
                                        List.of())));
        apps.forEach((key, pods) -> {
            MapItem top = tops.get(key.substring(key.lastIndexOf(' ') + 1));
            if (top != null) {
                boxes.add(workload(top, pods));
            }
        });
        List<Box> placed = rows(boxes, GAP, PAD, TITLE + PAD * 2);
        double width = NARROWEST * 2;
        double height = TITLE + PAD * 2;
        Health worst = Health.GOOD;
        int count = 0;
        for (Box box : placed) {
            width = Math.max(width, box.x() + box.width() + PAD);
            height = Math.max(height, box.y() + box.height() + PAD);
            worst = worse(worst, box.health());
            count += box.count();
        }
        return new Box(Level.NAMESPACE, 0, 0, width, height, name, null, worst, count, placed);
    }

    private static Box workload(MapItem top, List<MapItem> pods) {
        pods.sort(Comparator.comparing((MapItem each) -> each.ref().name()));
        int columns = Math.max(1, (int) Math.ceil(Math.sqrt(pods.size() * 1.6)));
        List<Box> boxes = new ArrayList<>(pods.size());
        Health worst = Health.GOOD;
        for (int i = 0; i < pods.size(); i++) {
            MapItem pod = pods.get(i);
            worst = worse(worst, pod.health());
            boxes.add(
                    new Box(
                            Level.POD,
                            PAD + i % columns * CELL,
                            TITLE + PAD + (double) (i / columns) * CELL,
                            CELL - 2,
                            CELL - 2,
                            pod.ref().name(),
                            pod,
                            pod.health(),
                            1,
                            List.of()));
        }
        int lines = (pods.size() + columns - 1) / columns;
        return new Box(
                Level.WORKLOAD,
                0,
                0,
                Math.max(NARROWEST, columns * CELL + PAD * 2),
                TITLE + PAD * 2 + lines * CELL,
                top.ref().name(),
                top,
                worst,
                pods.size(),
                boxes);
    }

    private static Health worse(Health one, Health other) {
        return one.compareTo(other) >= 0 ? one : other;
    }

    /** Places boxes in rows so that the whole is a little wider than high. */
    private static List<Box> rows(List<Box> boxes, double gap, double left, double top) {
        double area = 0;
        double widest = 0;
        for (Box box : boxes) {
            area += (box.width() + gap) * (box.height() + gap);
            widest = Math.max(widest, box.width());
        }
        double limit = Math.max(widest, Math.sqrt(area) * 1.35);
        List<Box> placed = new ArrayList<>(boxes.size());
        double x = left;
        double y = top;
        double row = 0;
        for (Box box : boxes) {
            if (x > left && x + box.width() > left + limit) {
                x = left;
                y += row + gap;
                row = 0;
            }
            placed.add(box.at(x, y));
            x += box.width() + gap;
            row = Math.max(row, box.height());
        }
        return placed;
    }

    private static List<Edge> edges(List<Box> namespaces) {
        List<Edge> edges = new ArrayList<>();
        for (Box namespace : namespaces) {
            for (Box service : namespace.children()) {
                if (service.level() != Level.SERVICE || service.item() == null) {
                    continue;
                }
                Map<String, String> selector = service.item().selector();
                for (Box app : namespace.children()) {
                    if (app.level() == Level.WORKLOAD && selects(selector, app)) {
                        edges.add(new Edge(service, app));
                    }
                }
            }
        }
        return edges;
    }

    private static boolean selects(Map<String, String> selector, Box app) {
        return !selector.isEmpty()
                && app.children().stream()
                        .anyMatch(pod ->
                                pod.item() != null
                                        && pod.item()
                                                .labels()
                                                .entrySet()
                                                .containsAll(selector.entrySet()));
    }
}
