package dev.pilothouse.server.request;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequestInfoResolverTest {

    private final RequestInfoResolver resolver =
            new RequestInfoResolver((group, segment, resource) ->
                    group.equals("apps") && resource.equals("deployments") ? "v1" : null);

    // method, path, verb, group, version, namespace, resource, subresource, name
    @ParameterizedTest
    @CsvSource({
        "GET,/api/v1/namespaces,list,'',v1,'',namespaces,'',''",
        "GET,/api/v1/namespaces/other,get,'',v1,other,namespaces,'',other",
        "PUT,/api/v1/namespaces/other/finalize,update,'',v1,other,namespaces,finalize,other",
        "GET,/api/v1/namespaces/other/pods,list,'',v1,other,pods,'',''",
        "HEAD,/api/v1/namespaces/other/pods/foo,get,'',v1,other,pods,'',foo",
        "GET,/api/v1/namespaces/other/pods/foo/log,get,'',v1,other,pods,log,foo",
        "GET,/api/v1/watch/namespaces/other/pods,watch,'',v1,other,pods,'',''",
        "GET,/api/v1/proxy/namespaces/other/pods/foo/x,proxy,'',v1,other,pods,'',foo",
        "POST,/apis/apps/v1/namespaces/other/deployments,create,apps,v1,other,deployments,'',''",
        "DELETE,/api/v1/pods,deletecollection,'',v1,'',pods,'',''",
        "DELETE,/api/v1/namespaces/a/pods/b,delete,'',v1,a,pods,'',b",
        "PATCH,/apis/apps/v1/namespaces/a/deployments/b/scale,patch,apps,v1,a,deployments,scale,b",
        "GET,/apis/apps/deployments,list,apps,v1,'',deployments,'',''",
        "GET,/apis/apps/namespaces/a/deployments/b,get,apps,v1,a,deployments,'',b"
    })
    void readsResourcePaths(
            String method,
            String path,
            String verb,
            String group,
            String version,
            String namespace,
            String resource,
            String subresource,
            String name) {
        RequestInfo info = resolver.resolve(method, path, Parameters.EMPTY);
        assertEquals(true, info.resourceRequest());
        assertEquals(
                List.of(verb, group, version, namespace, resource, subresource, name),
                List.of(
                        info.verb(),
                        info.group(),
                        info.version(),
                        info.namespace(),
                        info.resource(),
                        info.subresource(),
                        info.name()));
    }

    @ParameterizedTest
    @CsvSource({"/", "/api", "/api/v1", "/apis/apps", "/apis/apps/v1", "/version", "/livez/ping/x"})
    void takesOtherPathsForNonResources(String path) {
        RequestInfo info = resolver.resolve("GET", path, Parameters.EMPTY);
        assertEquals(false, info.resourceRequest());
        assertEquals("get", info.verb());
        assertEquals(path, info.path());
    }

    @ParameterizedTest
    @CsvSource({"true,watch", "1,watch", "'',watch", "false,list", "0,list"})
    void readsTheWatchParameter(String value, String verb) {
        Parameters query = Parameters.query(Map.of("watch", List.of(value)));
        assertEquals(verb, resolver.resolve("GET", "/api/v1/pods", query).verb());
    }

    @Test
    void takesTheNameFromTheFieldSelector() {
        assertEquals("a.b", name("spec.nodeName=x,metadata.name=a.b"));
        assertEquals("c", name("metadata.name==c"));
        assertEquals("", name("metadata.name!=c"));
        assertEquals("", name("metadata.name=a/b"));
    }

    private String name(String selector) {
        Parameters query = Parameters.query(Map.of("fieldSelector", List.of(selector)));
        return resolver.resolve("GET", "/api/v1/pods", query).name();
    }

    @Test
    void ordersAcceptClauses() {
        assertEquals(
                List.of("application/json", "text/*", "*/*", "text/plain"),
                Accept.parse(
                                "text/plain;q=0.1, */*, text/*, application/json;as=Table;g=x, a/b;q=0")
                        .stream()
                        .map(AcceptClause::type)
                        .toList());
        assertEquals("Table", Accept.parse("application/json;as=Table").getFirst().parameter("as"));
        assertEquals(List.of(new AcceptClause("*/*", Map.of())), Accept.parse(""));
    }
}
