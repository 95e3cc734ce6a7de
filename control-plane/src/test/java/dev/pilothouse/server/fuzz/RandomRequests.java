package dev.pilothouse.server.fuzz;

import static dev.pilothouse.server.fuzz.Mutations.utf8;

import dev.pilothouse.model.codec.ProtobufCodec;
import dev.pilothouse.model.codec.YamlWriter;
import dev.pilothouse.model.json.Json;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Makes requests, each from the random numbers of its seed alone. */
final class RandomRequests {

    /**
     * A request.
     *
     * @param path decoded path
     * @param headers in lower case
     */
    record Request(
            String method,
            String path,
            Map<String, List<String>> query,
            Map<String, List<String>> headers,
            byte[] body) {

        @Override
        public String toString() {
            String shown = new String(body, java.nio.charset.StandardCharsets.UTF_8);
            return method
                    + " "
                    + path
                    + " "
                    + query
                    + " "
                    + headers
                    + " "
                    + (shown.length() > 400 ? shown.substring(0, 400) + "..." : shown);
        }
    }

    private static final String JSON = "application/json";
    private static final String YAML = "application/yaml";
    private static final String PROTOBUF = "application/vnd.kubernetes.protobuf";
    private static final List<String> PATCHES =
            List.of(
                    "application/json-patch+json",
                    "application/merge-patch+json",
                    "application/strategic-merge-patch+json",
                    "application/apply-patch+yaml");
    private static final List<String> ACCEPTS =
            List.of(
                    JSON,
                    YAML,
                    PROTOBUF,
                    "*/*",
                    "application/*",
                    "text/html",
                    ";",
                    ",",
                    "a",
                    "application/json;as=Table;v=v1;g=meta.k8s.io",
                    "application/json;as=PartialObjectMetadata;v=v1;g=meta.k8s.io",
                    "application/json;as=PartialObjectMetadataList;v=v1;g=meta.k8s.io",
                    PROTOBUF + ";as=PartialObjectMetadata;v=v1;g=meta.k8s.io",
                    "application/json;as=Nonsense;v=v1;g=meta.k8s.io",
                    "application/json;q=0",
                    "application/json;q=x",
                    "application/cbor",
                    "application/json;stream=watch");
    private static final List<String> TYPES =
            List.of("", "text/plain", "application/cbor", ";;;", "application/json; charset=x");
    private static final List<String> QUERIES =
            List.of(
                    "labelSelector",
                    "fieldSelector",
                    "limit",
                    "continue",
                    "resourceVersion",
                    "resourceVersionMatch",
                    "timeoutSeconds",
                    "watch",
                    "allowWatchBookmarks",
                    "sendInitialEvents",
                    "dryRun",
                    "fieldManager",
                    "fieldValidation",
                    "force",
                    "propagationPolicy",
                    "gracePeriodSeconds",
                    "orphanDependents",
                    "pretty",
                    "timeout",
                    "includeObject");
    private static final List<String> QUERY_VALUES =
            List.of(
                    "",
                    "1",
                    "0",
                    "-1",
                    "true",
                    "false",
                    "x",
                    "All",
                    "Strict",
                    "Warn",
                    "Ignore",
                    "Background",
                    "Foreground",
                    "Orphan",
                    "Exact",
                    "NotOlderThan",
                    "a=b",
                    "a!=b",
                    "a in (b,c)",
                    "a notin ()",
                    "!a",
                    "a",
                    "a=b,",
                    "a>1",
                    "metadata.name=f1",
                    "metadata.name=f1,metadata.namespace!=x",
                    "spec.nodeName=",
                    "status.phase=x",
                    "9223372036854775807000",
                    "99999999999999999999",
                    "1.5",
                    "01",
                    "+1",
                    "1s",
                    "-1s",
                    "eyJ2IjoibWV0YS5rOHMuaW8vdjEiLCJydiI6MSwic3RhcnQiOiJ4In0",
                    "eyJ2IjoibWV0YS5rOHMuaW8vdjEiLCJydiI6LTEsIm5zIjoieCIsIm4iOiJ4In0",
                    "eyJ2IjoibWV0YS5rOHMuaW8vdjEiLCJydiI6e319",
                    "e30",
                    "bnVsbA",
                    "WzFd");
    private static final List<String> ODD_PATHS =
            List.of(
                    "",
                    "/",
                    "//",
                    "/api",
                    "/api/",
                    "/apis//v1",
                    "/api/v1/",
                    "/api/v1//pods",
                    "/api/v1/namespaces//pods",
                    "/api/v1/namespaces/default//",
                    "/api/v1/../v1/pods",
                    "/api/v1/namespaces/./pods",
                    "/api/v1/namespaces/../pods",
                    "/apis/apps",
                    "/apis/apps/v2/deployments",
                    "/apis/x/y/z",
                    "/version",
                    "/version/",
                    "/openapi",
                    "/openapi/v2",
                    "/openapi/v3",
                    "/openapi/v3/apis/x",
                    "/healthz/x",
                    "/livez",
                    "/readyz",
                    "/metrics",
                    "/pilothouse.dev/v1/none",
                    "/favicon.ico",
                    "/api/v2/pods",
                    "/api/v1/watch",
                    "/api/v1/watch/pods/x/y",
                    "/api/v1/proxy/nodes/x",
                    "/api/v1/namespaces/default/pods/f1/exec",
                    "/api/v1/nodes/f1/proxy/x/y",
                    "/api/v1/namespaces/default/pods/f1/log",
                    "/apis/apps/namespaces/default/x",
                    "/api/v1/namespaces/default/services/f1/proxy",
                    "/api/v1/pods/f1",
                    "/api/v1/namespaces/default/pods/f1/status/x/y",
                    "/api/v1/namespaces/a b/pods");
    private static final List<String> DIRECTIVES =
            List.of(
                    "$patch",
                    "$setElementOrder/containers",
                    "$deleteFromPrimitiveList/finalizers",
                    "$retainKeys",
                    "$setElementOrder/x",
                    "$nonsense");

    private final RandomValues values;
    private final Mutations mutations;
    private final List<Target> targets;
    private final ProtobufCodec protobuf;

    RandomRequests(long seed, List<Target> targets, ProtobufCodec protobuf) {
        this.values = new RandomValues(new Random(seed));
        this.mutations = new Mutations(values);
        this.targets = targets;
        this.protobuf = protobuf;
    }

    Request next() {
        Target target = values.pick(targets);
        Map<String, List<String>> query = query();
        Map<String, List<String>> headers = headers();
        return switch (values.below(20)) {
            case 0, 1, 2, 3, 4, 5, 6 -> create(target, query, headers);
            case 7, 8, 9 -> update(target, query, headers);
            case 10, 11, 12, 13 -> patch(target, query, headers);
            case 14 -> request("DELETE", object(target), query, headers, deleteOptions());
            case 15, 16 -> request("GET", path(target), query, headers, new byte[0]);
            case 17 -> {
                query.put("watch", List.of("1"));
                yield request("GET", target.collection("default"), query, headers, new byte[0]);
            }
            case 18 -> request(method(), oddPath(), query, headers, new byte[0]);
            default -> {
                byte[] body = body(target, headers);
                yield request(method(), path(target), query, headers, body);
            }
        };
    }

    private Request create(
            Target target, Map<String, List<String>> query, Map<String, List<String>> headers) {
        byte[] body = body(target, headers);
        return request("POST", target.collection("default"), query, headers, body);
    }

    private Request update(
            Target target, Map<String, List<String>> query, Map<String, List<String>> headers) {
        byte[] body = body(target, headers);
        String path = object(target);
        if (values.oneIn(3) && !target.kind().served().subresources().isEmpty()) {
            path = subresource(target, path);
        }
        return request("PUT", path, query, headers, body);
    }

    private Request patch(
            Target target, Map<String, List<String>> query, Map<String, List<String>> headers) {
        String type = values.pick(PATCHES);
        headers.put("content-type", List.of(type));
        if (type.contains("apply") && !values.oneIn(8)) {
            query.put("fieldManager", List.of("fuzz" + values.below(3)));
        }
        JsonNode patch = type.contains("json-patch") ? operations(target) : patchObject(target);
        byte[] body =
                values.oneIn(10) && patch instanceof ObjectNode object
                        ? mutations.broken(object)
                        : utf8(patch.toString());
        String path = object(target);
        if (values.oneIn(3) && !target.kind().served().subresources().isEmpty()) {
            path = subresource(target, path);
        }
        return request("PATCH", path, query, headers, body);
    }

    private JsonNode patchObject(Target target) {
        ObjectNode object = objectOf(target);
        if (values.oneIn(2)) {
            mutations.mutate(object, target.kind().type());
        }
        if (values.oneIn(3)) {
            ObjectNode at =
                    values.oneIn(2) ? object : Json.child(Json.child(object, "spec"), "template");
            at.set(
                    values.pick(DIRECTIVES),
                    values.oneIn(2)
                            ? Json.mapper()
                                    .getNodeFactory()
                                    .stringNode(values.pick(List.of("delete", "replace", "merge")))
                            : values.anything(2));
        }
        return object;
    }

    private JsonNode operations(Target target) {
        ArrayNode operations = Json.array();
        for (int i = values.below(4); i >= 0; i--) {
            ObjectNode operation = operations.addObject();
            operation.put(
                    "op",
                    values.pick(
                            List.of(
                                    "add",
                                    "remove",
                                    "replace",
                                    "move",
                                    "copy",
                                    "test",
                                    "nonsense")));
            operation.put("path", pointer(target));
            if (!values.oneIn(4)) {
                operation.set("value", values.anything(2));
            }
            if (values.oneIn(2)) {
                operation.put("from", pointer(target));
            }
        }
        return values.oneIn(20) ? values.anything(3) : operations;
    }

    private String pointer(Target target) {
        List<String> fields = new ArrayList<>(target.kind().type().fields().keySet());
        return values.pick(
                List.of(
                        "",
                        "/" + values.pick(fields),
                        "/metadata/labels",
                        "/metadata/labels/a~1b",
                        "/metadata/annotations/x",
                        "/metadata/finalizers/-",
                        "/metadata/name",
                        "/metadata",
                        "/kind",
                        "/spec/containers/0/image",
                        "/spec/template/spec/containers/-1",
                        "/spec/99999999999999999999",
                        "/data/k",
                        "/~2",
                        values.text()));
    }

    private byte[] deleteOptions() {
        if (values.oneIn(2)) {
            return new byte[0];
        }
        ObjectNode options = Json.object();
        options.put("kind", "DeleteOptions").put("apiVersion", "v1");
        if (values.oneIn(2)) {
            options.set("gracePeriodSeconds", values.anything(0));
        }
        if (values.oneIn(2)) {
            options.set("propagationPolicy", values.anything(0));
        }
        if (values.oneIn(3)) {
            options.set("preconditions", values.anything(2));
        }
        return values.oneIn(8) ? mutations.broken(options) : Json.bytes(options);
    }

    /** A body, and the content type that says what it is, most of the time rightly. */
    private byte[] body(Target target, Map<String, List<String>> headers) {
        ObjectNode object = objectOf(target);
        if (values.oneIn(4)) {
            object = values.object(target.kind().type(), 5);
        } else if (!values.oneIn(3)) {
            mutations.mutate(object, target.kind().type());
        }
        String type = values.pick(List.of(JSON, JSON, YAML, PROTOBUF));
        byte[] body =
                switch (type) {
                    case YAML -> yaml(object);
                    case PROTOBUF -> protobuf(target, object);
                    default -> Json.bytes(object);
                };
        if (values.oneIn(6)) {
            body = type.equals(JSON) ? mutations.broken(object) : mutations.flipped(body);
        }
        headers.put("content-type", List.of(values.oneIn(15) ? values.pick(TYPES) : type));
        return body;
    }

    private static byte[] yaml(ObjectNode object) {
        try {
            return YamlWriter.write(object);
        } catch (RuntimeException e) {
            // Numbers that no float can hold.
            return Json.bytes(object);
        }
    }

    private byte[] protobuf(Target target, ObjectNode object) {
        try {
            object.put("kind", target.kind().gvk().kind());
            object.put("apiVersion", target.kind().gvk().apiVersion());
            return protobuf.encode(object);
        } catch (RuntimeException e) {
            // What does not fit the type cannot be written in protobuf.
            return mutations.flipped(new byte[] {'k', '8', 's', 0, 10, 4, 10, 2, 'v', '1', 18, 0});
        }
    }

    private ObjectNode objectOf(Target target) {
        ObjectNode object =
                target.valid().isEmpty()
                        ? values.object(target.kind().type(), 5)
                        : values.pick(target.valid()).deepCopy();
        if (object.get("metadata") == null || object.get("metadata").isObject()) {
            ObjectNode metadata = Json.child(object, "metadata");
            if (!metadata.has("name")) {
                metadata.put("name", values.name());
            }
        }
        return object;
    }

    private Map<String, List<String>> query() {
        Map<String, List<String>> query = new HashMap<>();
        if (values.oneIn(4)) {
            for (int i = values.below(3); i >= 0; i--) {
                query.put(
                        values.pick(QUERIES),
                        List.of(values.oneIn(6) ? values.text() : values.pick(QUERY_VALUES)));
            }
        }
        return query;
    }

    private Map<String, List<String>> headers() {
        Map<String, List<String>> headers = new HashMap<>();
        if (values.oneIn(3)) {
            headers.put("accept", List.of(values.pick(ACCEPTS)));
        }
        if (values.oneIn(20)) {
            headers.put("impersonate-user", List.of(values.text()));
        }
        if (values.oneIn(40)) {
            headers.put("impersonate-group", List.of(values.text(), values.text()));
            headers.put("impersonate-extra-%zz%41", List.of(values.text()));
            headers.put("impersonate-uid", List.of(values.text()));
        }
        if (values.oneIn(20)) {
            headers.put("user-agent", List.of(values.text()));
        }
        return headers;
    }

    private String path(Target target) {
        return switch (values.below(8)) {
            case 0, 1 -> target.collection("default");
            case 2 -> target.collection("");
            case 3 -> subresource(target, object(target));
            case 4 -> target.collection(values.text()) + "/" + values.text();
            case 5 -> "/api/v1/watch/namespaces/default/pods";
            default -> object(target);
        };
    }

    private String object(Target target) {
        return target.collection("default")
                + "/"
                + (values.oneIn(15) ? values.text() : values.name());
    }

    private String subresource(Target target, String path) {
        List<String> names = new ArrayList<>(target.kind().served().subresources().keySet());
        names.add("status");
        names.add("scale");
        names.add("x");
        return path + "/" + values.pick(names);
    }

    private String oddPath() {
        return switch (values.below(6)) {
            case 0 -> "/" + "x/".repeat(values.below(3000));
            case 1 -> "/" + values.text() + "/" + values.text();
            case 2 -> "/api/v1/namespaces/" + "x".repeat(values.below(20_000)) + "/pods";
            default -> values.pick(ODD_PATHS);
        };
    }

    private String method() {
        return values.pick(
                List.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "XX"));
    }

    private static Request request(
            String method,
            String path,
            Map<String, List<String>> query,
            Map<String, List<String>> headers,
            byte[] body) {
        return new Request(method, path, query, headers, body);
    }
}
