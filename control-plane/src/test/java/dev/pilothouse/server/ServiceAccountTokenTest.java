package dev.pilothouse.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.model.schema.Schema;
import dev.pilothouse.server.authn.Authenticator;
import dev.pilothouse.server.authn.StaticTokenAuthenticator;
import dev.pilothouse.server.node.NodeAgents;
import dev.pilothouse.server.pki.ServiceAccountKeys;
import dev.pilothouse.server.registry.FieldIndex;
import dev.pilothouse.server.request.ApiRequest;
import dev.pilothouse.server.request.ApiResponse;
import dev.pilothouse.server.request.Parameters;
import dev.pilothouse.server.request.UserInfo;
import dev.pilothouse.server.storage.DurableStorage;
import dev.pilothouse.server.storage.Retention;
import dev.pilothouse.server.storage.h2.H2Storage;
import dev.pilothouse.server.storage.h2.H2StorageOptions;
import dev.pilothouse.server.tokens.ServiceAccountTokens;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.RSAPublicKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Service account tokens through the whole request chain over a real store. */
final class ServiceAccountTokenTest {

    private static final Schema SCHEMA = Schema.builtIn();
    private static final UserInfo ADMIN = UserInfo.of("admin", UserInfo.MASTERS);
    private static final String BUILDER = "/api/v1/namespaces/default/serviceaccounts/builder";
    private static final String WHO_AM_I = "/apis/authentication.k8s.io/v1/selfsubjectreviews";
    private static final String REVIEWS = "/apis/authentication.k8s.io/v1/tokenreviews";

    /** Making a key takes long, so all tests but those about keys share one. */
    @TempDir static Path sharedKeys;

    @TempDir Path directory;

    private final ManualClock clock = new ManualClock();
    private DurableStorage storage;
    private ScheduledExecutorService timers;
    private ApiServer server;

    private static final class ManualClock implements InstantSource {
        private Instant now = Instant.parse("2026-05-01T10:00:00Z");

        @Override
        public Instant instant() {
            return now;
        }
    }

    /** An answer: status, body and the first header of each name. */
    private record Answer(int status, String type, ObjectNode body, Map<String, String> headers) {
        String text(String... path) {
            return Json.text(body, path);
        }
    }

    @BeforeEach
    void start() {
        start(new ServiceAccountKeys(sharedKeys));
        ObjectNode namespace = object("default");
        assertEquals(201, call("POST", "/api/v1/namespaces", namespace, ADMIN, "").status());
        create("serviceaccounts", object("default"));
        create("serviceaccounts", object("builder"));
    }

    @AfterEach
    void stop() {
        timers.shutdownNow();
        storage.close();
    }

    @Test
    void makesNoKeyBeforeTheFirstToken() {
        stop();
        start(new ServiceAccountKeys(directory));
        assertEquals(
                401,
                get("/api", forged("{\"iss\":\"" + ServiceAccountTokens.ISSUER + "\"}")).status());
        assertFalse(Files.exists(directory.resolve("pki/sa.key")));

        token(Json.object());

        assertTrue(Files.exists(directory.resolve("pki/sa.key")));
        assertTrue(Files.exists(directory.resolve("pki/sa.pub")));
    }

    @Test
    void tokenSaysWhatKubernetesTokensSay() {
        Answer answer = request(Json.object());

        assertEquals(201, answer.status());
        assertEquals("TokenRequest", answer.text("kind"));
        assertEquals("builder", answer.text("metadata", "name"));
        assertEquals(3600, Json.number(answer.body(), 0, "spec", "expirationSeconds"));
        assertEquals("2026-05-01T11:00:00Z", answer.text("status", "expirationTimestamp"));
        JsonNode claims = claims(answer.text("status", "token"));
        long now = clock.now.getEpochSecond();
        assertEquals(ServiceAccountTokens.ISSUER, Json.text(claims, "iss"));
        assertEquals("system:serviceaccount:default:builder", Json.text(claims, "sub"));
        assertEquals(List.of(ServiceAccountTokens.ISSUER), texts(claims.path("aud")));
        assertEquals(now, Json.number(claims, 0, "iat"));
        assertEquals(now, Json.number(claims, 0, "nbf"));
        assertEquals(now + 3600, Json.number(claims, 0, "exp"));
        assertEquals("default", Json.text(claims, "kubernetes.io", "namespace"));
        assertEquals("builder", Json.text(claims, "kubernetes.io", "serviceaccount", "name"));
        assertEquals(
                uid("serviceaccounts", "builder"),
                Json.text(claims, "kubernetes.io", "serviceaccount", "uid"));
        assertNull(Json.at(claims, "kubernetes.io", "pod"));
    }

    @Test
    void serviceAccountMayDiscoverAndAskAboutItselfOnly() {
        String token = token(Json.object());

        Answer me = post(WHO_AM_I, Json.object(), token);
        assertEquals(201, me.status());
        assertEquals(
                "system:serviceaccount:default:builder", me.text("status", "userInfo", "username"));
        assertEquals(uid("serviceaccounts", "builder"), me.text("status", "userInfo", "uid"));
        assertEquals(
                List.of(
                        "system:serviceaccounts",
                        "system:serviceaccounts:default",
                        "system:authenticated"),
                texts(me.body().path("status").path("userInfo").path("groups")));
        assertEquals(
                List.of("JTI=" + Json.text(claims(token), "jti")),
                texts(
                        me.body()
                                .path("status")
                                .path("userInfo")
                                .path("extra")
                                .path("authentication.kubernetes.io/credential-id")));
        for (String path : List.of("/api", "/apis", "/api/v1", "/apis/apps/v1", "/openapi/v3")) {
            assertEquals(200, get(path, token).status(), path);
        }
        Answer pods = get("/api/v1/namespaces/default/pods", token);
        assertEquals(403, pods.status());
        assertEquals(
                "pods is forbidden: User \"system:serviceaccount:default:builder\" cannot list"
                        + " resource \"pods\" in API group \"\" in the namespace \"default\"",
                pods.text("message"));
        assertEquals(403, get("/metrics", token).status());
        assertEquals(403, post(REVIEWS, review(token), token).status());
    }

    @Test
    void tokenEndsAtItsExpiration() {
        String token = token(spec("expirationSeconds", 600));

        clock.now = clock.now.plusSeconds(600 + 59);
        assertEquals(200, get("/api", token).status());
        clock.now = clock.now.plusSeconds(2);
        assertEquals(401, get("/api", token).status());
    }

    @Test
    void tokenIsNotValidBeforeItWasMade() {
        String token = token(Json.object());

        clock.now = clock.now.minus(Duration.ofMinutes(2));

        assertEquals(401, get("/api", token).status());
    }

    @Test
    void changedTokensAreRefused() {
        String token = token(Json.object());
        String[] parts = token.split("\\.", -1);
        ObjectNode claims = (ObjectNode) claims(token);
        Json.child(Json.child(claims, "kubernetes.io"), "serviceaccount").put("name", "admin");
        String payload = base64(Json.string(claims));

        assertEquals(200, get("/api", token).status());
        assertEquals(401, get("/api", parts[0] + "." + payload + "." + parts[2]).status());
        assertEquals(401, get("/api", parts[0] + "." + parts[1] + ".").status());
        assertEquals(401, get("/api", forged(Json.string(claims(token)))).status());
        assertEquals(401, get("/api", "a.b.c").status());
        assertEquals(401, get("/api", base64("{}") + "." + base64("[[[") + ".x").status());
    }

    @Test
    void keysOutliveARestartAndTellClustersApart() {
        String token = token(Json.object());

        stop();
        start(new ServiceAccountKeys(sharedKeys));
        assertEquals(200, get("/api", token).status());

        stop();
        start(new ServiceAccountKeys(directory));
        assertEquals(200, get("/api", token(Json.object())).status());
        assertEquals(401, get("/api", token).status());
    }

    @Test
    void tokenEndsWithItsServiceAccount() {
        String token = token(Json.object());
        assertEquals(200, get("/api", token).status());

        call("DELETE", BUILDER, null, ADMIN, "");
        assertEquals(401, get("/api", token).status());

        create("serviceaccounts", object("builder"));
        assertEquals(401, get("/api", token).status());
        Answer review = post(REVIEWS, review(token), "");
        assertFalse(Json.bool(review.body(), "status", "authenticated"));
        assertTrue(
                review.text("status", "error").contains("does not match claim"),
                review.text("status", "error"));
    }

    @Test
    void tokenEndsWithThePodItIsBoundTo() {
        create("pods", pod("job", "builder"));
        String token = token(bound("Pod", "job"));

        Answer me = post(WHO_AM_I, Json.object(), token);
        JsonNode extra = me.body().path("status").path("userInfo").path("extra");
        assertEquals(List.of("job"), texts(extra.path("authentication.kubernetes.io/pod-name")));
        assertEquals(
                List.of(uid("pods", "job")),
                texts(extra.path("authentication.kubernetes.io/pod-uid")));

        delete("pods", "job");
        assertEquals(401, get("/api", token).status());
        create("pods", pod("job", "builder"));
        assertEquals(401, get("/api", token).status());
    }

    @Test
    void tokenEndsWithTheSecretOrNodeItIsBoundTo() {
        create("secrets", object("pass"));
        call("POST", "/api/v1/nodes", object("box"), ADMIN, "");
        String secret = token(bound("Secret", "pass"));
        String node = token(bound("Node", "box"));
        assertEquals(200, get("/api", secret).status());
        assertEquals(200, get("/api", node).status());

        delete("secrets", "pass");
        call("DELETE", "/api/v1/nodes/box", null, ADMIN, "");

        assertEquals(401, get("/api", secret).status());
        assertEquals(401, get("/api", node).status());
    }

    @Test
    void podTokensOfTheKubeletLiveOnWithAWarning() {
        create("pods", pod("job", "builder"));
        ObjectNode body = bound("Pod", "job");
        Json.child(body, "spec").put("expirationSeconds", 3607);

        Answer answer = request(body);

        JsonNode claims = claims(answer.text("status", "token"));
        long now = clock.now.getEpochSecond();
        assertEquals("2026-05-01T11:00:07Z", answer.text("status", "expirationTimestamp"));
        assertEquals(now + 3607, Json.number(claims, 0, "kubernetes.io", "warnafter"));
        assertEquals(now + 365 * 86400, Json.number(claims, 0, "exp"));
    }

    @Test
    void refusesWhatCannotBeIssued() {
        create("pods", pod("other", "default"));
        assertProblem(
                422,
                "TokenRequest.authentication.k8s.io \"\" is invalid: spec.expirationSeconds:"
                        + " Invalid value: 599: may not specify a duration less than 10 minutes",
                spec("expirationSeconds", 599));
        assertProblem(404, "pods \"none\" not found", bound("Pod", "none"));
        assertProblem(
                400,
                "cannot bind token for serviceaccount \"builder\" to pod running with different"
                        + " serviceaccount name.",
                bound("Pod", "other"));
        assertProblem(
                400,
                "cannot bind token to object of type /v1, Kind=ConfigMap",
                bound("ConfigMap", "x"));
        ObjectNode wrongUid = bound("Secret", "pass");
        Json.child(Json.child(wrongUid, "spec"), "boundObjectRef").put("uid", "1");
        create("secrets", object("pass"));
        assertProblem(
                409,
                "Operation cannot be fulfilled on Secret \"pass\": the UID in the bound object"
                        + " reference (1) does not match the UID in record. The object might be"
                        + " deleted and then recreated",
                wrongUid);
        assertProblem(
                422,
                "TokenRequest.authentication.k8s.io \"builder\" is invalid: metadata.name: Invalid"
                        + " value: \"x\": must match the service account name if specified",
                object("x"));
        Answer nobody = call("POST", BUILDER + "x/token", Json.object(), ADMIN, "");
        assertEquals("serviceaccounts \"builderx\" not found", nobody.text("message"));
    }

    @Test
    void shortensVeryLongWishesWithAWarning() {
        Answer answer = request(spec("expirationSeconds", 400L * 86400));

        assertEquals(201, answer.status());
        assertEquals("2027-05-01T10:00:00Z", answer.text("status", "expirationTimestamp"));
        assertTrue(
                answer.headers()
                        .getOrDefault("Warning", "")
                        .contains("requested expiration of 34560000 seconds shortened to 31536000"),
                answer.headers().toString());
    }

    @Test
    void tokensForOthersDoNotOpenTheApi() {
        ObjectNode body = Json.object();
        body.putObject("spec").putArray("audiences").add("vault").add("store");
        String token = token(body);

        assertEquals(401, get("/api", token).status());
        ObjectNode review = review(token);
        assertFalse(Json.bool(post(REVIEWS, review, "").body(), "status", "authenticated"));
        Json.child(review, "spec").putArray("audiences").add("other").add("vault");
        Answer good = post(REVIEWS, review, "");
        assertTrue(Json.bool(good.body(), "status", "authenticated"));
        assertEquals(List.of("vault"), texts(good.body().path("status").path("audiences")));
    }

    @Test
    void reviewsStaticAndUnknownTokens() {
        Answer jane = post(REVIEWS, review("secret"), "");
        assertTrue(Json.bool(jane.body(), "status", "authenticated"));
        assertEquals("jane", jane.text("status", "user", "username"));
        assertEquals(
                List.of(ServiceAccountTokens.ISSUER),
                texts(jane.body().path("status").path("audiences")));
        ObjectNode foreign = review("secret");
        Json.child(foreign, "spec").putArray("audiences").add("vault");
        assertFalse(Json.bool(post(REVIEWS, foreign, "").body(), "status", "authenticated"));
        Answer unknown = post(REVIEWS, review("nothing"), "");
        assertFalse(Json.bool(unknown.body(), "status", "authenticated"));
        assertEquals("invalid bearer token", unknown.text("status", "error"));
    }

    @Test
    void othersCanCheckTokensWithThePublishedKeys() throws Exception {
        String token = token(Json.object());

        Answer document = get("/.well-known/openid-configuration", token);
        assertEquals("application/json", document.type());
        assertEquals(ServiceAccountTokens.ISSUER, document.text("issuer"));
        assertEquals("https://127.0.0.1:6443/openid/v1/jwks", document.text("jwks_uri"));
        Answer keys = get("/openid/v1/jwks", token);
        assertEquals("application/jwk-set+json", keys.type());
        assertEquals("public, max-age=3600", keys.headers().get("Cache-Control"));
        JsonNode key = keys.body().path("keys").get(0);
        String[] parts = token.split("\\.", -1);
        JsonNode header = Json.parse(Base64.getUrlDecoder().decode(parts[0]));
        assertEquals(Json.text(header, "kid"), Json.text(key, "kid"));
        assertNull(Json.at(key, "d"));
        var spec = new RSAPublicKeySpec(number(key, "n"), number(key, "e"));
        var signature = Signature.getInstance("SHA256withRSA");
        signature.initVerify(KeyFactory.getInstance("RSA").generatePublic(spec));
        signature.update((parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII));
        assertTrue(signature.verify(Base64.getUrlDecoder().decode(parts[2])));
        assertEquals(403, get("/openid/v1/jwks", "secret").status());
    }

    private void start(ServiceAccountKeys keys) {
        storage =
                H2Storage.open(
                        new H2StorageOptions(
                                directory.resolve("store"), "main", Retention.DEFAULT, clock),
                        new FieldIndex(SCHEMA)::extract);
        timers = Executors.newSingleThreadScheduledExecutor();
        server =
                ApiServer.assemble(
                        SCHEMA,
                        storage,
                        _ -> Authenticator.Result.NONE,
                        StaticTokenAuthenticator.fromCsv("secret,jane,7"),
                        keys,
                        new NodeAgents(),
                        "127.0.0.1:6443",
                        Map.of(),
                        Duration.ZERO,
                        timers,
                        clock);
    }

    private static BigInteger number(JsonNode key, String field) {
        return new BigInteger(1, Base64.getUrlDecoder().decode(Json.text(key, field)));
    }

    private void assertProblem(int status, String message, ObjectNode body) {
        Answer answer = request(body);
        assertEquals(message, answer.text("message"));
        assertEquals(status, answer.status());
    }

    private String token(ObjectNode body) {
        Answer answer = request(body);
        assertEquals(201, answer.status(), answer.text("message"));
        return answer.text("status", "token");
    }

    private Answer request(ObjectNode body) {
        return call("POST", BUILDER + "/token", body, ADMIN, "");
    }

    private Answer get(String path, String token) {
        return call("GET", path, null, UserInfo.UNKNOWN, token);
    }

    private Answer post(String path, ObjectNode body, String token) {
        return call("POST", path, body, token.isEmpty() ? ADMIN : UserInfo.UNKNOWN, token);
    }

    private void create(String resource, ObjectNode object) {
        Answer answer = call("POST", "/api/v1/namespaces/default/" + resource, object, ADMIN, "");
        assertEquals(201, answer.status(), answer.text("message"));
    }

    private void delete(String resource, String name) {
        ObjectNode options = Json.object();
        options.put("gracePeriodSeconds", 0);
        String path = "/api/v1/namespaces/default/" + resource + "/" + name;
        assertEquals(200, call("DELETE", path, options, ADMIN, "").status());
    }

    private String uid(String resource, String name) {
        String path = "/api/v1/namespaces/default/" + resource + "/" + name;
        return call("GET", path, null, ADMIN, "").text("metadata", "uid");
    }

    private Answer call(
            String method, String path, @Nullable ObjectNode body, UserInfo user, String token) {
        Map<String, List<String>> headers = new HashMap<>();
        headers.put("content-type", List.of("application/json"));
        if (!token.isEmpty()) {
            headers.put("authorization", List.of("Bearer " + token));
        }
        ApiResponse response =
                server.chain()
                        .handle(
                                new ApiRequest(
                                        "id",
                                        method,
                                        path,
                                        Parameters.EMPTY,
                                        Parameters.headers(headers),
                                        body == null ? new byte[0] : Json.bytes(body),
                                        "127.0.0.1",
                                        List.of(),
                                        clock.instant(),
                                        ApiRequest.UNKNOWN_INFO,
                                        user));
        ApiResponse.Body answer = (ApiResponse.Body) response;
        var bytes = new ByteArrayOutputStream();
        answer.segments().forEach(bytes::writeBytes);
        Map<String, String> answered = new HashMap<>();
        answer.headers().forEach(entry -> answered.putIfAbsent(entry.getKey(), entry.getValue()));
        return new Answer(
                answer.status(),
                answer.contentType(),
                Json.parseObject(bytes.toByteArray()),
                answered);
    }

    private static ObjectNode object(String name) {
        ObjectNode object = Json.object();
        object.putObject("metadata").put("name", name);
        return object;
    }

    private static ObjectNode pod(String name, String account) {
        ObjectNode pod = object(name);
        ObjectNode spec = pod.putObject("spec").put("serviceAccountName", account);
        spec.putArray("containers").addObject().put("name", "c").put("image", "i");
        return pod;
    }

    private static ObjectNode spec(String field, long value) {
        ObjectNode body = Json.object();
        body.putObject("spec").put(field, value);
        return body;
    }

    private static ObjectNode bound(String kind, String name) {
        ObjectNode body = Json.object();
        body.putObject("spec")
                .putObject("boundObjectRef")
                .put("apiVersion", "v1")
                .put("kind", kind)
                .put("name", name);
        return body;
    }

    private static ObjectNode review(String token) {
        ObjectNode review = Json.object();
        review.putObject("spec").put("token", token);
        return review;
    }

    private static JsonNode claims(String token) {
        return Json.parse(Base64.getUrlDecoder().decode(token.split("\\.", -1)[1]));
    }

    /** An unsigned token, RFC 7519 section 6. */
    private static String forged(String claims) {
        return base64("{\"alg\":\"none\"}") + "." + base64(claims) + ".";
    }

    private static String base64(String text) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static List<String> texts(JsonNode array) {
        return array.valueStream().map(value -> value.asString("")).toList();
    }
}
