package dev.pilothouse.server.endpoints.openapi;

import dev.pilothouse.model.meta.GroupVersionKind;
import dev.pilothouse.model.schema.ResourceSchema.Subresource;
import dev.pilothouse.model.scheme.ResourceKind;
import dev.pilothouse.server.endpoints.openapi.Endpoint.Body;
import dev.pilothouse.server.endpoints.openapi.Endpoint.Operation;
import dev.pilothouse.server.endpoints.openapi.Endpoint.Response;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The paths of one kind with all their operations, named as kube-apiserver names them. Source:
 * apiserver endpoints/installer.go.
 */
final class ResourceEndpoints {

    private final ResourceKind kind;
    private final Definitions definitions;
    private final String base;
    private final String plural;
    private final String group;
    private final String tag;
    private final List<Endpoint> endpoints = new ArrayList<>();

    private ResourceEndpoints(ResourceKind kind, Definitions definitions) {
        this.kind = kind;
        this.definitions = definitions;
        this.plural = kind.resource().resource();
        this.base = "/" + GroupNames.path(kind.resource().groupVersion());
        this.group = GroupNames.camel(kind.resource().groupVersion());
        this.tag = GroupNames.tag(kind.resource().groupVersion());
    }

    /** All endpoints of a kind; what they refer to is added to the definitions. */
    static List<Endpoint> of(ResourceKind kind, Definitions definitions) {
        ResourceEndpoints builder = new ResourceEndpoints(kind, definitions);
        builder.collection();
        builder.item();
        for (Subresource subresource : kind.served().subresources().values()) {
            builder.subresource(subresource);
        }
        builder.watches();
        return builder.endpoints;
    }

    private void collection() {
        List<Operation> operations = new ArrayList<>();
        if (verb("list")) {
            operations.add(list("list" + group + scoped()));
        }
        if (verb("create")) {
            operations.add(create("create" + group + scoped(), kind.gvk(), object(), "post"));
        }
        if (verb("deletecollection")) {
            operations.add(
                    operation(
                            "delete",
                            "delete" + group + "Collection" + scoped(),
                            "deletecollection",
                            QueryParameters.DELETE_COLLECTION,
                            deleteBody(),
                            List.of(Response.ok(status()))));
        }
        add(path(""), false, operations);
        if (kind.namespaced() && verb("list")) {
            add(
                    base + "/" + plural,
                    List.of(QueryParameters.PRETTY),
                    List.of(list("list" + group + kindName() + "ForAllNamespaces")));
        }
    }

    private void item() {
        List<Operation> operations = new ArrayList<>();
        if (verb("get")) {
            operations.add(read("read" + group + scoped(), kind.gvk(), object()));
        }
        if (verb("update")) {
            operations.add(replace("replace" + group + scoped(), kind.gvk(), object()));
        }
        if (verb("patch")) {
            operations.add(patch("patch" + group + scoped(), kind.gvk(), object()));
        }
        if (verb("delete")) {
            operations.add(delete());
        }
        add(path("/{name}"), true, operations);
    }

    private Operation delete() {
        // Kinds whose strategy returns the object answer with it, the others with a Status.
        return operation(
                "delete",
                "delete" + group + scoped(),
                "delete",
                QueryParameters.DELETE,
                deleteBody(),
                List.of(Response.ok(status()), new Response(202, "Accepted", status())));
    }

    private void subresource(Subresource sub) {
        if (!sub.connectMethods().isEmpty()) {
            connect(sub);
            return;
        }
        String definition = sub.name().equals("log") ? "" : definitions.bodyOf(kind, sub.kind());
        String suffix = group + scoped() + GroupNames.capital(sub.name());
        List<Operation> operations = new ArrayList<>();
        for (String verb : sub.verbs()) {
            switch (verb) {
                case "get" -> operations.add(subresourceRead(sub, "read" + suffix, definition));
                case "update" ->
                        operations.add(replace("replace" + suffix, sub.kind(), definition));
                case "patch" -> operations.add(patch("patch" + suffix, sub.kind(), definition));
                case "create" ->
                        operations.add(create("create" + suffix, sub.kind(), definition, "post"));
                default -> {}
            }
        }
        add(path("/{name}/" + sub.name()), true, operations);
    }

    private Operation subresourceRead(Subresource sub, String id, String definition) {
        Operation read = read(id, sub.kind(), definition);
        return definition.isEmpty()
                ? new Operation(
                        read.method(),
                        id,
                        tag,
                        "get",
                        kind.gvk(),
                        QueryParameters.special(sub.name()),
                        null,
                        List.of(Response.ok("")),
                        MediaTypes.TEXT)
                : read;
    }

    private void connect(Subresource sub) {
        String name = scoped() + GroupNames.capital(sub.name());
        List<Parameter> query = QueryParameters.special(sub.name());
        add(path("/{name}/" + sub.name()), itemParameters(query), connections(sub, name));
        if (sub.subpath()) {
            List<Parameter> parameters = new ArrayList<>(itemParameters(query));
            parameters.add(Parameter.path("path"));
            parameters.removeIf(p -> p.name().equals("path") && p.in().equals("query"));
            add(
                    path("/{name}/" + sub.name() + "/{path}"),
                    parameters,
                    connections(sub, name + "WithPath"));
        }
    }

    private List<Operation> connections(Subresource sub, String name) {
        return sub.connectMethods().stream()
                .map(method ->
                        new Operation(
                                method,
                                "connect" + group + GroupNames.capital(method) + name,
                                tag,
                                "connect",
                                sub.kind(),
                                List.of(),
                                null,
                                List.of(Response.ok("")),
                                MediaTypes.ANY))
                .toList();
    }

    private void watches() {
        if (!verb("watch")) {
            return;
        }
        String path = path("").replace(base + "/", base + "/watch/");
        addWatch(path, kind.namespaced(), false, "watchlist", scoped() + "List");
        addWatch(path + "/{name}", kind.namespaced(), true, "watch", scoped());
        if (kind.namespaced()) {
            addWatch(
                    base + "/watch/" + plural,
                    false,
                    false,
                    "watchlist",
                    kindName() + "ListForAllNamespaces");
        }
    }

    private void addWatch(
            String path, boolean namespaced, boolean named, String action, String name) {
        List<Parameter> parameters = new ArrayList<>(QueryParameters.LIST);
        if (named) {
            parameters.add(Parameter.path("name"));
        }
        if (namespaced) {
            parameters.add(Parameter.path("namespace"));
        }
        parameters.add(QueryParameters.PRETTY);
        Operation watch =
                new Operation(
                        "get",
                        "watch" + group + name,
                        tag,
                        action,
                        kind.gvk(),
                        List.of(),
                        null,
                        List.of(Response.ok(definitions.builtIn("meta.v1.WatchEvent"))),
                        produces(true));
        add(path, parameters, List.of(watch));
    }

    private Operation list(String id) {
        return new Operation(
                "get",
                id,
                tag,
                "list",
                kind.gvk(),
                QueryParameters.LIST,
                null,
                List.of(Response.ok(definitions.list(kind))),
                produces(true));
    }

    private Operation read(String id, GroupVersionKind gvk, String definition) {
        return withKind(
                operation("get", id, "get", List.of(), null, List.of(Response.ok(definition))),
                gvk);
    }

    private Operation create(String id, GroupVersionKind gvk, String definition, String action) {
        List<Response> responses =
                List.of(
                        Response.ok(definition),
                        new Response(201, "Created", definition),
                        new Response(202, "Accepted", definition));
        Operation create =
                operation(
                        "post",
                        id,
                        action,
                        QueryParameters.WRITE,
                        body(definition, true),
                        responses);
        return withKind(create, gvk);
    }

    private Operation replace(String id, GroupVersionKind gvk, String definition) {
        Operation replace =
                operation(
                        "put",
                        id,
                        "put",
                        QueryParameters.WRITE,
                        body(definition, true),
                        written(definition));
        return withKind(replace, gvk);
    }

    private Operation patch(String id, GroupVersionKind gvk, String definition) {
        Body body =
                new Body(
                        definitions.builtIn("meta.v1.Patch"),
                        kind.custom() ? MediaTypes.CUSTOM_PATCH : MediaTypes.PATCH,
                        true);
        Operation patch =
                operation("patch", id, "patch", QueryParameters.PATCH, body, written(definition));
        return withKind(patch, gvk);
    }

    private static List<Response> written(String definition) {
        return List.of(Response.ok(definition), new Response(201, "Created", definition));
    }

    private Operation operation(
            String method,
            String id,
            String action,
            List<Parameter> parameters,
            @Nullable Body body,
            List<Response> responses) {
        return new Operation(
                method, id, tag, action, kind.gvk(), parameters, body, responses, produces(false));
    }

    private static Operation withKind(Operation operation, GroupVersionKind gvk) {
        return new Operation(
                operation.method(),
                operation.id(),
                operation.tag(),
                operation.action(),
                gvk,
                operation.parameters(),
                operation.body(),
                operation.responses(),
                operation.produces());
    }

    private Body body(String definition, boolean required) {
        return new Body(
                definition, kind.custom() ? MediaTypes.CUSTOM_BODY : MediaTypes.ANY, required);
    }

    private Body deleteBody() {
        return body(definitions.builtIn("meta.v1.DeleteOptions"), false);
    }

    private List<String> produces(boolean list) {
        if (kind.custom()) {
            return MediaTypes.CUSTOM_BODY;
        }
        return list ? MediaTypes.LIST : MediaTypes.OBJECT;
    }

    private String object() {
        return definitions.object(kind);
    }

    private String status() {
        return definitions.builtIn("meta.v1.Status");
    }

    private boolean verb(String verb) {
        return kind.served().verbs().contains(verb);
    }

    private String kindName() {
        return kind.gvk().kind();
    }

    private String scoped() {
        return kind.namespaced() ? "Namespaced" + kindName() : kindName();
    }

    private String path(String suffix) {
        String scope = kind.namespaced() ? "/namespaces/{namespace}/" : "/";
        return base + scope + plural + suffix;
    }

    private List<Parameter> itemParameters(List<Parameter> more) {
        List<Parameter> parameters = new ArrayList<>(more);
        parameters.add(Parameter.path("name"));
        if (kind.namespaced()) {
            parameters.add(Parameter.path("namespace"));
        }
        return parameters;
    }

    private void add(String path, boolean named, List<Operation> operations) {
        List<Parameter> parameters = new ArrayList<>();
        if (named) {
            parameters.add(Parameter.path("name"));
        }
        if (kind.namespaced()) {
            parameters.add(Parameter.path("namespace"));
        }
        parameters.add(QueryParameters.PRETTY);
        add(path, parameters, operations);
    }

    private void add(String path, List<Parameter> parameters, List<Operation> operations) {
        if (!operations.isEmpty()) {
            endpoints.add(new Endpoint(path, List.copyOf(parameters), operations));
        }
    }
}
