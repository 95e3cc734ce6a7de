package dev.pilothouse.server.pipeline.filters;

import dev.pilothouse.model.meta.ApiException;
import dev.pilothouse.server.authz.Authorizer;
import dev.pilothouse.server.authz.Refusals;
import dev.pilothouse.server.pipeline.ApiHandler;
import dev.pilothouse.server.pipeline.ChainedHandler;
import dev.pilothouse.server.pipeline.Filter;
import dev.pilothouse.server.request.ApiRequest;
import dev.pilothouse.server.request.ApiResponse;
import dev.pilothouse.server.request.Parameters;
import dev.pilothouse.server.request.RequestInfo;
import dev.pilothouse.server.request.UserInfo;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Lets users who may {@code impersonate} act as somebody else. Source: apiserver filters
 * impersonation.
 */
record ImpersonationFilter(Authorizer authorizer) implements Filter {

    private static final String EXTRA = "impersonate-extra-";
    private static final String SERVICE_ACCOUNT = "system:serviceaccount:";
    private static final String AUTHENTICATION = "authentication.k8s.io";

    @Override
    public ApiHandler wrap(ApiHandler next) {
        return new ChainedHandler(next) {
            @Override
            public ApiResponse handle(ApiRequest request) {
                return next.handle(
                        wanted(request.headers())
                                ? request.withUser(impersonated(request))
                                : request);
            }
        };
    }

    private static boolean wanted(Parameters headers) {
        return headers.has("impersonate-user")
                || headers.has("impersonate-group")
                || headers.has("impersonate-uid")
                || headers.asMap().keySet().stream().anyMatch(name -> name.startsWith(EXTRA));
    }

    private UserInfo impersonated(ApiRequest request) {
        Parameters headers = request.headers();
        String name = headers.text("impersonate-user");
        List<String> groups = headers.all("impersonate-group");
        String uid = headers.text("impersonate-uid");
        Map<String, List<String>> extra = extra(headers);
        if (name.isEmpty()) {
            throw ApiException.badRequest("requested impersonation without impersonating a user");
        }
        UserInfo asker = request.user();
        checkUser(asker, name);
        groups.forEach(group -> check(asker, "", "groups", "", "", group));
        extra.forEach((key, values) ->
                values.forEach(
                        value -> check(asker, AUTHENTICATION, "userextras", key, "", value)));
        if (!uid.isEmpty()) {
            check(asker, AUTHENTICATION, "uids", "", "", uid);
        }
        return new UserInfo(name, uid, allGroups(name, groups), extra);
    }

    private void checkUser(UserInfo asker, String name) {
        String[] parts =
                name.startsWith(SERVICE_ACCOUNT)
                        ? name.substring(SERVICE_ACCOUNT.length()).split(":", -1)
                        : new String[0];
        if (parts.length == 2) {
            check(asker, "", "serviceaccounts", "", parts[0], parts[1]);
        } else {
            check(asker, "", "users", "", "", name);
        }
    }

    private void check(
            UserInfo asker,
            String group,
            String resource,
            String subresource,
            String namespace,
            String name) {
        RequestInfo info =
                new RequestInfo(
                        true,
                        "",
                        "impersonate",
                        "apis",
                        group,
                        "v1",
                        namespace,
                        resource,
                        subresource,
                        name,
                        List.of());
        var decision = authorizer.authorize(asker, info);
        if (!decision.allowed()) {
            throw Refusals.forbidden(asker, info, decision.reason());
        }
    }

    private static List<String> allGroups(String name, List<String> asked) {
        List<String> groups = new ArrayList<>(asked);
        if (asked.isEmpty() && name.startsWith(SERVICE_ACCOUNT)) {
            String[] parts = name.substring(SERVICE_ACCOUNT.length()).split(":", -1);
            groups.add("system:serviceaccounts");
            groups.add("system:serviceaccounts:" + parts[0]);
        }
        String common =
                name.equals(UserInfo.ANONYMOUS.name())
                        ? "system:unauthenticated"
                        : "system:authenticated";
        if (!groups.contains(common)) {
            groups.add(common);
        }
        return groups;
    }

    private static Map<String, List<String>> extra(Parameters headers) {
        Map<String, List<String>> extra = new LinkedHashMap<>();
        headers.asMap()
                .forEach((name, values) -> {
                    if (name.startsWith(EXTRA)) {
                        extra.put(unescape(name.substring(EXTRA.length())), values);
                    }
                });
        return extra;
    }

    private static String unescape(String key) {
        try {
            return URLDecoder.decode(key.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return key;
        }
    }
}
