package dev.pilothouse.server.kubelet.volume;

import dev.pilothouse.model.client.ApiClient;
import dev.pilothouse.model.json.Json;
import dev.pilothouse.model.meta.ApiException;
import dev.pilothouse.model.meta.GroupVersionResource;
import dev.pilothouse.server.kubelet.env.ConfigException;
import dev.pilothouse.server.kubelet.env.DownwardFields;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * The volumes of one pod as directories. Those made of ConfigMaps, Secrets and downward fields are
 * written anew whenever what they are made of changes. Used by one thread at a time.
 */
public final class PodVolumes implements AutoCloseable {

    private static final GroupVersionResource ACCOUNTS =
            new GroupVersionResource("", "v1", "serviceaccounts");

    private final ApiClient client;
    private final ReferencedObjects.Interest objects;
    private final Path directory;
    private final TokenSource tokens;
    private final InstantSource clock;
    private final Map<String, Path> mounted = new LinkedHashMap<>();

    /**
     * The volumes of a pod, none of which is made yet.
     *
     * @param client acts as the node
     * @param objects the pod's ConfigMaps and Secrets
     * @param pod the pod
     * @param directory the pod's directory
     */
    public PodVolumes(
            ApiClient client,
            ReferencedObjects.Interest objects,
            ObjectNode pod,
            Path directory,
            InstantSource clock) {
        this.client = client;
        this.objects = objects;
        this.directory = directory;
        this.clock = clock;
        this.tokens = new TokenSource(client.resource(ACCOUNTS), pod, clock);
    }

    /** Where the volumes are, by name; those that have been made. */
    public Map<String, Path> paths() {
        return Map.copyOf(mounted);
    }

    /** When {@link #mount} has to be called again although nothing has changed, or null. */
    public @Nullable Instant refresh() {
        return tokens.refresh();
    }

    /**
     * Makes all volumes, and brings those up to date that are there.
     *
     * @throws VolumeException when one cannot be made; the others are
     */
    public void mount(DownwardFields fields) throws VolumeException {
        VolumeException failure = null;
        for (ObjectNode volume : Json.objects(fields.pod(), "spec", "volumes")) {
            String name = Json.text(volume, "name");
            try {
                mounted.put(name, mount(volume, name, fields));
            } catch (ConfigException e) {
                failure = new VolumeException(name, e.text(), e);
            } catch (ApiException e) {
                failure = new VolumeException(name, e.status().message(), e);
            } catch (IOException e) {
                failure = new VolumeException(name, String.valueOf(e.getMessage()), e);
            }
        }
        if (failure != null) {
            throw failure;
        }
    }

    private Path mount(ObjectNode volume, String name, DownwardFields fields) throws IOException {
        if (Payloads.isFor(volume)) {
            Path at = directory.resolve(kind(volume)).resolve(name);
            Payloads payloads = new Payloads(fields, objects, tokens);
            new AtomicWriter(at, clock).write(payloads.of(volume));
            return at;
        }
        ObjectNode hostPath = Json.objectAt(volume, "hostPath");
        if (hostPath != null) {
            return HostPaths.check(
                    Path.of(Json.text(hostPath, "path")), Json.text(hostPath, "type"));
        }
        String namespace = Json.text(fields.pod(), "metadata", "namespace");
        ObjectNode claim = Json.objectAt(volume, "persistentVolumeClaim");
        if (claim != null) {
            return claimed(namespace, Json.text(claim, "claimName"), name);
        }
        if (volume.has("ephemeral")) {
            return claimed(
                    namespace, Json.text(fields.pod(), "metadata", "name") + "-" + name, name);
        }
        if (volume.has("emptyDir") || volume.size() == 1) {
            Path at = directory.resolve("kubernetes.io~empty-dir").resolve(name);
            if (!Files.isDirectory(at)) {
                Files.createDirectories(at);
            }
            return at;
        }
        throw new ConfigException("no volume plugin matched");
    }

    /** Looked up once: a bound claim stays with its volume. */
    private Path claimed(String namespace, String claim, String name) throws IOException {
        Path known = mounted.get(name);
        if (known != null) {
            return known;
        }
        Path path = new ClaimedVolume(client).path(namespace, claim);
        Files.createDirectories(path);
        return path;
    }

    private static String kind(ObjectNode volume) {
        for (String kind : List.of("configMap", "secret", "downwardAPI")) {
            if (volume.has(kind)) {
                return "kubernetes.io~" + kind.toLowerCase(Locale.ROOT);
            }
        }
        return "kubernetes.io~projected";
    }

    /** Forgets the volumes and deletes those that are the pod's own. */
    public void unmount() throws IOException {
        mounted.clear();
        AtomicWriter.deleteTree(directory);
    }

    /** Looks no longer at what the volumes are made of; they stay. */
    @Override
    public void close() {
        objects.close();
    }
}
