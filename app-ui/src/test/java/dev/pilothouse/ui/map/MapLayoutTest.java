package dev.pilothouse.ui.map;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pilothouse.ui.cluster.Kind;
import dev.pilothouse.ui.cluster.ObjectRef;
import dev.pilothouse.ui.map.MapItem.Health;
import dev.pilothouse.ui.map.MapLayout.Box;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MapLayoutTest {

    private static final Kind POD = new Kind("", "v1", "pods", "Pod", true);
    private static final Kind SET = new Kind("apps", "v1", "replicasets", "ReplicaSet", true);
    private static final Kind DEPLOYMENT =
            new Kind("apps", "v1", "deployments", "Deployment", true);
    private static final Kind SERVICE = new Kind("", "v1", "services", "Service", true);

    /** 5,000 objects: each pod has its place, and no two boxes of a parent lie on each other. */
    @Test
    void placesEveryObjectOnceAndApart() {
        MapLayout.Plan plan = MapLayout.of(objects(20, 12, 20));

        int pods = 0;
        for (Box namespace : plan.namespaces()) {
            pods += namespace.count();
            assertApart(namespace.children());
            for (Box app : namespace.children()) {
                assertInside(namespace, app);
                assertApart(app.children());
                app.children().forEach(pod -> assertInside(app, pod));
            }
        }
        assertEquals(20 * 12 * 20, pods);
        assertApart(plan.namespaces());
        assertEquals(20, plan.namespaces().size());
    }

    @Test
    void drawsFromServicesToTheWorkloadsOfTheirPods() {
        MapLayout.Plan plan = MapLayout.of(objects(1, 3, 2));

        assertEquals(3, plan.edges().size());
        plan.edges().forEach(edge -> assertEquals("svc-" + edge.to().label(), edge.from().label()));
    }

    @Test
    void placesTheSameObjectsTheSameWay() {
        List<MapItem> items = objects(3, 4, 5);

        assertEquals(MapLayout.of(items), MapLayout.of(items.reversed()));
    }

    private static List<MapItem> objects(int namespaces, int apps, int pods) {
        List<MapItem> items = new ArrayList<>();
        for (int n = 0; n < namespaces; n++) {
            for (int a = 0; a < apps; a++) {
                String app = "app-" + a;
                String uid = n + "/" + a;
                items.add(item(DEPLOYMENT, "ns-" + n, app, uid, "", Map.of(), Map.of()));
                items.add(item(SET, "ns-" + n, app + "-1", uid + "/set", uid, Map.of(), Map.of()));
                items.add(
                        item(
                                SERVICE,
                                "ns-" + n,
                                "svc-" + app,
                                uid + "/svc",
                                "",
                                Map.of(),
                                Map.of("app", app)));
                for (int p = 0; p < pods; p++) {
                    items.add(
                            item(
                                    POD,
                                    "ns-" + n,
                                    app + "-1-" + p,
                                    uid + "/" + p,
                                    uid + "/set",
                                    Map.of("app", app, "x", "y"),
                                    Map.of()));
                }
            }
        }
        return items;
    }

    private static MapItem item(
            Kind kind,
            String namespace,
            String name,
            String uid,
            String owner,
            Map<String, String> labels,
            Map<String, String> selector) {
        return new MapItem(
                new ObjectRef(kind, namespace, name, uid), owner, labels, selector, Health.GOOD);
    }

    private static void assertInside(Box outer, Box inner) {
        assertTrue(
                inner.x() >= outer.x()
                        && inner.y() >= outer.y()
                        && inner.x() + inner.width() <= outer.x() + outer.width()
                        && inner.y() + inner.height() <= outer.y() + outer.height(),
                () -> inner + " in " + outer);
    }

    private static void assertApart(List<Box> boxes) {
        for (int i = 0; i < boxes.size(); i++) {
            for (int j = i + 1; j < boxes.size(); j++) {
                Box one = boxes.get(i);
                Box other = boxes.get(j);
                assertFalse(
                        one.x() < other.x() + other.width()
                                && other.x() < one.x() + one.width()
                                && one.y() < other.y() + other.height()
                                && other.y() < one.y() + one.height(),
                        () -> one.label() + " lies on " + other.label());
            }
        }
    }
}
