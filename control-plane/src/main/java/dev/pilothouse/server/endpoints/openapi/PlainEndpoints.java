package dev.pilothouse.server.endpoints.openapi;

import dev.pilothouse.model.meta.GroupVersion;
import dev.pilothouse.server.endpoints.openapi.Endpoint.Operation;
import dev.pilothouse.server.endpoints.openapi.Endpoint.Response;
import java.util.List;

/** Paths that are not about resources: discovery, version and keys. */
final class PlainEndpoints {

    private PlainEndpoints() {}

    static Endpoint coreVersions(Definitions definitions) {
        return get(
                "/api/",
                "getCoreAPIVersions",
                "core",
                definitions.builtIn("meta.v1.APIVersions"),
                MediaTypes.OBJECT);
    }

    static Endpoint groups(Definitions definitions) {
        return get(
                "/apis/",
                "getAPIVersions",
                "apis",
                definitions.builtIn("meta.v1.APIGroupList"),
                MediaTypes.OBJECT);
    }

    static Endpoint group(String group, Definitions definitions) {
        String name = GroupNames.group(group);
        return get(
                "/apis/" + group + "/",
                "get" + GroupNames.capital(name) + "APIGroup",
                name,
                definitions.builtIn("meta.v1.APIGroup"),
                MediaTypes.OBJECT);
    }

    static Endpoint resources(GroupVersion version, Definitions definitions) {
        return get(
                "/" + GroupNames.path(version) + "/",
                "get" + GroupNames.camel(version) + "APIResources",
                GroupNames.tag(version),
                definitions.builtIn("meta.v1.APIResourceList"),
                MediaTypes.OBJECT);
    }

    static Endpoint version(Definitions definitions) {
        return get(
                "/version/",
                "getCodeVersion",
                "version",
                definitions.builtIn("apimachinery.version.Info"),
                MediaTypes.JSON);
    }

    static Endpoint issuer() {
        return get(
                "/.well-known/openid-configuration/",
                "getServiceAccountIssuerOpenIDConfiguration",
                "WellKnown",
                "",
                MediaTypes.JSON);
    }

    static Endpoint keys() {
        return get(
                "/openid/v1/jwks/",
                "getServiceAccountIssuerOpenIDKeyset",
                "openid",
                "",
                List.of("application/jwk-set+json"));
    }

    private static Endpoint get(
            String path, String id, String tag, String definition, List<String> produces) {
        Operation operation =
                new Operation(
                        "get",
                        id,
                        tag,
                        "",
                        null,
                        List.of(),
                        null,
                        List.of(Response.ok(definition)),
                        produces);
        return new Endpoint(path, List.of(), List.of(operation));
    }
}
