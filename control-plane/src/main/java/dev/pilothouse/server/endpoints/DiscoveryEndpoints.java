package dev.pilothouse.server.endpoints;

import dev.pilothouse.model.codec.ContentFormat;
import dev.pilothouse.model.json.Json;
import dev.pilothouse.model.meta.ApiException;
import dev.pilothouse.model.meta.Status;
import dev.pilothouse.model.meta.StatusReason;
import dev.pilothouse.model.scheme.ResourceKind;
import dev.pilothouse.model.scheme.Scheme;
import dev.pilothouse.server.pipeline.ApiHandler;
import dev.pilothouse.server.pipeline.BodyEncoder;
import dev.pilothouse.server.request.Accept;
import dev.pilothouse.server.request.AcceptClause;
import dev.pilothouse.server.request.ApiRequest;
import dev.pilothouse.server.request.ApiResponse;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Answers {@code /}, {@code /api}, {@code /apis} and the lists of resources below them, plain and
 * aggregated, from a scheme; new kinds of the scheme appear at once. Source: apiserver
 * endpoints/discovery. Thread-safe.
 */
public final class DiscoveryEndpoints implements ApiHandler {

    private static final String AGGREGATED_TYPE =
            "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList";

    private final Scheme scheme;
    private final List<ResourceKind> own;
    private final BodyEncoder encoder;
    private final String serverAddress;
    private final List<String> otherPaths;
    private volatile @Nullable DiscoveryDocuments current;

    /**
     * Discovery of a scheme.
     *
     * @param own resources that are served besides those of the scheme
     * @param serverAddress host and port that clients shall use
     * @param otherPaths further paths for the index at {@code /}
     */
    public DiscoveryEndpoints(
            Scheme scheme,
            List<ResourceKind> own,
            BodyEncoder encoder,
            String serverAddress,
            List<String> otherPaths) {
        this.scheme = scheme;
        this.own = List.copyOf(own);
        this.encoder = encoder;
        this.serverAddress = serverAddress;
        this.otherPaths = List.copyOf(otherPaths);
    }

    /** Whether a path, without a slash at its end, is one of these. */
    public boolean serves(String path) {
        return path.isEmpty() || path.equals("/") || documents().legacy(path) != null;
    }

    @Override
    public boolean mayBlock(ApiRequest request) {
        return false;
    }

    @Override
    public ApiResponse handle(ApiRequest request) {
        EndpointMethods.requireRead(request);
        String path =
                request.path().length() > 1 && request.path().endsWith("/")
                        ? request.path().substring(0, request.path().length() - 1)
                        : request.path();
        DiscoveryDocuments documents = documents();
        if (path.isEmpty() || path.equals("/")) {
            return index(documents);
        }
        DiscoveryDocuments.Document legacy = documents.legacy(path);
        if (legacy == null) {
            throw ApiException.noSuchPath();
        }
        DiscoveryDocuments.Tagged aggregated = documents.aggregated(path);
        return negotiated(request, legacy, aggregated);
    }

    private ApiResponse negotiated(
            ApiRequest request,
            DiscoveryDocuments.Document legacy,
            DiscoveryDocuments.@Nullable Tagged aggregated) {
        for (AcceptClause clause :
                Accept.parse(String.join(",", request.headers().all("accept")))) {
            if (aggregated != null && wantsAggregated(clause)) {
                return tagged(request, aggregated);
            }
            ContentFormat format = clause.parameter("as").isEmpty() ? format(clause) : null;
            if (format != null) {
                byte[] body =
                        format == ContentFormat.JSON
                                ? legacy.json()
                                : encoder.encode(format, legacy.tree());
                return ApiResponse.Body.of(200, format.mediaType(), body)
                        .withHeader("Vary", "Accept");
            }
        }
        throw new ApiException(
                Status.failure(
                        StatusReason.NOT_ACCEPTABLE,
                        "only the following media types are accepted: application/json,"
                                + " application/yaml, application/vnd.kubernetes.protobuf",
                        null));
    }

    private static boolean wantsAggregated(AcceptClause clause) {
        return clause.type().equals("application/json")
                && clause.parameter("as").equals("APIGroupDiscoveryList")
                && clause.parameter("g").equals("apidiscovery.k8s.io")
                && clause.parameter("v").equals("v2");
    }

    private static ApiResponse tagged(ApiRequest request, DiscoveryDocuments.Tagged tagged) {
        boolean known = request.headers().text("if-none-match").contains(tagged.etag());
        ApiResponse response =
                known
                        ? new ApiResponse.Body(304, List.of(), "", List.of())
                        : ApiResponse.Body.of(200, AGGREGATED_TYPE, tagged.document().json());
        return response.withHeader("ETag", tagged.etag())
                .withHeader("Vary", "Accept")
                .withHeader("Cache-Control", "public");
    }

    private @Nullable ContentFormat format(AcceptClause clause) {
        for (ContentFormat format : ContentFormat.values()) {
            if (clause.matches(format.mediaType()) && encoder.supports(format)) {
                return format;
            }
        }
        return null;
    }

    private ApiResponse index(DiscoveryDocuments documents) {
        TreeSet<String> paths = new TreeSet<>(otherPaths);
        paths.addAll(documents.paths());
        ObjectNode json = Json.object();
        ArrayNode array = json.putArray("paths");
        paths.forEach(array::add);
        return ApiResponse.Body.of(200, "application/json", Json.bytes(json));
    }

    private DiscoveryDocuments documents() {
        Collection<ResourceKind> all = scheme.all();
        DiscoveryDocuments known = current;
        if (known == null || !known.describes(all)) {
            known = new DiscoveryDocuments(all, own, serverAddress);
            current = known;
        }
        return known;
    }
}
