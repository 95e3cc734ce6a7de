package dev.pilothouse.server.clients;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.server.pki.ClusterPki;
import dev.pilothouse.server.testing.Answer;
import dev.pilothouse.server.testing.ApiClient;
import dev.pilothouse.server.testing.RunningServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.node.ObjectNode;

/** What clients are told that ask wrongly: the Status of kube-apiserver 1.36. */
class BadInputTest {

    private static final String MAPS = "/api/v1/namespaces/default/configmaps";
    private static final String PODS = "/api/v1/namespaces/default/pods";
    private static final String JSON = "application/json";

    private static @Nullable RunningServer server;

    @BeforeAll
    static void start() {
        server = RunningServer.start();
        admin().create(
                        MAPS,
                        Json.parse("{\"metadata\":{\"name\":\"there\"},\"data\":{\"k\":\"v\"}}"));
    }

    @AfterAll
    static void stop() {
        server().close();
    }

    private static RunningServer server() {
        return Objects.requireNonNull(server);
    }

    private static ApiClient admin() {
        return server().admin();
    }

    private static void assertStatus(int code, String reason, String message, Answer answer) {
        ObjectNode status = answer.json();
        assertEquals("Status v1 Failure", kindOf(status), answer::toString);
        assertEquals(message, Json.text(status, "message"));
        assertEquals(reason, Json.text(status, "reason"));
        assertEquals(code, Json.number(status, 0, "code"));
        assertEquals(code, answer.status());
        assertTrue(answer.header("Content-Type").startsWith(JSON));
    }

    private static String kindOf(ObjectNode status) {
        return String.join(
                " ",
                Json.text(status, "kind"),
                Json.text(status, "apiVersion"),
                Json.text(status, "status"));
    }

    /** The causes as {@code field reason message}. */
    private static Set<String> causes(Answer answer) {
        return Json.objects(answer.json(), "details", "causes").stream()
                .map(cause ->
                        Json.text(cause, "field")
                                + " "
                                + Json.text(cause, "reason")
                                + " "
                                + Json.text(cause, "message"))
                .collect(Collectors.toSet());
    }

    private static Answer send(String method, String path, String type, String body) {
        return admin().send(
                        method, path, body.getBytes(StandardCharsets.UTF_8), "Content-Type", type);
    }

    @Test
    void showsBeginningOfMalformedBodies() {
        assertStatus(
                400,
                "BadRequest",
                "the object provided is unrecognized (must be of type Pod): couldn't get version/kind;"
                        + " json parse error: unexpected end of JSON input ({)",
                admin().post(PODS, "{"));
        assertStatus(
                400,
                "BadRequest",
                "the object provided is unrecognized (must be of type Pod): provided data does not"
                        + " appear to be a protobuf message, expected prefix [107 56 115 0] (616263)",
                send("POST", PODS, "application/vnd.kubernetes.protobuf", "abc"));
        Answer yaml = send("POST", PODS, "application/yaml", "a: [b");
        assertEquals(400, yaml.status());
        assertTrue(
                yaml.at("message")
                        .startsWith("the object provided is unrecognized (must be of type Pod): "),
                yaml::toString);
        assertTrue(yaml.at("message").endsWith(" (613a205b62)"), yaml::toString);
    }

    @Test
    void refusesOtherKindsAndVersions() {
        assertStatus(
                400,
                "BadRequest",
                "Deployment in version \"v1\" cannot be handled as a Pod: converting (v1.Deployment)"
                        + " to (core.Pod): unknown conversion",
                admin().post(PODS, "{\"kind\":\"Deployment\",\"apiVersion\":\"apps/v1\"}"));
        assertStatus(
                400,
                "BadRequest",
                "Foo in version \"v1\" cannot be handled as a Pod: no kind \"Foo\" is registered for"
                        + " version \"v1\" in scheme \"pkg/api/legacyscheme/scheme.go:30\"",
                admin().post(PODS, "{\"kind\":\"Foo\",\"apiVersion\":\"v1\"}"));
        assertStatus(
                400,
                "BadRequest",
                "Pod in version \"v2\" cannot be handled as a Pod: no kind \"Pod\" is registered for"
                        + " version \"v2\" in scheme \"pkg/api/legacyscheme/scheme.go:30\"",
                admin().post(PODS, "{\"kind\":\"Pod\",\"apiVersion\":\"v2\"}"));
    }

    @Test
    void refusesNamesThatContradictPath() {
        assertStatus(
                400,
                "BadRequest",
                "the name of the object (other) does not match the name on the URL (there)",
                admin().put(MAPS + "/there", "{\"metadata\":{\"name\":\"other\"}}"));
        assertStatus(
                400,
                "BadRequest",
                "the namespace of the provided object does not match the namespace sent on the request",
                admin().post(MAPS, "{\"metadata\":{\"name\":\"x\",\"namespace\":\"other\"}}"));
    }

    @Test
    void refusesLargeBodies() {
        String data = "x".repeat(3 * 1024 * 1024);
        assertStatus(
                413,
                "RequestEntityTooLarge",
                "Request entity too large: limit is 3145728",
                admin().post(MAPS, "{\"data\":{\"k\":\"" + data + "\"}}"));
    }

    @Test
    void refusesBadNamesWithCauses() {
        Answer answer = admin().post(MAPS, "{\"metadata\":{\"name\":\"A_b\"}}");
        String why =
                "Invalid value: \"A_b\": a lowercase RFC 1123 subdomain must consist of lower case"
                        + " alphanumeric characters, '-' or '.', and must start and end with an"
                        + " alphanumeric character (e.g. 'example.com', regex used for validation is"
                        + " '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')";
        assertStatus(422, "Invalid", "ConfigMap \"A_b\" is invalid: metadata.name: " + why, answer);
        assertEquals(Set.of("metadata.name FieldValueInvalid " + why), causes(answer));
        assertEquals("A_b", answer.at("details", "name"));
        assertEquals("ConfigMap", answer.at("details", "kind"));

        assertStatus(
                422,
                "Invalid",
                "ConfigMap \"\" is invalid: metadata.name: Required value: name or generateName is required",
                admin().post(MAPS, "{}"));
    }

    @Test
    void refusesBadQuantitiesAndTypes() {
        assertStatus(
                400,
                "BadRequest",
                "Pod in version \"v1\" cannot be handled as a Pod: quantities must match the regular"
                        + " expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'",
                admin().post(
                                PODS,
                                """
                                {"metadata":{"name":"x"},"spec":{"containers":[{"name":"c","image":"i",
                                "resources":{"requests":{"cpu":"many"}}}]}}
                                """));
        Answer wrongType = admin().post(MAPS, "{\"metadata\":{\"name\":\"x\"},\"data\":{\"k\":1}}");
        assertStatus(
                400,
                "BadRequest",
                "ConfigMap in version \"v1\" cannot be handled as a ConfigMap: json: cannot unmarshal"
                        + " number into Go struct field ConfigMap.data of type string",
                wrongType);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "labelSelector=a%20in | unable to parse requirement: found '', expected: '('",
                "fieldSelector=x | invalid selector: 'x'; can't understand 'x'",
                "fieldSelector=spec.x=1 | \"spec.x\" is not a known field selector: only \"metadata.name\", \"metadata.namespace\"",
                "limit=x | strconv.ParseInt: parsing \"x\": invalid syntax",
            })
    void refusesBadQueries(String query, String message) {
        assertStatus(400, "BadRequest", message, admin().get(MAPS + "?" + query));
    }

    @Test
    void refusesUnselectableFieldsOfPodsInOtherWords() {
        assertStatus(
                400,
                "BadRequest",
                "field label not supported: spec.x",
                admin().get(PODS + "?fieldSelector=spec.x=1"));
    }

    @Test
    void refusesBadRevisionsAndTokens() {
        for (String query : Set.of("resourceVersion=abc", "continue=abc")) {
            Answer answer = admin().get(MAPS + "?" + query);
            assertEquals(400, answer.status(), answer::toString);
            assertEquals("BadRequest", answer.at("reason"));
        }
        assertStatus(
                400,
                "BadRequest",
                "resourceVersion should not be set on objects to be created",
                admin().post(MAPS, "{\"metadata\":{\"name\":\"x\",\"resourceVersion\":\"5\"}}"));
    }

    @Test
    void refusesStaleUpdates() {
        Answer answer =
                admin().put(
                                MAPS + "/there",
                                "{\"metadata\":{\"name\":\"there\",\"resourceVersion\":\"1\"}}");
        assertStatus(
                409,
                "Conflict",
                "Operation cannot be fulfilled on configmaps \"there\": the object has been modified;"
                        + " please apply your changes to the latest version and try again",
                answer);
        assertEquals("there", answer.at("details", "name"));
        assertEquals("configmaps", answer.at("details", "kind"));
    }

    @Test
    void saysWhatIsMissingAndWhatIsThere() {
        Answer missing = admin().get("/apis/apps/v1/namespaces/default/deployments/none");
        assertStatus(404, "NotFound", "deployments.apps \"none\" not found", missing);
        assertEquals("apps", missing.at("details", "group"));
        assertStatus(
                409,
                "AlreadyExists",
                "configmaps \"there\" already exists",
                admin().post(MAPS, "{\"metadata\":{\"name\":\"there\"}}"));
        assertStatus(
                404,
                "NotFound",
                "namespaces \"none\" not found",
                admin().post(
                                "/api/v1/namespaces/none/configmaps",
                                "{\"metadata\":{\"name\":\"x\"}}"));
    }

    @Test
    void refusesUnknownMediaTypes() {
        assertStatus(
                415,
                "UnsupportedMediaType",
                "the body of the request was in an unknown format - accepted media types include:"
                        + " application/json, application/yaml, application/vnd.kubernetes.protobuf",
                send("POST", MAPS, "text/plain", "{}"));
        assertStatus(
                415,
                "UnsupportedMediaType",
                "the body of the request was in an unknown format - accepted media types include:"
                        + " application/json-patch+json, application/merge-patch+json,"
                        + " application/strategic-merge-patch+json, application/apply-patch+yaml",
                send("PATCH", MAPS + "/there", "text/plain", "{}"));
        assertStatus(
                406,
                "NotAcceptable",
                "only the following media types are accepted: application/json, application/yaml,"
                        + " application/vnd.kubernetes.protobuf",
                admin().get(MAPS, "Accept", "text/html"));
    }

    @Test
    void refusesUnknownPathsAndMethods() {
        String notFound = "the server could not find the requested resource";
        assertStatus(404, "NotFound", notFound, admin().get("/api/v1/foos"));
        assertStatus(404, "NotFound", notFound, admin().get(PODS + "/x/foo"));
        String notAllowed = "the server does not allow this method on the requested resource";
        assertStatus(405, "MethodNotAllowed", notAllowed, admin().put(PODS, "{}"));
        assertStatus(405, "MethodNotAllowed", notAllowed, admin().post(PODS + "/x", "{}"));
    }

    @Test
    void refusesUnknownQueryValues() {
        Answer dryRun = admin().post(MAPS + "?dryRun=x", "{\"metadata\":{\"name\":\"x\"}}");
        assertEquals(422, dryRun.status());
        assertEquals("CreateOptions", dryRun.at("details", "kind"));
        assertEquals("meta.k8s.io", dryRun.at("details", "group"));
        assertTrue(
                causes(dryRun).iterator().next().startsWith("dryRun FieldValueNotSupported "),
                dryRun::toString);

        Answer validation =
                admin().post(MAPS + "?fieldValidation=x", "{\"metadata\":{\"name\":\"x\"}}");
        String supported =
                "Unsupported value: \"x\": supported values: \"\", \"Ignore\", \"Strict\", \"Warn\"";
        assertStatus(
                422,
                "Invalid",
                "CreateOptions.meta.k8s.io \"\" is invalid: fieldValidation: " + supported,
                validation);

        Answer propagation = admin().delete(MAPS + "/there?propagationPolicy=x");
        String policies =
                "Unsupported value: \"x\": supported values: \"Foreground\", \"Background\","
                        + " \"Orphan\", \"nil\"";
        assertStatus(
                422,
                "Invalid",
                "DeleteOptions.meta.k8s.io \"\" is invalid: propagationPolicy: " + policies,
                propagation);
        assertEquals(
                Set.of("propagationPolicy FieldValueNotSupported " + policies),
                causes(propagation));
    }

    @Test
    void refusesPatchesThatDoNotFit() {
        String rejected = "the server rejected our request due to an error in our request";
        String type = "application/json-patch+json";
        assertStatus(
                422,
                "Invalid",
                rejected,
                admin().patch(
                                MAPS + "/there",
                                type,
                                "[{\"op\":\"test\",\"path\":\"/data/k\",\"value\":\"no\"}]"));
        assertStatus(
                422,
                "Invalid",
                "PatchOptions.meta.k8s.io \"\" is invalid: fieldManager: Required value: is required for apply patch",
                admin().patch(MAPS + "/there", "application/apply-patch+yaml", "{}"));
    }

    @Test
    void keepsImmutableFields() {
        admin().create(
                        "/api/v1/namespaces/default/secrets",
                        Json.parse("{\"metadata\":{\"name\":\"s\"},\"immutable\":true}"));
        Answer secret =
                admin().patch(
                                "/api/v1/namespaces/default/secrets/s",
                                "application/merge-patch+json",
                                "{\"data\":{\"k\":\"dg==\"}}");
        assertStatus(
                422,
                "Invalid",
                "Secret \"s\" is invalid: data: Forbidden: field is immutable when `immutable` is set",
                secret);
        assertEquals(
                Set.of(
                        "data FieldValueForbidden Forbidden: field is immutable when `immutable` is set"),
                causes(secret));
    }

    @Test
    void generatesNamesThatDoNotCollide() {
        Set<String> names = new HashSet<>();
        for (int i = 0; i < 200; i++) {
            ObjectNode made =
                    admin().create(
                                    MAPS,
                                    Json.parse(
                                            "{\"metadata\":{\"generateName\":\""
                                                    + "g".repeat(100)
                                                    + "\"}}"));
            String name = Json.text(made, "metadata", "name");
            assertEquals(63, name.length());
            names.add(name);
        }
        assertEquals(200, names.size());
    }

    @Test
    void tellsWhoMayNotEnter() {
        assertStatus(401, "Unauthorized", "Unauthorized", server().token("wrong").get("/api"));
        assertStatus(
                403,
                "Forbidden",
                "forbidden: User \"system:anonymous\" cannot get path \"/metrics\"",
                server().anonymous().get("/metrics"));
        assertStatus(
                403,
                "Forbidden",
                "pods is forbidden: User \"reader\" cannot list resource \"pods\" in API group \"\" in"
                        + " the namespace \"default\"",
                server().token(RunningServer.READER_TOKEN).get(PODS));
        assertEquals(200, server().token(RunningServer.MASTER_TOKEN).get(PODS).status());
    }

    @Test
    void refusesCertificatesOfOtherAuthorities() throws IOException {
        try (RunningServer other = RunningServer.start()) {
            // The foreign client does not trust us either; that must fail on its side or on ours.
            var stranger = server().with(ClusterPki.load(other.dataDirectory()).adminContext());
            assertThrows(UncheckedIOException.class, () -> stranger.get("/api"));
        }
        assertEquals(200, admin().get("/api").status());
    }

    @Test
    void explainsTlsToPlainHttpClients() throws IOException {
        try (Socket socket =
                new Socket(server().endpoint().getHost(), server().endpoint().getPort())) {
            socket.setSoTimeout(5000);
            socket.getOutputStream()
                    .write("GET / HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            String answer =
                    new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
            assertEquals(
                    "HTTP/1.0 400 Bad Request\r\nConnection: close\r\n\r\n"
                            + "Client sent an HTTP request to an HTTPS server.\n",
                    answer);
        }
    }
}
