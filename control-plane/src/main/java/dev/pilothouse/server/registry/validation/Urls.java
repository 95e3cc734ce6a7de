package dev.pilothouse.server.registry.validation;

import java.net.URI;
import java.net.URISyntaxException;

/** Where webhooks are called. Source: apiserver's pkg/util/webhook/validation.go. */
public final class Urls {

    private static final String FORM = "; desired format: https://host[:port]/path";

    private Urls() {}

    /** Checks a webhook's clientConfig: exactly one of url and service. */
    public static void clientConfig(ObjectCheck config) {
        if (config.present("url") == config.present("service")) {
            config.errors().required(config.path(), "exactly one of url or service is required");
        }
        if (config.present("url")) {
            url(config);
        }
        config.ifPresent("service", Urls::service);
    }

    private static void url(ObjectCheck config) {
        FieldPath path = config.path("url");
        URI url;
        try {
            url = new URI(config.text("url"));
        } catch (URISyntaxException broken) {
            config.errors().required(path, "url must be a valid URL: " + broken.getReason() + FORM);
            return;
        }
        if (!"https".equals(url.getScheme())) {
            String scheme = url.getScheme() == null ? "" : url.getScheme();
            config.errors().invalid(path, scheme, "'https' is the only allowed URL scheme" + FORM);
        }
        if (url.getHost() == null) {
            config.errors().invalid(path, "", "host must be specified" + FORM);
        }
        if (url.getUserInfo() != null) {
            config.errors()
                    .invalid(
                            path,
                            url.getUserInfo(),
                            "user information is not permitted in the URL");
        }
        if (url.getFragment() != null) {
            config.errors()
                    .invalid(path, url.getFragment(), "fragments are not permitted in the URL");
        }
        if (url.getQuery() != null) {
            config.errors()
                    .invalid(path, url.getQuery(), "query parameters are not permitted in the URL");
        }
    }

    /** Checks the reference to a Service that answers calls. */
    public static void service(ObjectCheck service) {
        service.require("name", "service name is required");
        service.require("namespace", "service namespace is required");
        service.range(
                "port", 1, 65535, "port is not valid: must be between 1 and 65535, inclusive");
        String path = service.text("path");
        if (!path.isEmpty() && !path.startsWith("/")) {
            service.invalid("path", "must start with a '/'");
        } else if (path.contains("//")) {
            service.invalid("path", "segment[0] may not be empty");
        }
    }
}
