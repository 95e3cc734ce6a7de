package dev.pilothouse.server.endpoints.resource;

import dev.pilothouse.model.codec.ProtobufCodec;
import dev.pilothouse.model.meta.GroupResource;
import dev.pilothouse.model.schema.Schema;
import dev.pilothouse.model.scheme.ResourceKind;
import dev.pilothouse.server.authn.TokenChecker;
import dev.pilothouse.server.authz.Authorizer;
import dev.pilothouse.server.endpoints.resource.ResourceRouter.Verbs;
import dev.pilothouse.server.node.NodeAgents;
import dev.pilothouse.server.registry.Conversions;
import dev.pilothouse.server.registry.KindRegistry;
import dev.pilothouse.server.registry.ResourceStores;
import dev.pilothouse.server.registry.certificates.CertificateApprovalStrategy;
import dev.pilothouse.server.registry.core.NamespaceFinalizeStrategy;
import dev.pilothouse.server.registry.core.PodEphemeralContainersStrategy;
import dev.pilothouse.server.registry.core.PodResizeStrategy;
import dev.pilothouse.server.registry.printers.RowPrinter;
import dev.pilothouse.server.storage.Storage;
import dev.pilothouse.server.tokens.ServiceAccountTokens;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;
import java.util.function.Function;

/** Puts the handlers of all verbs and subresources together. */
public final class ResourceEndpoints {

    /**
     * What the endpoints work with.
     *
     * @param schema the built-in types
     * @param scheme what is served
     * @param stores where objects are
     * @param storage for lists, watches and old revisions
     * @param conversions between versions
     * @param authorizer answers access reviews
     * @param tokens answers token reviews
     * @param serviceAccountTokens issues tokens
     * @param scalePaths where a kind keeps its replicas
     * @param printers the table rows of a kind
     * @param nodes adds the subresources that agents of nodes answer
     * @param agents measure what nodes and pods use
     * @param timers for bookmarks and time limits of watches
     * @param clock the time
     */
    public record Parts(
            Schema schema,
            KindRegistry scheme,
            ResourceStores stores,
            Storage storage,
            Conversions conversions,
            Authorizer authorizer,
            TokenChecker tokens,
            ServiceAccountTokens serviceAccountTokens,
            Function<ResourceKind, ScalePaths> scalePaths,
            Function<ResourceKind, RowPrinter> printers,
            Consumer<Subresources> nodes,
            NodeAgents agents,
            ScheduledExecutorService timers,
            InstantSource clock) {}

    private final Parts parts;
    private final BodyDecoder decoder;
    private final ObjectEncoder encoder;

    private ResourceEndpoints(Parts parts) {
        this.parts = parts;
        ProtobufCodec protobuf = new ProtobufCodec(parts.schema());
        this.decoder = new BodyDecoder(protobuf);
        this.encoder =
                new ObjectEncoder(
                        protobuf,
                        parts.conversions(),
                        new TableEncoder(parts.printers()),
                        parts.clock());
    }

    /** The handler of all resource requests. */
    public static ResourceRouter router(Parts parts) {
        ResourceEndpoints endpoints = new ResourceEndpoints(parts);
        return new ResourceRouter(
                parts.scheme(),
                parts.stores(),
                endpoints.verbs(),
                endpoints.subresources(),
                endpoints.virtual());
    }

    private Verbs verbs() {
        ListHandler lists = new ListHandler(parts.storage(), encoder);
        DeleteRequests deletes = new DeleteRequests(decoder, parts.schema());
        return new Verbs(
                Map.of(
                        "get", new GetHandler(parts.storage(), encoder),
                        "list", lists,
                        "watch", watches(),
                        "create", new CreateHandler(decoder, encoder, parts.clock()),
                        "update",
                                new UpdateHandler(decoder, encoder, parts.clock(), ObjectPart.MAIN),
                        "patch", new PatchHandler(encoder, parts.clock(), ObjectPart.MAIN),
                        "delete", new DeleteHandler(deletes, encoder, parts.clock()),
                        "deletecollection",
                                new DeleteCollectionHandler(
                                        deletes, lists, encoder, parts.clock())));
    }

    private WatchHandler watches() {
        WatchHandler watches = new WatchHandler(parts.storage(), encoder, parts.timers());
        parts.scheme().onChange(watches::end);
        return watches;
    }

    private Subresources subresources() {
        Subresources subresources =
                new Subresources(Map.of("status", part(ObjectPart.STATUS), "scale", scale()));
        subresources.add(
                "", "namespaces", "finalize", part(ObjectPart.of(new NamespaceFinalizeStrategy())));
        subresources.add("", "pods", "binding", binding());
        subresources.add(
                "",
                "pods",
                "ephemeralcontainers",
                part(ObjectPart.of(new PodEphemeralContainersStrategy())));
        subresources.add("", "pods", "resize", part(ObjectPart.of(new PodResizeStrategy())));
        subresources.add(
                "certificates.k8s.io",
                "certificatesigningrequests",
                "approval",
                part(ObjectPart.of(new CertificateApprovalStrategy())));
        DisruptionBudgets budgets =
                new DisruptionBudgets(parts.storage(), parts.scheme(), parts.stores());
        subresources.add(
                "",
                "pods",
                "eviction",
                new EvictionHandler(decoder, encoder, parts.clock(), parts.schema(), budgets));
        subresources.add("", "serviceaccounts", "token", tokenRequests());
        parts.nodes().accept(subresources);
        return subresources;
    }

    private SubresourceHandler part(ObjectPart part) {
        return new PartHandler(
                new GetHandler(parts.storage(), encoder),
                new UpdateHandler(decoder, encoder, parts.clock(), part),
                new PatchHandler(encoder, parts.clock(), part));
    }

    private SubresourceHandler scale() {
        return new ScaleHandler(
                decoder, encoder, parts.clock(), parts.schema(), parts.scalePaths());
    }

    private TokenRequestHandler tokenRequests() {
        return new TokenRequestHandler(
                decoder,
                encoder,
                parts.clock(),
                parts.schema(),
                new TokenBinding(parts.storage()),
                parts.serviceAccountTokens());
    }

    private BindingHandler binding() {
        return new BindingHandler(
                decoder, encoder, parts.clock(), parts.schema(), parts.scheme(), parts.stores());
    }

    private VirtualResources virtual() {
        AccessReviews access = new AccessReviews(parts.authorizer());
        TokenReviewer tokens = new TokenReviewer(parts.tokens());
        Map<GroupResource, VerbHandler> handlers = new HashMap<>();
        handlers.put(authentication("selfsubjectreviews"), review(access::whoAmI));
        handlers.put(authentication("tokenreviews"), review(tokens::review));
        handlers.put(authorization("selfsubjectaccessreviews"), review(access::self));
        handlers.put(authorization("subjectaccessreviews"), review(access::subject));
        handlers.put(authorization("localsubjectaccessreviews"), review(access::subject));
        handlers.put(authorization("selfsubjectrulesreviews"), review(access::rules));
        handlers.put(new GroupResource("", "bindings"), binding());
        handlers.put(
                new GroupResource("", "componentstatuses"),
                new ComponentStatuses(Map.of("etcd-0", parts.storage()::failure), encoder));
        ResourceMetrics metrics = new ResourceMetrics(parts.storage(), parts.agents(), encoder);
        handlers.put(new GroupResource("metrics.k8s.io", "nodes"), metrics);
        handlers.put(new GroupResource("metrics.k8s.io", "pods"), metrics);
        return new VirtualResources(handlers);
    }

    private ReviewHandler review(ReviewHandler.Reviewer reviewer) {
        return new ReviewHandler(decoder, encoder, parts.clock(), reviewer);
    }

    private static GroupResource authentication(String resource) {
        return new GroupResource("authentication.k8s.io", resource);
    }

    private static GroupResource authorization(String resource) {
        return new GroupResource("authorization.k8s.io", resource);
    }
}
