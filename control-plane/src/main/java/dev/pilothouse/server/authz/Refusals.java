package dev.pilothouse.server.authz;

import dev.pilothouse.model.meta.ApiException;
import dev.pilothouse.model.meta.GroupResource;
import dev.pilothouse.server.request.RequestInfo;
import dev.pilothouse.server.request.UserInfo;

/** The words of a refusal. Source: apiserver handlers/responsewriters errors.go. */
public final class Refusals {

    private Refusals() {}

    /** 403 that says who may not do what. */
    public static ApiException forbidden(UserInfo user, RequestInfo info, String reason) {
        String why = "User \"" + user.name() + "\" cannot " + info.verb() + " ";
        if (!info.resourceRequest()) {
            why += "path \"" + info.path() + "\"";
            return ApiException.forbidden(new GroupResource("", ""), "", with(why, reason));
        }
        String resource = info.resource();
        if (!info.subresource().isEmpty()) {
            resource += "/" + info.subresource();
        }
        why += "resource \"" + resource + "\" in API group \"" + info.group() + "\"";
        why +=
                info.namespace().isEmpty()
                        ? " at the cluster scope"
                        : " in the namespace \"" + info.namespace() + "\"";
        return ApiException.forbidden(info.groupResource(), info.name(), with(why, reason));
    }

    private static String with(String why, String reason) {
        return reason.isEmpty() ? why : why + ": " + reason;
    }
}
