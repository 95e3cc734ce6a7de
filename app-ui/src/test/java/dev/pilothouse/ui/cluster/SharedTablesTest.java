package dev.pilothouse.ui.cluster;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.server.ControlPlane;
import dev.pilothouse.server.ControlPlaneOptions;
import dev.pilothouse.server.NodeOptions;
import dev.pilothouse.server.RunningControlPlane;
import dev.pilothouse.server.pki.ClusterPki;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ObjectNode;

/** Views that look at the same objects, before a real server. */
class SharedTablesTest {

    private static final String MAPS = "/api/v1/namespaces/default/configmaps";

    @TempDir static Path directory;

    private static RunningControlPlane server;
    private static Kind maps;

    private HttpCluster cluster;

    @BeforeAll
    static void startServer() throws Exception {
        server =
                ControlPlane.start(
                        new ControlPlaneOptions(
                                directory,
                                InetAddress.ofLiteral("127.0.0.1"),
                                0,
                                false,
                                null,
                                Duration.ofDays(1),
                                NodeOptions.NONE));
        try (HttpCluster asking = connect()) {
            maps =
                    Discovery.kinds(asking).stream()
                            .filter(kind -> kind.resource().equals("configmaps"))
                            .findFirst()
                            .orElseThrow();
        }
    }

    @AfterAll
    static void stopServer() {
        server.close();
    }

    @BeforeEach
    void connectAnew() throws Exception {
        cluster = connect();
        put("first");
        put("second");
    }

    @AfterEach
    void disconnect() {
        cluster.close();
    }

    private static HttpCluster connect() throws Exception {
        ClusterPki pki = ClusterPki.load(directory);
        return new HttpCluster(server.endpoint(), pki.adminContext());
    }

    @Test
    void whoComesLaterIsServedFromMemoryAndTheLastOneEndsTheWatch() throws Exception {
        var one = new View();
        var two = new View();
        Subscription first = cluster.followTable(maps, "default", one);
        awaitNames(one, "first", "second");
        await().atMost(LONG).until(() -> one.connection() instanceof Connection.Live);
        long before = cluster.requests().count();

        Subscription second = cluster.followTable(maps, "default", two);

        awaitNames(two, "first", "second");
        assertEquals(one.revision, two.revision);
        assertEquals(one.columns, two.columns);
        assertEquals(before, cluster.requests().count(), "nothing is asked for again");

        put("third");
        delete("first");
        awaitNames(one, "second", "third");
        awaitNames(two, "second", "third");

        first.close();
        put("first");
        awaitNames(two, "first", "second", "third");
        awaitNames(one, "second", "third");
        assertEquals(1, watches());

        second.close();
        await().atMost(LONG).until(() -> watches() == 0);
        delete("third");
    }

    @Test
    void whoComesBackIsToldTheDifference() throws Exception {
        var stays = new View();
        var leaves = new View();
        Subscription staying = cluster.followTable(maps, "default", stays);
        Subscription leaving = cluster.followTable(maps, "default", leaves);
        awaitNames(leaves, "first", "second");
        await().atMost(LONG).until(() -> !leaves.revision.isEmpty());
        leaving.close();
        put("meanwhile");
        delete("second");
        awaitNames(stays, "first", "meanwhile");
        int lists = leaves.lists.size();
        leaves.told.clear();

        Subscription back =
                cluster.followTable(maps, TableQuery.of("default").from(leaves.revision), leaves);

        awaitNames(leaves, "first", "meanwhile");
        assertEquals(lists, leaves.lists.size(), "no list again");
        assertEquals(List.of("meanwhile"), leaves.told);
        assertEquals(1, watches());
        back.close();
        staying.close();
        delete("meanwhile");
    }

    /** The rows that the first one has are not known to the table that goes on from there. */
    @Test
    void aNewcomerGetsAllWhenTheFirstOneGoesOn() throws Exception {
        var one = new View();
        var two = new View();
        Subscription before = cluster.followTable(maps, "default", one);
        awaitNames(one, "first", "second");
        await().atMost(LONG).until(() -> !one.revision.isEmpty());
        before.close();
        delete("first");
        int lists = one.lists.size();
        Subscription going =
                cluster.followTable(maps, TableQuery.of("default").from(one.revision), one);
        awaitNames(one, "second");
        assertEquals(lists, one.lists.size());

        Subscription coming = cluster.followTable(maps, "default", two);

        awaitNames(two, "second");
        put("third");
        awaitNames(one, "second", "third");
        awaitNames(two, "second", "third");
        await().atMost(LONG).until(() -> watches() == 1);
        assertFalse(one.lists.stream().anyMatch(each -> each == 0), "never without objects");
        going.close();
        coming.close();
        delete("third");
    }

    @Test
    void oneThatFailsDoesNotHarmTheOthers() throws Exception {
        var well = new View();
        Subscription broken =
                cluster.followTable(
                        maps,
                        "default",
                        new View() {
                            @Override
                            public void changed(List<Row> rows) {
                                throw new IllegalStateException("broken");
                            }
                        });
        Subscription subscription = cluster.followTable(maps, "default", well);
        awaitNames(well, "first", "second");

        put("third");

        awaitNames(well, "first", "second", "third");
        broken.close();
        subscription.close();
        delete("third");
    }

    /** Others than the server's columns, labels or namespaces are another table. */
    @Test
    void otherQueriesHaveWatchesOfTheirOwn() throws Exception {
        var all = new View();
        var few = new View();
        Subscription one = cluster.followTable(maps, "default", all);
        Subscription two =
                cluster.followTable(
                        maps, new TableQuery(List.of("default"), "a=b", List.of(), ""), few);
        awaitNames(all, "first", "second");
        await().atMost(LONG).until(() -> few.connection() instanceof Connection.Live);
        assertEquals(Set.of(), few.names());
        assertEquals(2, watches());
        one.close();
        two.close();
    }

    private static final Duration LONG = Duration.ofSeconds(60);

    private static void awaitNames(View view, String... names) {
        await().atMost(LONG).untilAsserted(() -> assertEquals(Set.of(names), view.names()));
    }

    private long watches() {
        return cluster.requests().requests().stream()
                .filter(each -> each.path().contains("watch=1") && each.isOpen())
                .count();
    }

    private void put(String name) throws Exception {
        if (cluster.objects(maps, "default", "").stream()
                .noneMatch(each -> Json.text(each, "metadata", "name").equals(name))) {
            ObjectNode map = Json.object();
            map.putObject("metadata").put("name", name);
            cluster.call(ApiCall.post(MAPS, map));
        }
    }

    private void delete(String name) throws Exception {
        cluster.call(ApiCall.delete(MAPS + "/" + name, Json.object()));
    }

    /** Keeps what a list would keep. */
    private static class View implements TableEvents {
        private final ConcurrentSkipListMap<String, Row> rows = new ConcurrentSkipListMap<>();
        private final List<Integer> lists = new CopyOnWriteArrayList<>();
        private final List<String> told = new CopyOnWriteArrayList<>();
        private volatile String revision = "";
        private volatile List<Column> columns = List.of();
        private volatile Connection state = new Connection.Connecting();

        Set<String> names() {
            Set<String> names = new TreeSet<>();
            rows.values().forEach(row -> names.add(row.name()));
            names.remove("kube-root-ca.crt");
            return names;
        }

        Connection connection() {
            return state;
        }

        @Override
        public void listed(List<Column> now, List<Row> all) {
            columns = now;
            lists.add(all.size());
            rows.clear();
            all.forEach(row -> rows.put(row.uid(), row));
        }

        @Override
        public void changed(List<Row> some) {
            some.forEach(row -> {
                rows.put(row.uid(), row);
                told.add(row.name());
            });
        }

        @Override
        public void removed(String uid) {
            rows.remove(uid);
        }

        @Override
        public void reached(String now) {
            revision = now;
        }

        @Override
        public void connection(Connection now) {
            state = now;
        }
    }
}
