package dev.pilothouse.server.clients;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.ConfigMapList;
import io.fabric8.kubernetes.api.model.DeletionPropagation;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodConditionBuilder;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.IngressBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderCallbacks;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderElectionConfigBuilder;
import io.fabric8.kubernetes.client.extended.leaderelection.resourcelock.LeaseLock;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The fabric8 client against a server process, configured by the kubeconfig that it wrote. */
class Fabric8ClientTest {

    /** No scheduler: these pods are changed by nobody but the test. */
    private static final String NOBODY = "nobody";

    private static final String NS = "fabric8";

    @TempDir private static Path directory;

    private static @Nullable ServerProcess server;
    private static @Nullable KubernetesClient shared;

    @BeforeAll
    static void start() throws IOException, InterruptedException {
        server = ServerProcess.startWithoutNodes(directory);
        shared = connect(server);
        shared.namespaces()
                .resource(
                        new NamespaceBuilder().withNewMetadata().withName(NS).endMetadata().build())
                .create();
    }

    @AfterAll
    static void stop() throws InterruptedException {
        client().close();
        server().close();
    }

    private static ServerProcess server() {
        return Objects.requireNonNull(server);
    }

    private static KubernetesClient client() {
        return Objects.requireNonNull(shared);
    }

    private static KubernetesClient connect(ServerProcess server) {
        Config config = Config.fromKubeconfig(server.kubeconfig().toFile());
        config.setNamespace(NS);
        config.setWatchReconnectInterval(100);
        return new KubernetesClientBuilder().withConfig(config).build();
    }

    @Test
    void readsVersionAndDiscovery() {
        assertEquals("36", client().getKubernetesVersion().getMinor());
        assertTrue(client().supports(Deployment.class));
        assertTrue(client().hasApiGroup("networking.k8s.io", true));
    }

    @Test
    void createsReadsEditsAndDeletesObjectsOfManyKinds() {
        List<HasMetadata> objects =
                List.of(
                        pod("many"),
                        deployment("many"),
                        configMap("many", Map.of()),
                        new SecretBuilder()
                                .withNewMetadata()
                                .withName("many")
                                .endMetadata()
                                .addToStringData("k", "v")
                                .build(),
                        service("many"),
                        job("many"),
                        new IngressBuilder()
                                .withNewMetadata()
                                .withName("many")
                                .endMetadata()
                                .withNewSpec()
                                .withNewDefaultBackend()
                                .withNewService()
                                .withName("many")
                                .withNewPort()
                                .withNumber(80)
                                .endPort()
                                .endService()
                                .endDefaultBackend()
                                .endSpec()
                                .build());
        for (HasMetadata object : objects) {
            HasMetadata created = client().resource(object).create();
            assertNotNull(created.getMetadata().getUid(), object.getKind());
            HasMetadata read = client().resource(object).get();
            assertEquals(
                    created.getMetadata().getUid(), read.getMetadata().getUid(), object.getKind());
            HasMetadata edited =
                    client().resource(object)
                            .edit(it -> {
                                it.getMetadata().setLabels(Map.of("edited", "yes"));
                                return it;
                            });
            assertEquals(Map.of("edited", "yes"), edited.getMetadata().getLabels());
            edited.getMetadata().setAnnotations(Map.of("updated", "yes"));
            edited.getMetadata().setResourceVersion(null);
            // Controllers write to some of these as well, between the client's read and its write.
            HasMetadata updated =
                    await().atMost(Duration.ofSeconds(30))
                            .ignoreException(KubernetesClientException.class)
                            .until(() -> client().resource(edited).update(), Objects::nonNull);
            assertEquals("yes", updated.getMetadata().getAnnotations().get("updated"));
            client().resource(object).withGracePeriod(0).delete();
            await().atMost(Duration.ofSeconds(5))
                    .until(() -> client().resource(object).get() == null);
        }
    }

    @Test
    void decodesSecretData() {
        client().secrets()
                .resource(
                        new SecretBuilder()
                                .withNewMetadata()
                                .withName("data")
                                .endMetadata()
                                .addToStringData("user", "käthe")
                                .build())
                .create();

        assertEquals(
                Map.of("user", "a8OkdGhl"), client().secrets().withName("data").get().getData());
    }

    @Test
    void allocatesServiceAddresses() {
        Service created = client().services().resource(service("addresses")).create();

        assertTrue(created.getSpec().getClusterIP().startsWith("10."), created::toString);
        assertEquals("TCP", created.getSpec().getPorts().getFirst().getProtocol());
    }

    @Test
    void patchesInAllWays() {
        var map = client().configMaps().resource(configMap("patched", Map.of()));
        map.create();

        map.patch(PatchContext.of(PatchType.JSON_MERGE), "{\"data\":{\"merge\":\"1\"}}");
        map.patch(PatchContext.of(PatchType.STRATEGIC_MERGE), "{\"data\":{\"strategic\":\"2\"}}");
        map.patch(
                PatchContext.of(PatchType.JSON),
                "[{\"op\":\"add\",\"path\":\"/data/json\",\"value\":\"3\"}]");
        ConfigMap applied =
                client().configMaps()
                        .resource(configMap("patched", Map.of("applied", "4")))
                        .fieldManager("fabric8-test")
                        .serverSideApply();

        assertEquals(
                Map.of("merge", "1", "strategic", "2", "json", "3", "applied", "4"),
                applied.getData());
        assertTrue(
                applied.getMetadata().getManagedFields().stream()
                        .anyMatch(entry ->
                                "fabric8-test".equals(entry.getManager())
                                        && "Apply".equals(entry.getOperation())));
    }

    @Test
    void appliesFromServerSideWithConflicts() {
        client().configMaps()
                .resource(configMap("conflict", Map.of("k", "one")))
                .fieldManager("one")
                .serverSideApply();

        var second =
                client().configMaps()
                        .resource(configMap("conflict", Map.of("k", "two")))
                        .fieldManager("two");
        KubernetesClientException refused =
                assertThrows(KubernetesClientException.class, second::serverSideApply);
        assertEquals(409, refused.getCode());
        assertEquals(
                "FieldManagerConflict",
                refused.getStatus().getDetails().getCauses().getFirst().getReason());
        assertEquals("two", second.forceConflicts().serverSideApply().getData().get("k"));
    }

    @Test
    @SuppressWarnings("deprecation") // what many programs still call
    void createsOrReplaces() {
        client().resource(configMap("replaced", Map.of("k", "1"))).createOrReplace();
        client().resource(configMap("replaced", Map.of("k", "2"))).createOrReplace();

        assertEquals(Map.of("k", "2"), client().configMaps().withName("replaced").get().getData());
    }

    @Test
    void refusesStaleUpdates() {
        ConfigMap first = client().resource(configMap("stale", Map.of())).create();
        client().resource(configMap("stale", Map.of("k", "v"))).update();

        first.setData(Map.of("k", "w"));
        KubernetesClientException refused =
                assertThrows(
                        KubernetesClientException.class, () -> client().resource(first).update());
        assertEquals(409, refused.getCode());
        assertEquals("Conflict", refused.getStatus().getReason());
    }

    @Test
    void updatesAndPatchesStatus() {
        Pod pod = client().pods().resource(pod("status")).create();
        pod.getStatus().setMessage("by update");
        Pod updated = client().pods().resource(pod).updateStatus();
        assertEquals("by update", updated.getStatus().getMessage());

        Pod patched =
                client().pods()
                        .withName("status")
                        .editStatus(it ->
                                new PodBuilder(it)
                                        .editStatus()
                                        .withConditions(
                                                new PodConditionBuilder()
                                                        .withType("Ready")
                                                        .withStatus("True")
                                                        .build())
                                        .endStatus()
                                        .build());
        assertEquals("True", patched.getStatus().getConditions().getFirst().getStatus());
        assertEquals("by update", patched.getStatus().getMessage());
    }

    @Test
    void scales() {
        client().apps().deployments().resource(deployment("scaled")).create();

        assertEquals(
                4,
                client().apps()
                        .deployments()
                        .withName("scaled")
                        .scale(
                                client().apps()
                                        .deployments()
                                        .withName("scaled")
                                        .scale()
                                        .edit()
                                        .editMetadata()
                                        .withResourceVersion(null) // its controller writes too
                                        .endMetadata()
                                        .editSpec()
                                        .withReplicas(4)
                                        .endSpec()
                                        .build())
                        .getSpec()
                        .getReplicas());
        assertEquals(
                4, client().apps().deployments().withName("scaled").get().getSpec().getReplicas());
        await().atMost(Duration.ofSeconds(30))
                .ignoreException(KubernetesClientException.class)
                .until(() -> client().apps().deployments().withName("scaled").scale(2) != null);
        assertEquals(
                2, client().apps().deployments().withName("scaled").get().getSpec().getReplicas());
    }

    @Test
    void deletesWithPropagation() {
        client().apps().deployments().resource(deployment("foreground")).create();
        client().apps()
                .deployments()
                .withName("foreground")
                .withPropagationPolicy(DeletionPropagation.FOREGROUND)
                .delete();
        await().atMost(Duration.ofSeconds(60))
                .until(() -> client().apps().deployments().withName("foreground").get() == null);

        client().batch().v1().jobs().resource(job("background")).create();
        client().batch()
                .v1()
                .jobs()
                .withName("background")
                .withPropagationPolicy(DeletionPropagation.BACKGROUND)
                .delete();
        assertNull(client().batch().v1().jobs().withName("background").get());
    }

    @Test
    void listsInPagesAndBySelectors() {
        for (int i = 0; i < 7; i++) {
            ConfigMap map = configMap("page-" + i, Map.of());
            map.getMetadata().setLabels(Map.of("page", i % 2 == 0 ? "even" : "odd"));
            client().resource(map).create();
        }
        List<String> names = new ArrayList<>();
        String token = null;
        int pages = 0;
        do {
            ConfigMapList list =
                    client().configMaps()
                            .withLabel("page")
                            .list(
                                    new ListOptionsBuilder()
                                            .withLimit(3L)
                                            .withContinue(token)
                                            .build());
            list.getItems().forEach(map -> names.add(map.getMetadata().getName()));
            token = list.getMetadata().getContinue();
            pages++;
        } while (token != null && !token.isEmpty());

        assertEquals(3, pages);
        assertEquals(
                List.of("page-0", "page-1", "page-2", "page-3", "page-4", "page-5", "page-6"),
                names);
        assertEquals(
                3, client().configMaps().withLabelIn("page", "odd", "x").list().getItems().size());
        assertEquals(
                4,
                client().configMaps()
                        .withLabel("page")
                        .withLabelNotIn("page", "odd")
                        .list()
                        .getItems()
                        .size());
        assertEquals(
                1,
                client().configMaps()
                        .withField("metadata.name", "page-3")
                        .list()
                        .getItems()
                        .size());
        assertFalse(
                client().configMaps().withLabel("page", "odd").delete().isEmpty(),
                "deletes by selector");
        assertEquals(4, client().configMaps().withLabel("page").list().getItems().size());
    }

    @Test
    void watchesOverWebSocket() throws InterruptedException {
        BlockingQueue<String> seen = new LinkedBlockingQueue<>();
        var maps = client().configMaps().withLabel("watched", "yes");
        try (Watch _ =
                maps.watch(
                        new Watcher<ConfigMap>() {
                            @Override
                            public void eventReceived(Action action, ConfigMap map) {
                                seen.add(action + " " + map.getMetadata().getName());
                            }

                            @Override
                            public void onClose(@Nullable WatcherException cause) {}
                        })) {
            ConfigMap map = configMap("seen", Map.of());
            map.getMetadata().setLabels(Map.of("watched", "yes"));
            client().resource(map).create();
            assertEquals("ADDED seen", seen.poll(60, TimeUnit.SECONDS));
            client().configMaps()
                    .withName("seen")
                    .edit(it -> new ConfigMapBuilder(it).addToData("k", "v").build());
            assertEquals("MODIFIED seen", seen.poll(60, TimeUnit.SECONDS));
            client().configMaps().withName("seen").delete();
            assertEquals("DELETED seen", seen.poll(60, TimeUnit.SECONDS));
        }
    }

    @Test
    void informsAlsoAfterReconnect() throws Exception {
        BlockingQueue<String> seen = new LinkedBlockingQueue<>();
        client().resource(deployment("before")).create();
        try (SharedIndexInformer<Deployment> informer =
                client().apps().deployments().inNamespace(NS).inform(recorder(seen))) {
            await().atMost(Duration.ofSeconds(30)).until(informer::hasSynced);
            assertNotNull(informer.getStore().getByKey(NS + "/before"));

            server().kill();
            server = server().startAgain();
            awaitServer();
            client().resource(deployment("after")).create();
            expect(seen, "add after");
            // Its controller writes to it as well, so the first try may be a conflict.
            await().atMost(Duration.ofSeconds(30))
                    .ignoreException(KubernetesClientException.class)
                    .until(() -> client().apps().deployments().withName("after").scale(3) != null);
            expect(seen, "update after");
            client().apps()
                    .deployments()
                    .withName("after")
                    .withPropagationPolicy(DeletionPropagation.BACKGROUND)
                    .delete();
            expect(seen, "delete after");
            assertNull(informer.getStore().getByKey(NS + "/after"));
            assertNotNull(informer.getStore().getByKey(NS + "/before"));
        }
    }

    private static void awaitServer() {
        await().atMost(Duration.ofSeconds(60))
                .ignoreExceptions()
                .until(() -> client().getKubernetesVersion() != null);
    }

    private static void expect(BlockingQueue<String> seen, String event)
            throws InterruptedException {
        String next;
        do {
            next = seen.poll(60, TimeUnit.SECONDS);
            assertNotNull(next, "waiting for " + event);
        } while (!event.equals(next));
    }

    private static ResourceEventHandler<Deployment> recorder(BlockingQueue<String> seen) {
        return new ResourceEventHandler<>() {
            @Override
            public void onAdd(Deployment object) {
                seen.add("add " + object.getMetadata().getName());
            }

            @Override
            public void onUpdate(Deployment old, Deployment object) {
                seen.add("update " + object.getMetadata().getName());
            }

            @Override
            public void onDelete(Deployment object, boolean unknown) {
                seen.add("delete " + object.getMetadata().getName());
            }
        };
    }

    @Test
    void waitsForConditions() throws Exception {
        client().pods().resource(pod("waited")).create();
        CompletableFuture<@Nullable Pod> ready =
                client().pods()
                        .withName("waited")
                        .informOnCondition(pods ->
                                pods.stream()
                                        .anyMatch(pod ->
                                                "Running".equals(pod.getStatus().getPhase())))
                        .thenApply(List::getFirst);

        client().pods()
                .withName("waited")
                .editStatus(it ->
                        new PodBuilder(it).editStatus().withPhase("Running").endStatus().build());

        assertNotNull(ready.get(5, TimeUnit.SECONDS));
    }

    @Test
    void electsOneLeaderByLease() throws Exception {
        CompletableFuture<String> first = new CompletableFuture<>();
        CompletableFuture<String> second = new CompletableFuture<>();
        CompletableFuture<?> one = elect("one", first);
        assertEquals("one", first.get(5, TimeUnit.SECONDS));
        CompletableFuture<?> two = elect("two", second);

        assertEquals(
                "one",
                client().leases()
                        .inNamespace(NS)
                        .withName("lock")
                        .get()
                        .getSpec()
                        .getHolderIdentity());
        assertFalse(second.isDone());
        one.cancel(true);
        assertEquals("two", second.get(10, TimeUnit.SECONDS));
        two.cancel(true);
    }

    private static CompletableFuture<?> elect(String identity, CompletableFuture<String> elected) {
        return client().leaderElector()
                .withConfig(
                        new LeaderElectionConfigBuilder()
                                .withName("test")
                                .withLock(new LeaseLock(NS, "lock", identity))
                                .withLeaseDuration(Duration.ofSeconds(2))
                                .withRenewDeadline(Duration.ofMillis(1500))
                                .withRetryPeriod(Duration.ofMillis(200))
                                .withReleaseOnCancel(true)
                                .withLeaderCallbacks(
                                        new LeaderCallbacks(
                                                () -> elected.complete(identity),
                                                () -> {},
                                                _ -> {}))
                                .build())
                .build()
                .start();
    }

    private static Pod pod(String name) {
        return new PodBuilder()
                .withNewMetadata()
                .withName(name)
                .endMetadata()
                .withNewSpec()
                .withSchedulerName(NOBODY)
                .addNewContainer()
                .withName("c")
                .withImage("busybox")
                .endContainer()
                .endSpec()
                .build();
    }

    private static Deployment deployment(String name) {
        return new DeploymentBuilder()
                .withNewMetadata()
                .withName(name)
                .endMetadata()
                .withNewSpec()
                .withReplicas(1)
                .withNewSelector()
                .addToMatchLabels("app", name)
                .endSelector()
                .withNewTemplate()
                .withNewMetadata()
                .addToLabels("app", name)
                .endMetadata()
                .withSpec(pod(name).getSpec())
                .endTemplate()
                .endSpec()
                .build();
    }

    private static Job job(String name) {
        return new JobBuilder()
                .withNewMetadata()
                .withName(name)
                .endMetadata()
                .withNewSpec()
                .withNewTemplate()
                .withNewSpec()
                .withRestartPolicy("Never")
                .withContainers(pod(name).getSpec().getContainers())
                .endSpec()
                .endTemplate()
                .endSpec()
                .build();
    }

    private static Service service(String name) {
        return new ServiceBuilder()
                .withNewMetadata()
                .withName(name)
                .endMetadata()
                .withNewSpec()
                .addToSelector("app", name)
                .addNewPort()
                .withPort(80)
                .endPort()
                .endSpec()
                .build();
    }

    private static ConfigMap configMap(String name, Map<String, String> data) {
        return new ConfigMapBuilder()
                .withNewMetadata()
                .withName(name)
                .endMetadata()
                .withData(data)
                .build();
    }
}
