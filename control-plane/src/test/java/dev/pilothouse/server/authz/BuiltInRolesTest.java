package dev.pilothouse.server.authz;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.pilothouse.server.request.RequestInfo;
import dev.pilothouse.server.request.UserInfo;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class BuiltInRolesTest {

    private final BuiltInRoles roles = new BuiltInRoles();

    @ParameterizedTest
    @CsvSource({
        "get, /api, system:authenticated, true",
        "get, /apis/apps/v1, system:authenticated, true",
        "get, /openapi/v3, system:authenticated, true",
        "get, /version/, system:authenticated, true",
        "get, /version/other, system:authenticated, false",
        "get, /apiother, system:authenticated, false",
        "get, /metrics, system:authenticated, false",
        "post, /api, system:authenticated, false",
        "get, /api, system:unauthenticated, false",
        "get, /openid/v1/jwks, system:serviceaccounts, true",
        "get, /openid/v1/jwks, system:authenticated, false",
    })
    void opensPathsByGroup(String verb, String path, String group, boolean allowed) {
        RequestInfo info =
                new RequestInfo(false, path, verb, "", "", "", "", "", "", "", List.of());

        assertEquals(allowed, roles.authorize(UserInfo.of("u", group), info).allowed());
    }

    @ParameterizedTest
    @CsvSource({
        "create, authentication.k8s.io, selfsubjectreviews, '', system:authenticated, true",
        "create, authorization.k8s.io, selfsubjectaccessreviews, '', system:authenticated, true",
        "create, authorization.k8s.io, selfsubjectrulesreviews, '', system:authenticated, true",
        "create, authorization.k8s.io, selfsubjectrulesreviews, '', system:unauthenticated, false",
        "create, authorization.k8s.io, subjectaccessreviews, '', system:authenticated, false",
        "create, authentication.k8s.io, tokenreviews, '', system:authenticated, false",
        "list, authentication.k8s.io, selfsubjectreviews, '', system:authenticated, false",
        "create, example.org, selfsubjectreviews, '', system:authenticated, false",
        "create, '', serviceaccounts, token, system:authenticated, false",
    })
    void opensSelfReviews(
            String verb,
            String apiGroup,
            String resource,
            String subresource,
            String group,
            boolean allowed) {
        RequestInfo info =
                new RequestInfo(
                        true,
                        "",
                        verb,
                        "apis",
                        apiGroup,
                        "v1",
                        "",
                        resource,
                        subresource,
                        "",
                        List.of(resource));

        assertEquals(allowed, roles.authorize(UserInfo.of("u", group), info).allowed());
    }
}
