package dev.pilothouse.ui.kubeconfig;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.ui.cluster.Access;
import dev.pilothouse.ui.i18n.Texts;
import java.io.IOException;
import java.net.URI;
import tools.jackson.databind.node.ObjectNode;

/** Turns a context into access to its cluster, as kubectl understands its fields. */
public final class Connector {

    private Connector() {}

    /**
     * The access that a context describes; runs its exec plugin if it has one. Blocks.
     *
     * @throws IOException when it cannot be used; the message is a sentence for people
     */
    public static Access access(KubeContext context, Access.Marks marks)
            throws IOException, InterruptedException {
        ObjectNode user = context.user();
        if (user.has("auth-provider")) {
            throw new IOException(
                    Texts.text(
                            "kubeconfig.authProvider", Json.text(user, "auth-provider", "name")));
        }
        URI endpoint = address(context, "server");
        URI proxy = context.cluster().has("proxy-url") ? address(context, "proxy-url") : null;
        UserHeaders headers = new UserHeaders(context);
        return new Access(context.name(), endpoint, headers.start(), proxy, headers, marks);
    }

    private static URI address(KubeContext context, String key) throws IOException {
        String text = Json.text(context.cluster(), key);
        try {
            URI address = URI.create(text);
            String scheme = String.valueOf(address.getScheme());
            if (address.getHost() != null && scheme.matches("https?")) {
                return address;
            }
        } catch (IllegalArgumentException e) {
            throw new IOException(Texts.text("kubeconfig.server", text, key, context.file()), e);
        }
        throw new IOException(Texts.text("kubeconfig.server", text, key, context.file()));
    }
}
