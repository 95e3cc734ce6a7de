package dev.pilothouse.server.endpoints.resource;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.model.meta.ApiException;
import dev.pilothouse.model.meta.GroupVersionKind;
import dev.pilothouse.model.schema.Schema;
import dev.pilothouse.model.schema.TypeSchema;
import dev.pilothouse.server.registry.ResourceStrategy;
import dev.pilothouse.server.registry.WriteContext;
import dev.pilothouse.server.registry.authentication.TokenRequestStrategy;
import dev.pilothouse.server.registry.validation.FieldErrors;
import dev.pilothouse.server.registry.validation.FieldPath;
import dev.pilothouse.server.request.ApiResponse;
import dev.pilothouse.server.tokens.ServiceAccountTokens;
import dev.pilothouse.server.tokens.TokenClaims;
import dev.pilothouse.server.tokens.TokenClaims.Bound;
import dev.pilothouse.server.tokens.TokenClaims.Reference;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Issues tokens of service accounts: the subresource {@code serviceaccounts/token}. Source:
 * pkg/registry/core/serviceaccount/storage/token.go.
 */
final class TokenRequestHandler implements SubresourceHandler {

    /** Longest life of a token; longer wishes are shortened, with a warning. */
    static final long MAX_SECONDS = 365L * 24 * 60 * 60;

    /** What the kubelet asks for on behalf of pods whose manifest names no expiration. */
    private static final long POD_DEFAULT_SECONDS = 3607;

    private static final GroupVersionKind TOKEN_REQUEST =
            new GroupVersionKind("authentication.k8s.io", "v1", "TokenRequest");

    private final BodyDecoder decoder;
    private final ObjectEncoder encoder;
    private final InstantSource clock;
    private final TypeSchema type;
    private final TokenBinding binding;
    private final ServiceAccountTokens tokens;
    private final ResourceStrategy strategy = new TokenRequestStrategy();

    TokenRequestHandler(
            BodyDecoder decoder,
            ObjectEncoder encoder,
            InstantSource clock,
            Schema schema,
            TokenBinding binding,
            ServiceAccountTokens tokens) {
        this.decoder = decoder;
        this.encoder = encoder;
        this.clock = clock;
        this.type = Objects.requireNonNull(schema.typeOf(TOKEN_REQUEST), "TokenRequest");
        this.binding = binding;
        this.tokens = tokens;
    }

    @Override
    public ApiResponse handle(ResourceCall call) {
        Output output = Output.negotiate(call.request(), call.kind(), false);
        WriteOptions options = WriteOptions.parse(call.request(), "CreateOptions");
        WriteContext context = options.context(call, clock);
        ObjectNode request =
                decoder.decode(
                        call.request(),
                        TOKEN_REQUEST,
                        type,
                        options.validation(),
                        context.warnings());
        Instant now = context.now().truncatedTo(ChronoUnit.SECONDS);
        checkNames(request, call);
        ObjectNode account =
                Json.parseObject(call.store().get(call.namespace(), call.name()).json());
        complete(request, call, now);
        FieldErrors errors = new FieldErrors();
        strategy.validate(request, errors);
        errors.throwIfAny(TOKEN_REQUEST, "");
        issue(request, account, now, context.warnings());
        return ObjectEncoder.withWarnings(encoder.node(201, output, request), context.warnings());
    }

    /** Names are optional in the body, but must be those of the path. */
    private static void checkNames(ObjectNode request, ResourceCall call) {
        FieldPath metadata = FieldPath.of("metadata");
        FieldErrors errors = new FieldErrors();
        String name = Json.text(request, "metadata", "name");
        String namespace = Json.text(request, "metadata", "namespace");
        if (!name.isEmpty() && !name.equals(call.name())) {
            errors.invalid(
                    metadata.child("name"),
                    name,
                    "must match the service account name if specified");
        } else if (!namespace.isEmpty() && !namespace.equals(call.namespace())) {
            errors.invalid(
                    metadata.child("namespace"),
                    namespace,
                    "must match the service account namespace if specified");
        }
        errors.throwIfAny(TOKEN_REQUEST, call.name());
    }

    private void complete(ObjectNode request, ResourceCall call, Instant now) {
        ObjectNode metadata = Json.child(request, "metadata");
        metadata.put("name", call.name());
        metadata.put("namespace", call.namespace());
        metadata.put("creationTimestamp", now.toString());
        ObjectNode spec = Json.child(request, "spec");
        ArrayNode audiences = Json.arrayAt(spec, "audiences");
        if (audiences == null || audiences.isEmpty()) {
            ArrayNode all = spec.putArray("audiences");
            ServiceAccountTokens.API_AUDIENCES.forEach(all::add);
        }
        strategy.setDefaults(request);
        request.remove("status");
    }

    private void issue(ObjectNode request, ObjectNode account, Instant now, List<String> warnings) {
        ObjectNode spec = Json.child(request, "spec");
        ObjectNode metadata = Json.child(request, "metadata");
        String namespace = Json.text(metadata, "namespace");
        String name = Json.text(metadata, "name");
        Bound bound = binding.resolve(Json.objectAt(spec, "boundObjectRef"), namespace, name);
        long seconds = lifetime(spec, warnings);
        List<String> audiences =
                spec.path("audiences").valueStream().map(value -> value.asString("")).toList();
        boolean extended = isExtended(bound, seconds, audiences);
        TokenClaims claims =
                new TokenClaims(
                        UUID.randomUUID().toString(),
                        audiences,
                        now,
                        now.plusSeconds(extended ? MAX_SECONDS : seconds),
                        namespace,
                        new Reference(name, Json.text(account, "metadata", "uid")),
                        bound,
                        warnAfter(extended, now, seconds));
        ObjectNode status = request.putObject("status");
        status.put("token", sign(claims));
        status.put("expirationTimestamp", now.plusSeconds(seconds).toString());
    }

    private static long lifetime(ObjectNode spec, List<String> warnings) {
        long asked = Json.number(spec, 0, "expirationSeconds");
        if (asked <= MAX_SECONDS) {
            return asked;
        }
        warnings.add(
                "requested expiration of %d seconds shortened to %d seconds"
                        .formatted(asked, MAX_SECONDS));
        spec.put("expirationSeconds", MAX_SECONDS);
        return MAX_SECONDS;
    }

    /**
     * Whether the token lives longer than it says: pods written for tokens without end read them
     * only once. Their tokens carry the time after which use deserves a warning.
     */
    private static boolean isExtended(Bound bound, long seconds, List<String> audiences) {
        return bound.pod() != null
                && seconds == POD_DEFAULT_SECONDS
                && new HashSet<>(ServiceAccountTokens.API_AUDIENCES).containsAll(audiences);
    }

    private static @Nullable Instant warnAfter(boolean extended, Instant now, long seconds) {
        return extended ? now.plusSeconds(seconds) : null;
    }

    private String sign(TokenClaims claims) {
        try {
            return tokens.issue(claims);
        } catch (IOException e) {
            throw ApiException.internal("the service account key cannot be used", e);
        }
    }
}
