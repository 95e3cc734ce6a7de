package dev.pilothouse.server.clients;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pilothouse.model.json.Json;
import io.kubernetes.client.common.KubernetesListObject;
import io.kubernetes.client.common.KubernetesObject;
import io.kubernetes.client.custom.IntOrString;
import io.kubernetes.client.custom.Quantity;
import io.kubernetes.client.custom.V1Patch;
import io.kubernetes.client.informer.ResourceEventHandler;
import io.kubernetes.client.informer.SharedIndexInformer;
import io.kubernetes.client.informer.SharedInformerFactory;
import io.kubernetes.client.openapi.ApiClient;
import io.kubernetes.client.openapi.ApiException;
import io.kubernetes.client.openapi.apis.AppsV1Api;
import io.kubernetes.client.openapi.apis.CoreV1Api;
import io.kubernetes.client.openapi.apis.VersionApi;
import io.kubernetes.client.openapi.models.V1ConfigMap;
import io.kubernetes.client.openapi.models.V1ConfigMapList;
import io.kubernetes.client.openapi.models.V1Container;
import io.kubernetes.client.openapi.models.V1DeleteOptions;
import io.kubernetes.client.openapi.models.V1Deployment;
import io.kubernetes.client.openapi.models.V1DeploymentList;
import io.kubernetes.client.openapi.models.V1DeploymentSpec;
import io.kubernetes.client.openapi.models.V1HTTPIngressPath;
import io.kubernetes.client.openapi.models.V1HTTPIngressRuleValue;
import io.kubernetes.client.openapi.models.V1Ingress;
import io.kubernetes.client.openapi.models.V1IngressBackend;
import io.kubernetes.client.openapi.models.V1IngressList;
import io.kubernetes.client.openapi.models.V1IngressRule;
import io.kubernetes.client.openapi.models.V1IngressServiceBackend;
import io.kubernetes.client.openapi.models.V1IngressSpec;
import io.kubernetes.client.openapi.models.V1Job;
import io.kubernetes.client.openapi.models.V1JobList;
import io.kubernetes.client.openapi.models.V1JobSpec;
import io.kubernetes.client.openapi.models.V1LabelSelector;
import io.kubernetes.client.openapi.models.V1Namespace;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import io.kubernetes.client.openapi.models.V1Pod;
import io.kubernetes.client.openapi.models.V1PodList;
import io.kubernetes.client.openapi.models.V1PodSpec;
import io.kubernetes.client.openapi.models.V1PodTemplateSpec;
import io.kubernetes.client.openapi.models.V1ResourceRequirements;
import io.kubernetes.client.openapi.models.V1Scale;
import io.kubernetes.client.openapi.models.V1Secret;
import io.kubernetes.client.openapi.models.V1SecretList;
import io.kubernetes.client.openapi.models.V1Service;
import io.kubernetes.client.openapi.models.V1ServiceBackendPort;
import io.kubernetes.client.openapi.models.V1ServiceList;
import io.kubernetes.client.openapi.models.V1ServicePort;
import io.kubernetes.client.openapi.models.V1ServiceSpec;
import io.kubernetes.client.util.ClientBuilder;
import io.kubernetes.client.util.KubeConfig;
import io.kubernetes.client.util.PatchUtils;
import io.kubernetes.client.util.Watch;
import io.kubernetes.client.util.generic.GenericKubernetesApi;
import io.kubernetes.client.util.generic.KubernetesApiResponse;
import io.kubernetes.client.util.generic.options.DeleteOptions;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The official Java client against a server process, configured by the kubeconfig that it wrote.
 */
class OfficialJavaClientTest {

    /** No scheduler: these pods are changed by nobody but the test. */
    private static final String NOBODY = "nobody";

    private static final String NS = "official";

    @TempDir private static Path directory;

    private static @Nullable ServerProcess server;
    private static @Nullable ApiClient shared;

    @BeforeAll
    static void start() throws IOException, InterruptedException, ApiException {
        server = ServerProcess.startWithoutNodes(directory);
        try (Reader reader = Files.newBufferedReader(server.kubeconfig())) {
            shared = ClientBuilder.kubeconfig(KubeConfig.loadKubeConfig(reader)).build();
        }
        core().createNamespace(new V1Namespace().metadata(new V1ObjectMeta().name(NS))).execute();
    }

    @AfterAll
    static void stop() throws InterruptedException {
        client().getHttpClient().dispatcher().executorService().shutdownNow();
        client().getHttpClient().connectionPool().evictAll();
        server().close();
    }

    private static ServerProcess server() {
        return Objects.requireNonNull(server);
    }

    private static ApiClient client() {
        return Objects.requireNonNull(shared);
    }

    private static CoreV1Api core() {
        return new CoreV1Api(client());
    }

    private static AppsV1Api apps() {
        return new AppsV1Api(client());
    }

    @Test
    void readsVersion() throws ApiException {
        assertEquals("36", new VersionApi(client()).getCode().execute().getMinor());
    }

    @Test
    void createsReadsUpdatesAndDeletesPods() {
        V1Pod pod = pod("crud");
        pod.getSpec()
                .getContainers()
                .getFirst()
                .resources(
                        new V1ResourceRequirements()
                                .putRequestsItem("memory", Quantity.fromString("1.5Gi")));
        V1Pod read = crud(api(V1Pod.class, V1PodList.class, "", "pods"), pod);
        assertEquals(
                Quantity.fromString("1536Mi"),
                read.getSpec()
                        .getContainers()
                        .getFirst()
                        .getResources()
                        .getRequests()
                        .get("memory"));
    }

    @Test
    void createsReadsUpdatesAndDeletesDeployments() {
        var api = api(V1Deployment.class, V1DeploymentList.class, "apps", "deployments");
        assertEquals(
                "RollingUpdate", crud(api, deployment("crud")).getSpec().getStrategy().getType());
    }

    @Test
    void createsReadsUpdatesAndDeletesSecrets() {
        V1Secret secret =
                new V1Secret().metadata(meta("crud")).putDataItem("k", new byte[] {0, -1, 7});
        V1Secret read = crud(api(V1Secret.class, V1SecretList.class, "", "secrets"), secret);
        assertEquals(List.of((byte) 0, (byte) -1, (byte) 7), bytes(read.getData().get("k")));
    }

    @Test
    void createsReadsUpdatesAndDeletesServices() {
        V1Service service =
                new V1Service()
                        .metadata(meta("crud"))
                        .spec(
                                new V1ServiceSpec()
                                        .addPortsItem(
                                                new V1ServicePort()
                                                        .port(80)
                                                        .targetPort(new IntOrString("http"))));
        V1Service read = crud(api(V1Service.class, V1ServiceList.class, "", "services"), service);
        assertEquals(new IntOrString("http"), read.getSpec().getPorts().getFirst().getTargetPort());
    }

    @Test
    void createsReadsUpdatesAndDeletesJobs() {
        V1PodSpec spec = Objects.requireNonNull(pod("crud").getSpec()).restartPolicy("OnFailure");
        V1Job job =
                new V1Job()
                        .metadata(meta("crud"))
                        .spec(new V1JobSpec().template(new V1PodTemplateSpec().spec(spec)));
        V1Job read = crud(api(V1Job.class, V1JobList.class, "batch", "jobs"), job);
        assertEquals(6, read.getSpec().getBackoffLimit());
    }

    @Test
    void createsReadsUpdatesAndDeletesIngresses() {
        V1IngressBackend backend =
                new V1IngressBackend()
                        .service(
                                new V1IngressServiceBackend()
                                        .name("s")
                                        .port(new V1ServiceBackendPort().number(80)));
        V1HTTPIngressPath path =
                new V1HTTPIngressPath().path("/a").pathType("Prefix").backend(backend);
        V1IngressRule rule =
                new V1IngressRule()
                        .host("a.example")
                        .http(new V1HTTPIngressRuleValue().addPathsItem(path));
        V1Ingress ingress =
                new V1Ingress().metadata(meta("crud")).spec(new V1IngressSpec().addRulesItem(rule));
        var api = api(V1Ingress.class, V1IngressList.class, "networking.k8s.io", "ingresses");
        assertEquals("a.example", crud(api, ingress).getSpec().getRules().getFirst().getHost());
    }

    private static <T extends KubernetesObject, L extends KubernetesListObject> T crud(
            GenericKubernetesApi<T, L> api, T object) {
        KubernetesApiResponse<T> creation = api.create(object);
        T created = creation.getObject();
        assertNotNull(created, () -> String.valueOf(creation.getStatus()));
        T read = api.get(NS, "crud").getObject();
        assertEquals(created.getMetadata().getUid(), read.getMetadata().getUid());
        read.getMetadata().setLabels(Map.of("updated", "yes"));
        // Controllers write to it as well, so this is to hold whatever they have written.
        read.getMetadata().setResourceVersion(null);
        KubernetesApiResponse<T> update = api.update(read);
        T updated = update.getObject();
        assertNotNull(updated, () -> String.valueOf(update.getStatus()));
        assertEquals(Map.of("updated", "yes"), updated.getMetadata().getLabels());
        assertTrue(
                api.list(NS).getObject().getItems().stream()
                        .anyMatch(item ->
                                updated.getMetadata()
                                        .getUid()
                                        .equals(item.getMetadata().getUid())));
        DeleteOptions now = new DeleteOptions();
        now.setGracePeriodSeconds(0L);
        assertTrue(api.delete(NS, "crud", now).isSuccess());
        assertEquals(404, api.get(NS, "crud").getHttpStatusCode());
        return updated;
    }

    private static List<Byte> bytes(byte[] data) {
        List<Byte> bytes = new ArrayList<>();
        for (byte b : data) {
            bytes.add(b);
        }
        return bytes;
    }

    @Test
    void patchesInAllWays() throws ApiException {
        core().createNamespacedConfigMap(NS, configMap("patched")).execute();

        patch(V1Patch.PATCH_FORMAT_JSON_MERGE_PATCH, "{\"data\":{\"merge\":\"1\"}}");
        patch(V1Patch.PATCH_FORMAT_STRATEGIC_MERGE_PATCH, "{\"data\":{\"strategic\":\"2\"}}");
        patch(
                V1Patch.PATCH_FORMAT_JSON_PATCH,
                "[{\"op\":\"add\",\"path\":\"/data/json\",\"value\":\"3\"}]");
        V1ConfigMap applied =
                patch(
                        V1Patch.PATCH_FORMAT_APPLY_YAML,
                        "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: patched}\ndata: {applied: '4'}\n");

        assertEquals(
                Map.of("merge", "1", "strategic", "2", "json", "3", "applied", "4"),
                applied.getData());
    }

    private static V1ConfigMap patch(String format, String patch) throws ApiException {
        return PatchUtils.patch(
                V1ConfigMap.class,
                () ->
                        core().patchNamespacedConfigMap("patched", NS, new V1Patch(patch))
                                .fieldManager("official")
                                .buildCall(null),
                format,
                client());
    }

    @Test
    void updatesStatusAndScale() throws ApiException {
        V1Deployment created =
                apps().createNamespacedDeployment(NS, deployment("status")).execute();
        Objects.requireNonNull(created.getStatus()).setReadyReplicas(1);
        created.getStatus().setReplicas(1);
        created.getMetadata().setResourceVersion(null); // its controller writes as well
        V1Deployment updated =
                apps().replaceNamespacedDeploymentStatus("status", NS, created).execute();
        assertEquals(1, updated.getStatus().getReadyReplicas());
        assertEquals(1, updated.getMetadata().getGeneration());

        await().atMost(Duration.ofSeconds(30))
                .until(() ->
                        apps().readNamespacedDeploymentScale("status", NS)
                                        .execute()
                                        .getStatus()
                                        .getReplicas()
                                == 1);
        V1Scale scale = apps().readNamespacedDeploymentScale("status", NS).execute();
        assertEquals("app=status", scale.getStatus().getSelector());
        scale.getSpec().setReplicas(5);
        scale.getMetadata().setResourceVersion(null);
        apps().replaceNamespacedDeploymentScale("status", NS, scale).execute();
        V1Deployment read = apps().readNamespacedDeployment("status", NS).execute();
        assertEquals(5, read.getSpec().getReplicas());
        assertEquals(2, read.getMetadata().getGeneration());
    }

    @Test
    void deletesWithPropagationAndPreconditions() throws ApiException {
        apps().createNamespacedDeployment(NS, deployment("propagated")).execute();
        apps().deleteNamespacedDeployment("propagated", NS)
                .propagationPolicy("Foreground")
                .execute();
        var deployments = api(V1Deployment.class, V1DeploymentList.class, "apps", "deployments");
        await().atMost(Duration.ofSeconds(60))
                .until(() -> deployments.get(NS, "propagated").getHttpStatusCode() == 404);

        core().createNamespacedConfigMap(NS, configMap("guarded")).execute();
        var request =
                core().deleteNamespacedConfigMap("guarded", NS)
                        .body(
                                new V1DeleteOptions()
                                        .preconditions(
                                                new io.kubernetes.client.openapi.models
                                                                .V1Preconditions()
                                                        .uid("other")));
        ApiException refused = assertThrows(ApiException.class, request::execute);
        assertEquals(409, refused.getCode());
        assertEquals("Conflict", Json.text(Json.parse(refused.getResponseBody()), "reason"));
    }

    @Test
    void listsInPagesAndBySelectors() throws ApiException {
        for (int i = 0; i < 5; i++) {
            V1ConfigMap map = configMap("page-" + i);
            map.getMetadata().putLabelsItem("page", i % 2 == 0 ? "even" : "odd");
            core().createNamespacedConfigMap(NS, map).execute();
        }
        List<String> names = new ArrayList<>();
        String token = null;
        do {
            V1ConfigMapList list =
                    core().listNamespacedConfigMap(NS)
                            .labelSelector("page in (even,odd)")
                            .limit(2)
                            ._continue(token)
                            .execute();
            list.getItems().forEach(map -> names.add(map.getMetadata().getName()));
            token = list.getMetadata().getContinue();
        } while (token != null && !token.isEmpty());

        assertEquals(List.of("page-0", "page-1", "page-2", "page-3", "page-4"), names);
        assertEquals(
                1,
                core().listNamespacedConfigMap(NS)
                        .fieldSelector("metadata.name=page-2")
                        .execute()
                        .getItems()
                        .size());
    }

    @Test
    void watches() throws ApiException, IOException {
        try (Watch<V1ConfigMap> watch =
                Watch.createWatch(
                        client(),
                        core().listNamespacedConfigMap(NS)
                                .labelSelector("watched")
                                .watch(true)
                                .buildCall(null),
                        new com.google.gson.reflect.TypeToken<
                                Watch.Response<V1ConfigMap>>() {}.getType())) {
            V1ConfigMap map = configMap("watched");
            map.getMetadata().putLabelsItem("watched", "yes");
            core().createNamespacedConfigMap(NS, map).execute();
            assertEquals("ADDED", watch.next().type);
            core().replaceNamespacedConfigMap("watched", NS, map.putDataItem("k", "v")).execute();
            Watch.Response<V1ConfigMap> modified = watch.next();
            assertEquals("MODIFIED", modified.type);
            assertEquals(Map.of("k", "v"), modified.object.getData());
            core().deleteNamespacedConfigMap("watched", NS).execute();
            assertEquals("DELETED", watch.next().type);
        }
    }

    @Test
    void informsAlsoAfterReconnect() throws Exception {
        BlockingQueue<String> seen = new LinkedBlockingQueue<>();
        var factory = new SharedInformerFactory(client());
        SharedIndexInformer<V1ConfigMap> informer =
                factory.sharedIndexInformerFor(
                        parameters ->
                                core().listNamespacedConfigMap(NS)
                                        .labelSelector("informed")
                                        .resourceVersion(parameters.resourceVersion)
                                        .timeoutSeconds(parameters.timeoutSeconds)
                                        .watch(parameters.watch)
                                        .buildCall(null),
                        V1ConfigMap.class,
                        V1ConfigMapList.class);
        informer.addEventHandler(recorder(seen));
        try {
            create("first");
            factory.startAllRegisteredInformers();
            await().atMost(Duration.ofSeconds(60)).until(informer::hasSynced);
            expect(seen, "add first");

            server().kill();
            server = server().startAgain();
            await().atMost(Duration.ofSeconds(60)).ignoreExceptions().until(() -> create("second"));
            expect(seen, "add second");
            patchInformed();
            expect(seen, "update second");
            core().deleteNamespacedConfigMap("second", NS).execute();
            expect(seen, "delete second");
            assertEquals(List.of(NS + "/first"), List.copyOf(informer.getIndexer().listKeys()));
        } finally {
            factory.stopAllRegisteredInformers();
        }
    }

    private static boolean create(String name) throws ApiException {
        V1ConfigMap map = configMap(name);
        map.getMetadata().putLabelsItem("informed", "yes");
        core().createNamespacedConfigMap(NS, map).execute();
        return true;
    }

    private static void patchInformed() throws ApiException {
        PatchUtils.patch(
                V1ConfigMap.class,
                () ->
                        core().patchNamespacedConfigMap(
                                        "second", NS, new V1Patch("{\"data\":{\"k\":\"v\"}}"))
                                .buildCall(null),
                V1Patch.PATCH_FORMAT_JSON_MERGE_PATCH,
                client());
    }

    private static void expect(BlockingQueue<String> seen, String event)
            throws InterruptedException {
        String next;
        do {
            next = seen.poll(60, TimeUnit.SECONDS);
            assertNotNull(next, "waiting for " + event);
        } while (!event.equals(next));
    }

    private static ResourceEventHandler<V1ConfigMap> recorder(BlockingQueue<String> seen) {
        return new ResourceEventHandler<>() {
            @Override
            public void onAdd(V1ConfigMap object) {
                seen.add("add " + object.getMetadata().getName());
            }

            @Override
            public void onUpdate(V1ConfigMap old, V1ConfigMap object) {
                seen.add("update " + object.getMetadata().getName());
            }

            @Override
            public void onDelete(V1ConfigMap object, boolean unknown) {
                seen.add("delete " + object.getMetadata().getName());
            }
        };
    }

    private static <T extends KubernetesObject, L extends KubernetesListObject>
            GenericKubernetesApi<T, L> api(
                    Class<T> type, Class<L> list, String group, String plural) {
        return new GenericKubernetesApi<>(type, list, group, "v1", plural, client());
    }

    private static V1ObjectMeta meta(String name) {
        return new V1ObjectMeta().name(name).namespace(NS);
    }

    private static V1Pod pod(String name) {
        return new V1Pod()
                .metadata(meta(name))
                .spec(
                        new V1PodSpec()
                                .schedulerName(NOBODY)
                                .addContainersItem(new V1Container().name("c").image("busybox")));
    }

    private static V1Deployment deployment(String name) {
        return new V1Deployment()
                .metadata(meta(name))
                .spec(
                        new V1DeploymentSpec()
                                .selector(new V1LabelSelector().putMatchLabelsItem("app", name))
                                .template(
                                        new V1PodTemplateSpec()
                                                .metadata(
                                                        new V1ObjectMeta()
                                                                .putLabelsItem("app", name))
                                                .spec(pod(name).getSpec())));
    }

    private static V1ConfigMap configMap(String name) {
        return new V1ConfigMap().metadata(meta(name));
    }
}
