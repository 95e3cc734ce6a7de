package dev.pilothouse.server.webhook;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.model.meta.GroupResource;
import dev.pilothouse.model.meta.ObjectKey;
import dev.pilothouse.server.storage.Storage;
import dev.pilothouse.server.storage.StoredObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Finds where webhooks are: by their URL, or by the Service they stand behind. A Service is reached
 * at the loopback address that the proxy gives its cluster IP (docs/adr/0010), and where nothing
 * listens there at the addresses of its endpoints. Thread-safe.
 */
public final class WebhookTargets {

    private static final GroupResource SERVICES = new GroupResource("", "services");
    private static final GroupResource SLICES =
            new GroupResource("discovery.k8s.io", "endpointslices");
    private static final int HTTPS = 443;

    private final Storage storage;

    /** Looks Services up here. */
    public WebhookTargets(Storage storage) {
        this.storage = storage;
    }

    /**
     * Where a webhook is now.
     *
     * @param clientConfig a valid {@code clientConfig}
     * @throws IOException when its Service is not there or has no such port
     */
    public WebhookTarget find(ObjectNode clientConfig) throws IOException {
        ObjectNode service = Json.objectAt(clientConfig, "service");
        return service == null ? byUrl(Json.text(clientConfig, "url")) : byService(service);
    }

    private static WebhookTarget byUrl(String text) {
        URI url = URI.create(text);
        String path = url.getRawPath() == null ? "" : url.getRawPath();
        String host = url.getHost();
        return new WebhookTarget(
                host.startsWith("[") ? host.substring(1, host.length() - 1) : host,
                url.getPort() < 0 ? HTTPS : url.getPort(),
                path.isEmpty() ? "/" : path,
                List.of());
    }

    private WebhookTarget byService(ObjectNode reference) throws IOException {
        String namespace = Json.text(reference, "namespace");
        String name = Json.text(reference, "name");
        int port = (int) Json.number(reference, HTTPS, "port");
        StoredObject stored = storage.get(new ObjectKey(SERVICES, namespace, name));
        if (stored == null) {
            throw new IOException("service \"" + name + "\" not found");
        }
        ObjectNode service = Json.parseObject(stored.json());
        String path = Json.text(reference, "path");
        String host = name + "." + namespace + ".svc";
        if (Json.text(service, "spec", "type").equals("ExternalName")) {
            String external = Json.text(service, "spec", "externalName");
            InetSocketAddress address =
                    new InetSocketAddress(InetAddress.getByName(external), port);
            return new WebhookTarget(host, port, path.isEmpty() ? "/" : path, List.of(address));
        }
        ObjectNode served =
                Json.objects(service, "spec", "ports").stream()
                        .filter(candidate -> Json.number(candidate, 0, "port") == port)
                        .findFirst()
                        .orElseThrow(() ->
                                new IOException(
                                        "no service port "
                                                + port
                                                + " found for service \""
                                                + name
                                                + "\""));
        List<InetSocketAddress> addresses = new ArrayList<>();
        InetAddress loopback = loopback(Json.text(service, "spec", "clusterIP"));
        if (loopback != null) {
            addresses.add(new InetSocketAddress(loopback, port));
        }
        addEndpoints(namespace, name, Json.text(served, "name"), addresses);
        if (addresses.isEmpty()) {
            throw new IOException("no endpoints available for service \"" + name + "\"");
        }
        return new WebhookTarget(host, port, path.isEmpty() ? "/" : path, addresses);
    }

    private static @Nullable InetAddress loopback(String clusterIp) {
        try {
            byte[] bytes = InetAddress.ofLiteral(clusterIp).getAddress();
            if (bytes.length != 4) {
                return null;
            }
            bytes[0] = 127;
            return InetAddress.getByAddress(bytes);
        } catch (IllegalArgumentException | UnknownHostException _) {
            return null;
        }
    }

    private void addEndpoints(
            String namespace, String name, String portName, List<InetSocketAddress> addresses) {
        Iterator<StoredObject> slices = storage.snapshot(SLICES).iterate(namespace, null, null);
        while (slices.hasNext()) {
            StoredObject stored = slices.next();
            if (!name.equals(stored.fields().label("kubernetes.io/service-name"))) {
                continue;
            }
            ObjectNode slice = Json.parseObject(stored.json());
            for (ObjectNode port : Json.objects(slice, "ports")) {
                if (Json.text(port, "name").equals(portName)) {
                    add(slice, (int) Json.number(port, 0, "port"), addresses);
                }
            }
        }
    }

    private static void add(ObjectNode slice, int port, List<InetSocketAddress> addresses) {
        for (ObjectNode endpoint : Json.objects(slice, "endpoints")) {
            JsonNode ready = Json.at(endpoint, "conditions", "ready");
            if (ready != null && !ready.asBoolean(true)) {
                continue;
            }
            var texts = Json.arrayAt(endpoint, "addresses");
            if (texts != null && !texts.isEmpty() && port > 0) {
                try {
                    addresses.add(
                            new InetSocketAddress(
                                    InetAddress.ofLiteral(texts.get(0).asString("")), port));
                } catch (IllegalArgumentException _) {
                    // A name instead of an address: not one we can call.
                }
            }
        }
    }
}
