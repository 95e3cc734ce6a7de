package dev.pilothouse.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pilothouse.model.client.ApiClient;
import dev.pilothouse.model.client.DeleteOptions;
import dev.pilothouse.model.client.DeleteOptions.Propagation;
import dev.pilothouse.model.client.HttpTransport;
import dev.pilothouse.model.client.ListOptions;
import dev.pilothouse.model.client.PatchForm;
import dev.pilothouse.model.json.Json;
import dev.pilothouse.model.meta.GroupVersionResource;
import dev.pilothouse.server.pki.ClusterPki;
import dev.pilothouse.server.testing.Waits;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ObjectNode;

/** The controllers over a whole control plane, seen by a client over HTTP. */
@Timeout(30)
class ControllersTest {

    private static final GroupVersionResource NAMESPACES =
            new GroupVersionResource("", "v1", "namespaces");
    private static final GroupVersionResource MAPS =
            new GroupVersionResource("", "v1", "configmaps");
    private static final GroupVersionResource ACCOUNTS =
            new GroupVersionResource("", "v1", "serviceaccounts");
    private static final GroupVersionResource NODES = new GroupVersionResource("", "v1", "nodes");

    @TempDir static Path directory;

    private static ControlPlane server;
    private static HttpTransport transport;
    private static ApiClient client;
    private static ClusterPki pki;

    @BeforeAll
    static void start() throws Exception {
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
        pki = ClusterPki.load(directory);
        transport = new HttpTransport(server.endpoint(), pki.adminContext(), Map::of);
        client = new ApiClient(transport);
    }

    @AfterAll
    static void stop() {
        transport.close();
        server.close();
    }

    @Test
    void furnishesNewNamespaces() throws Exception {
        namespace("furnished");

        await(ACCOUNTS, "furnished", "default", account -> true);
        ObjectNode map = await(MAPS, "furnished", "kube-root-ca.crt", published -> true);
        assertEquals(pki.authorityPem(), Json.text(map, "data", "ca.crt"));
    }

    @Test
    void restoresWhatNamespacesAreFurnishedWith() {
        namespace("restored");
        ObjectNode account = await(ACCOUNTS, "restored", "default", present -> true);
        ObjectNode map = await(MAPS, "restored", "kube-root-ca.crt", present -> true);

        client.resource(ACCOUNTS).delete("restored", "default", DeleteOptions.DEFAULT);
        Json.child(map, "data").put("ca.crt", "forged").put("more", "x");
        client.resource(MAPS).update(map);

        ObjectNode again =
                await(
                        ACCOUNTS,
                        "restored",
                        "default",
                        present -> !uid(present).equals(uid(account)));
        assertNotEquals(uid(account), uid(again));
        await(
                MAPS,
                "restored",
                "kube-root-ca.crt",
                present ->
                        Json.text(present, "data", "ca.crt").startsWith("-----BEGIN")
                                && Json.at(present, "data", "more") == null);
    }

    @Test
    void emptiesDeletedNamespaceAndLetsItGo() {
        namespace("emptied");
        map("emptied", "one");
        map("emptied", "two");
        await(ACCOUNTS, "emptied", "default", present -> true);

        client.resource(NAMESPACES).delete("", "emptied", DeleteOptions.DEFAULT);

        awaitGone(NAMESPACES, "", "emptied");
        assertEquals(0, client.resource(MAPS).list(ListOptions.in("emptied")).items().size());
        assertEquals(0, client.resource(ACCOUNTS).list(ListOptions.in("emptied")).items().size());
    }

    @Test
    void saysWhatHoldsNamespaceAndWaitsForIt() {
        namespace("held");
        map("held", "holding");
        finalizers("held", "holding", "[\"example.com/hold\"]");

        client.resource(NAMESPACES).delete("", "held", DeleteOptions.DEFAULT);

        ObjectNode namespace =
                await(
                        NAMESPACES,
                        "",
                        "held",
                        found -> condition(found, "NamespaceFinalizersRemaining").equals("True"));
        assertEquals("Terminating", Json.text(namespace, "status", "phase"));
        assertEquals("True", condition(namespace, "NamespaceContentRemaining"));
        assertEquals("False", condition(namespace, "NamespaceDeletionContentFailure"));
        assertTrue(
                Json.string(namespace)
                        .contains(
                                "Some content in the namespace has finalizers remaining: example.com/hold in 1 resource"
                                        + " instances"));
        finalizers("held", "holding", "null");
        awaitGone(NAMESPACES, "", "held");
    }

    @Test
    void deletesDependentsAfterTheirOwner() {
        ObjectNode owner = map("default", "background-owner");
        map("default", "background-dependent", owner);
        ObjectNode middle = await(MAPS, "default", "background-dependent", present -> true);
        map("default", "background-grandchild", middle);

        client.resource(MAPS)
                .delete("default", "background-owner", DeleteOptions.of(Propagation.BACKGROUND));

        awaitGone(MAPS, "default", "background-dependent");
        awaitGone(MAPS, "default", "background-grandchild");
    }

    @Test
    void deletesBlockingDependentsBeforeTheirOwner() {
        ObjectNode owner = map("default", "foreground-owner");
        map("default", "foreground-dependent", owner);
        finalizers("default", "foreground-dependent", "[\"example.com/hold\"]");

        client.resource(MAPS)
                .delete("default", "foreground-owner", DeleteOptions.of(Propagation.FOREGROUND));

        await(
                MAPS,
                "default",
                "foreground-dependent",
                present -> !Json.text(present, "metadata", "deletionTimestamp").isEmpty());
        assertTrue(
                Json.string(client.resource(MAPS).get("default", "foreground-owner"))
                        .contains("foregroundDeletion"));
        finalizers("default", "foreground-dependent", "null");
        awaitGone(MAPS, "default", "foreground-owner");
        awaitGone(MAPS, "default", "foreground-dependent");
    }

    @Test
    void takesOwnerFromDependentsThatStay() {
        ObjectNode owner = map("default", "orphan-owner");
        ObjectNode other = map("default", "orphan-other");
        ObjectNode dependent = map("default", "orphan-dependent", owner);
        map("default", "orphan-shared", owner, other);

        client.resource(MAPS)
                .delete("default", "orphan-owner", DeleteOptions.of(Propagation.ORPHAN));

        awaitGone(MAPS, "default", "orphan-owner");
        ObjectNode left = client.resource(MAPS).get("default", "orphan-dependent");
        assertEquals(uid(dependent), uid(left));
        assertFalse(left.path("metadata").has("ownerReferences"));
        assertEquals(
                1,
                Json.objects(
                                client.resource(MAPS).get("default", "orphan-shared"),
                                "metadata",
                                "ownerReferences")
                        .size());
    }

    @Test
    void takesAwayOnlyTheOwnerThatIsGone() {
        ObjectNode first = map("default", "shared-first");
        ObjectNode second = map("default", "shared-second");
        map("default", "shared", first, second);

        client.resource(MAPS)
                .delete("default", "shared-first", DeleteOptions.of(Propagation.BACKGROUND));

        ObjectNode left =
                await(
                        MAPS,
                        "default",
                        "shared",
                        present ->
                                Json.objects(present, "metadata", "ownerReferences").size() == 1);
        assertEquals(
                uid(second),
                Json.text(Json.objects(left, "metadata", "ownerReferences").getFirst(), "uid"));
    }

    @Test
    void deletesDependentsOfOwnersThatNeverWere() {
        ObjectNode ghost = object("v1", "ConfigMap", "default", "ghost");
        Json.child(ghost, "metadata").put("uid", "00000000-0000-0000-0000-000000000001");
        map("default", "haunted", ghost);

        awaitGone(MAPS, "default", "haunted");
    }

    @Test
    void doesNotAcceptOwnersOfOtherNamespaces() {
        namespace("elsewhere");
        ObjectNode foreign = map("elsewhere", "foreign");
        map("default", "stray", foreign);

        awaitGone(MAPS, "default", "stray");
        assertEquals(uid(foreign), uid(client.resource(MAPS).get("elsewhere", "foreign")));
    }

    @Test
    void deletesDependentsOfClusterScopedOwners() {
        ObjectNode node = client.resource(NODES).create(object("v1", "Node", "", "owning-node"));
        map("default", "node-dependent", node);

        client.resource(NODES).delete("", "owning-node", DeleteOptions.of(Propagation.FOREGROUND));

        awaitGone(NODES, "", "owning-node");
        awaitGone(MAPS, "default", "node-dependent");
    }

    @Test
    void leavesObjectsAloneWhoseOwnersNobodyKnows() {
        ObjectNode unknown = object("nobody.example.com/v1", "Mystery", "default", "unknown");
        Json.child(unknown, "metadata").put("uid", "00000000-0000-0000-0000-000000000002");
        map("default", "mysterious", unknown);
        ObjectNode ghost = object("v1", "ConfigMap", "default", "ghost");
        Json.child(ghost, "metadata").put("uid", "00000000-0000-0000-0000-000000000003");
        map("default", "partly-mysterious", unknown, ghost);
        // The collector works in order: when this later one has gone, it has looked at those
        // before.
        map("default", "mystery-end", ghost);
        awaitGone(MAPS, "default", "mystery-end");

        assertEquals(
                "mysterious",
                Json.text(client.resource(MAPS).get("default", "mysterious"), "metadata", "name"));
        assertEquals(
                2,
                Json.objects(
                                client.resource(MAPS).get("default", "partly-mysterious"),
                                "metadata",
                                "ownerReferences")
                        .size());
    }

    @Test
    void breaksCirclesOfForegroundDeletion() {
        ObjectNode one = map("default", "circle-one");
        ObjectNode two = map("default", "circle-two", one);
        ObjectNode patch = Json.object();
        patch.putObject("metadata").putArray("ownerReferences").add(reference(two));
        client.resource(MAPS).patch("default", "circle-one", PatchForm.MERGE, patch);

        client.resource(MAPS)
                .delete("default", "circle-one", DeleteOptions.of(Propagation.FOREGROUND));

        awaitGone(MAPS, "default", "circle-one");
        awaitGone(MAPS, "default", "circle-two");
    }

    private static void namespace(String name) {
        client.resource(NAMESPACES).create(object("v1", "Namespace", "", name));
    }

    private static ObjectNode map(String namespace, String name, ObjectNode... owners) {
        ObjectNode map = object("v1", "ConfigMap", namespace, name);
        for (ObjectNode owner : owners) {
            Json.child(map, "metadata").withArray("ownerReferences").add(reference(owner));
        }
        return client.resource(MAPS).create(map);
    }

    private static ObjectNode reference(ObjectNode owner) {
        ObjectNode reference = Json.object();
        reference.put("apiVersion", Json.text(owner, "apiVersion"));
        reference.put("kind", Json.text(owner, "kind"));
        reference.put("name", Json.text(owner, "metadata", "name"));
        reference.put("uid", uid(owner));
        reference.put("blockOwnerDeletion", true);
        return reference;
    }

    private static ObjectNode object(
            String apiVersion, String kind, String namespace, String name) {
        ObjectNode object = Json.object();
        object.put("apiVersion", apiVersion);
        object.put("kind", kind);
        ObjectNode metadata = object.putObject("metadata").put("name", name);
        if (!namespace.isEmpty()) {
            metadata.put("namespace", namespace);
        }
        return object;
    }

    private static void finalizers(String namespace, String name, String json) {
        client.resource(MAPS)
                .patch(
                        namespace,
                        name,
                        PatchForm.MERGE,
                        Json.parse("{\"metadata\":{\"finalizers\":" + json + "}}"));
    }

    private static String uid(ObjectNode object) {
        return Json.text(object, "metadata", "uid");
    }

    private static String condition(ObjectNode object, String type) {
        return Json.objects(object, "status", "conditions").stream()
                .filter(condition -> Json.text(condition, "type").equals(type))
                .map(condition -> Json.text(condition, "status"))
                .findFirst()
                .orElse("");
    }

    /** Waits until an object is as wanted. */
    private static ObjectNode await(
            GroupVersionResource resource,
            String namespace,
            String name,
            Predicate<ObjectNode> wanted) {
        return Waits.until(client.resource(resource), namespace, name, wanted);
    }

    private static void awaitGone(GroupVersionResource resource, String namespace, String name) {
        Waits.untilGone(client.resource(resource), namespace, name);
    }
}
