package dev.pilothouse.server;

import dev.pilothouse.model.codec.ContentFormat;
import dev.pilothouse.model.codec.ProtobufCodec;
import dev.pilothouse.model.codec.YamlWriter;
import dev.pilothouse.model.json.Json;
import dev.pilothouse.model.meta.GroupResource;
import dev.pilothouse.model.meta.GroupVersionResource;
import dev.pilothouse.model.schema.Schema;
import dev.pilothouse.model.scheme.BuiltInKinds;
import dev.pilothouse.model.scheme.ResourceKind;
import dev.pilothouse.server.admission.AdmissionChain;
import dev.pilothouse.server.admission.plugins.AdmissionPlugins;
import dev.pilothouse.server.authn.AnonymousAuthenticator;
import dev.pilothouse.server.authn.Authenticator;
import dev.pilothouse.server.authn.AuthenticatorChain;
import dev.pilothouse.server.authn.ServiceAccountAuthenticator;
import dev.pilothouse.server.authn.StaticTokenAuthenticator;
import dev.pilothouse.server.authn.TokenCheckerChain;
import dev.pilothouse.server.authz.AlwaysAllowedPaths;
import dev.pilothouse.server.authz.Authorizer;
import dev.pilothouse.server.authz.AuthorizerChain;
import dev.pilothouse.server.authz.BuiltInRoles;
import dev.pilothouse.server.authz.LocalComponentAuthorizer;
import dev.pilothouse.server.authz.MastersAuthorizer;
import dev.pilothouse.server.bootstrap.Bootstrap;
import dev.pilothouse.server.endpoints.BackupEndpoint;
import dev.pilothouse.server.endpoints.DiscoveryEndpoints;
import dev.pilothouse.server.endpoints.GroupRoutes;
import dev.pilothouse.server.endpoints.HealthCheck;
import dev.pilothouse.server.endpoints.HealthEndpoint;
import dev.pilothouse.server.endpoints.MetricsEndpoint;
import dev.pilothouse.server.endpoints.OwnResources;
import dev.pilothouse.server.endpoints.RootHandler;
import dev.pilothouse.server.endpoints.RootHandler.Route;
import dev.pilothouse.server.endpoints.ServedGroups;
import dev.pilothouse.server.endpoints.ServiceAccountIssuerEndpoints;
import dev.pilothouse.server.endpoints.VersionEndpoint;
import dev.pilothouse.server.endpoints.node.NodeSubresources;
import dev.pilothouse.server.endpoints.openapi.OpenApiDocuments;
import dev.pilothouse.server.endpoints.openapi.OpenApiEndpoint;
import dev.pilothouse.server.endpoints.resource.ResourceEndpoints;
import dev.pilothouse.server.endpoints.resource.ScalePaths;
import dev.pilothouse.server.metrics.MetricsRegistry;
import dev.pilothouse.server.node.NodeAgents;
import dev.pilothouse.server.pipeline.ApiHandler;
import dev.pilothouse.server.pipeline.AuditSink;
import dev.pilothouse.server.pipeline.BodyEncoder;
import dev.pilothouse.server.pipeline.ErrorWriter;
import dev.pilothouse.server.pipeline.filters.HandlerChain;
import dev.pilothouse.server.pipeline.filters.RateLimits;
import dev.pilothouse.server.pki.ServiceAccountKeys;
import dev.pilothouse.server.registry.Conversions;
import dev.pilothouse.server.registry.Conversions.Conversion;
import dev.pilothouse.server.registry.FieldIndex;
import dev.pilothouse.server.registry.KindRegistry;
import dev.pilothouse.server.registry.RegistryServices;
import dev.pilothouse.server.registry.ResourceStores;
import dev.pilothouse.server.registry.ResourceStrategy;
import dev.pilothouse.server.registry.WriteHook;
import dev.pilothouse.server.registry.apiextensions.ConversionReviews;
import dev.pilothouse.server.registry.apiextensions.CustomResourceDefinitions;
import dev.pilothouse.server.registry.apiextensions.CustomResourceVersion;
import dev.pilothouse.server.registry.apiextensions.CustomResourceVersion.Scale;
import dev.pilothouse.server.registry.apiextensions.CustomResources;
import dev.pilothouse.server.registry.apiextensions.VersionConversion;
import dev.pilothouse.server.registry.autoscaling.HorizontalPodAutoscalerConversion;
import dev.pilothouse.server.registry.core.ServiceAllocator;
import dev.pilothouse.server.registry.core.ServiceHook;
import dev.pilothouse.server.registry.events.EventConversion;
import dev.pilothouse.server.registry.printers.Printers;
import dev.pilothouse.server.registry.printers.RowPrinter;
import dev.pilothouse.server.registry.strategies.GeneralStrategies;
import dev.pilothouse.server.registry.strategies.WorkloadStrategies;
import dev.pilothouse.server.request.RequestInfoResolver;
import dev.pilothouse.server.storage.DurableStorage;
import dev.pilothouse.server.tokens.ServiceAccountTokens;
import dev.pilothouse.server.webhook.WebhookTargets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ScheduledExecutorService;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * The API server without its socket: the request chain over a store. One of the two halves of the
 * composition root.
 */
final class ApiServer implements AutoCloseable {

    private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(60);
    private static final String GIT_VERSION = "v1.36.0";

    private final ApiHandler chain;
    private final ApiHandler innerChain;
    private final Bootstrap bootstrap;
    private final CustomResourceDefinitions definitions;

    private ApiServer(
            ApiHandler chain,
            ApiHandler innerChain,
            Bootstrap bootstrap,
            CustomResourceDefinitions definitions) {
        this.chain = chain;
        this.innerChain = innerChain;
        this.bootstrap = bootstrap;
        this.definitions = definitions;
    }

    /**
     * Builds the server.
     *
     * @param schema the built-in types
     * @param storage where objects are kept; closed by the caller
     * @param certificates says whom client certificates stand for
     * @param staticTokens static bearer tokens
     * @param keys sign service account tokens; not touched before the first one
     * @param agents the agents of nodes
     * @param serverAddress host and port that discovery tells clients
     * @param groups handlers of API groups that have no stored objects, by group
     * @param accountPatience how long new pods wait for the default service account of their
     *     namespace, which a controller makes
     * @param timers for watches; closed by the caller
     * @param clock the time
     */
    static ApiServer assemble(
            Schema schema,
            DurableStorage storage,
            Authenticator certificates,
            StaticTokenAuthenticator staticTokens,
            ServiceAccountKeys keys,
            NodeAgents agents,
            String serverAddress,
            Map<String, ApiHandler> groups,
            Duration accountPatience,
            ScheduledExecutorService timers,
            InstantSource clock) {
        KindRegistry kinds = new KindRegistry(BuiltInKinds.stable(schema));
        CustomResources customResources = new CustomResources();
        Conversions conversions =
                conversions(
                        new VersionConversion(
                                customResources,
                                new ConversionReviews(new WebhookTargets(storage))));
        AdmissionChain admission =
                new AdmissionChain(AdmissionPlugins.all(storage, accountPatience));
        RegistryServices services =
                new RegistryServices(storage, admission, new FieldIndex(schema), conversions);
        ResourceStores stores = new ResourceStores(kinds, strategies(), hooks(storage), services);
        ServiceAccountTokens issuer = new ServiceAccountTokens(keys);
        ServiceAccountAuthenticator accounts =
                new ServiceAccountAuthenticator(issuer, storage, clock);
        CustomResourceDefinitions definitions =
                new CustomResourceDefinitions(
                        schema, kinds, stores, storage, customResources, clock);
        definitions.start();
        Authorizer authorizer =
                new AuthorizerChain(
                        List.of(
                                new MastersAuthorizer(),
                                new AlwaysAllowedPaths(AlwaysAllowedPaths.DEFAULT),
                                new BuiltInRoles()));
        ApiHandler resources =
                ResourceEndpoints.router(
                        new ResourceEndpoints.Parts(
                                schema,
                                kinds,
                                stores,
                                storage,
                                conversions,
                                authorizer,
                                new TokenCheckerChain(List.of(staticTokens, accounts)),
                                issuer,
                                kind -> scalePaths(customResources.find(kind)),
                                kind -> printer(kind, customResources.find(kind)),
                                parts ->
                                        NodeSubresources.add(
                                                parts, agents, storage, authorizer, clock),
                                agents,
                                timers,
                                clock));
        MetricsRegistry metrics = new MetricsRegistry();
        BodyEncoder bodies = bodies(new ProtobufCodec(schema));
        ApiHandler root =
                root(
                        schema,
                        kinds,
                        customResources,
                        storage,
                        metrics,
                        bodies,
                        new GroupRoutes(groups, resources),
                        OwnResources.of(groups.keySet()),
                        serverAddress,
                        issuer);
        Authenticator authenticator =
                new AuthenticatorChain(
                        List.of(
                                certificates,
                                staticTokens,
                                accounts,
                                new AnonymousAuthenticator()));
        ApiHandler chain =
                chain(
                        kinds,
                        metrics,
                        bodies,
                        authenticator,
                        authorizer,
                        RateLimits.DEFAULT,
                        clock,
                        root);
        Authorizer inner = new AuthorizerChain(List.of(authorizer, new LocalComponentAuthorizer()));
        ApiHandler innerChain =
                chain(kinds, metrics, bodies, authenticator, inner, RateLimits.NONE, clock, root);
        return new ApiServer(chain, innerChain, new Bootstrap(kinds, stores, clock), definitions);
    }

    /** Ends what runs in the background; the storage must still be open. */
    @Override
    public void close() {
        definitions.close();
    }

    /** The whole request chain, for requests from outside. */
    ApiHandler chain() {
        return chain;
    }

    /**
     * The chain for the components of this process (controllers, scheduler, node agents): the same
     * filters, but it knows what they may do, and does not slow them down. Limits are there to
     * share a server among clients; a controller that has to wait only keeps what clients wait for
     * from being done, and nobody else's controllers come this way.
     */
    ApiHandler innerChain() {
        return innerChain;
    }

    /** Makes the first objects of the cluster. */
    Bootstrap bootstrap() {
        return bootstrap;
    }

    private static ApiHandler chain(
            KindRegistry kinds,
            MetricsRegistry metrics,
            BodyEncoder bodies,
            Authenticator authenticator,
            Authorizer authorizer,
            RateLimits limits,
            InstantSource clock,
            ApiHandler root) {
        return HandlerChain.of(
                new HandlerChain.Parts(
                        new ErrorWriter(bodies),
                        new RequestInfoResolver(new ServedGroups(kinds)),
                        metrics,
                        REQUEST_TIMEOUT,
                        authenticator,
                        AuditSink.NONE,
                        authorizer,
                        limits,
                        clock),
                root);
    }

    private static ApiHandler root(
            Schema schema,
            KindRegistry kinds,
            CustomResources customResources,
            DurableStorage storage,
            MetricsRegistry metrics,
            BodyEncoder bodies,
            ApiHandler resources,
            List<ResourceKind> own,
            String serverAddress,
            ServiceAccountTokens issuer) {
        metrics.gauge(
                "pilothouse_storage_revision",
                "The newest revision of the store.",
                () -> storage.revision());
        HealthEndpoint health =
                new HealthEndpoint(
                        List.of(
                                HealthCheck.everywhere("ping", () -> null),
                                HealthCheck.everywhere("log", () -> null),
                                HealthCheck.everywhere("etcd", storage::failure)));
        OpenApiEndpoint openApi =
                new OpenApiEndpoint(
                        new OpenApiDocuments(
                                schema, kinds, kind -> openApi(customResources.find(kind))));
        List<Route> routes = new ArrayList<>();
        routes.addAll(
                List.of(
                        new Route("/livez", true, health),
                        new Route("/readyz", true, health),
                        new Route("/healthz", true, health),
                        new Route("/version", false, new VersionEndpoint(GIT_VERSION, "", "")),
                        new Route("/metrics", false, new MetricsEndpoint(metrics)),
                        new Route("/openapi", true, openApi),
                        new Route(
                                "/pilothouse.dev/v1/backup", false, new BackupEndpoint(storage))));
        routes.addAll(ServiceAccountIssuerEndpoints.routes(issuer, serverAddress));
        List<String> paths = routes.stream().map(Route::path).toList();
        return new RootHandler(
                resources,
                new DiscoveryEndpoints(kinds, own, bodies, serverAddress, paths),
                routes);
    }

    private static ScalePaths scalePaths(@Nullable CustomResourceVersion custom) {
        Scale scale = custom == null ? null : custom.scale();
        return scale == null
                ? ScalePaths.BUILT_IN
                : new ScalePaths(scale.specReplicas(), scale.statusReplicas(), scale.selector());
    }

    private static RowPrinter printer(ResourceKind kind, @Nullable CustomResourceVersion custom) {
        return custom == null ? Printers.forResource(kind.resource()) : custom.printer();
    }

    private static @Nullable ObjectNode openApi(@Nullable CustomResourceVersion custom) {
        return custom == null ? null : custom.openApi();
    }

    private static Map<GroupResource, ResourceStrategy> strategies() {
        Map<GroupResource, ResourceStrategy> strategies = new HashMap<>(GeneralStrategies.all());
        strategies.putAll(WorkloadStrategies.all());
        return strategies;
    }

    private static Map<GroupResource, WriteHook> hooks(DurableStorage storage) {
        return Map.of(
                new GroupResource("", "services"),
                new ServiceHook(storage, ServiceAllocator.STANDARD, new SecureRandom()));
    }

    private static Conversions conversions(VersionConversion custom) {
        return new Conversions(
                Map.of(
                        new GroupVersionResource("autoscaling", "v1", "horizontalpodautoscalers"),
                        new Conversion(
                                HorizontalPodAutoscalerConversion::toV2,
                                HorizontalPodAutoscalerConversion::toV1),
                        new GroupVersionResource("events.k8s.io", "v1", "events"),
                        new Conversion(EventConversion::toCore, EventConversion::toEvents)),
                custom);
    }

    private static BodyEncoder bodies(ProtobufCodec protobuf) {
        return new BodyEncoder() {
            @Override
            public boolean supports(ContentFormat format) {
                return true;
            }

            @Override
            public byte[] encode(ContentFormat format, ObjectNode body) {
                return switch (format) {
                    case JSON -> Json.bytes(body);
                    case YAML -> YamlWriter.write(body);
                    case PROTOBUF -> protobuf.encode(body);
                };
            }
        };
    }
}
