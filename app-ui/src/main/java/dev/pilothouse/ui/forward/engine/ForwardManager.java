package dev.pilothouse.ui.forward.engine;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.ui.cluster.Cluster;
import dev.pilothouse.ui.cluster.ObjectRef;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The forwarded ports of one cluster. They are written down, so that the next start of the
 * application opens them again. Thread-safe.
 */
public final class ForwardManager implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ForwardManager.class);

    private final Cluster cluster;
    private final @Nullable Path file;
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private final List<Entry> entries = new ArrayList<>();

    /**
     * One forwarded port.
     *
     * @param spec what leads where
     * @param forward the open port; null when it is closed
     * @param failure why it cannot be opened; empty when it can
     */
    public record Entry(ForwardSpec spec, @Nullable Forward forward, String failure) {}

    /**
     * Opens what was written down.
     *
     * @param file where it is; may not exist; null when nothing is to be kept
     */
    public ForwardManager(Cluster cluster, @Nullable Path file) {
        this.cluster = cluster;
        this.file = file;
        for (ForwardSpec spec : read()) {
            entries.add(spec.on() ? open(spec) : new Entry(spec, null, ""));
        }
    }

    /** Adds a listener to all changes; called from any thread. */
    public void onChange(Runnable listener) {
        listeners.add(listener);
    }

    /** Takes a listener away. */
    public void leave(Runnable listener) {
        listeners.remove(listener);
    }

    /** All forwarded ports, in the order in which they were added. */
    public synchronized List<Entry> entries() {
        return List.copyOf(entries);
    }

    /**
     * Opens a port and writes it down. When the same target's port is forwarded already, that entry
     * is returned.
     */
    public Entry add(ForwardSpec spec) {
        Entry added;
        synchronized (this) {
            for (Entry entry : entries) {
                boolean same =
                        entry.forward() != null
                                && sameObject(entry.spec().target(), spec.target())
                                && entry.spec().port().equals(spec.port())
                                && (spec.local() == 0 || entry.spec().local() == spec.local());
                if (same) {
                    return entry;
                }
            }
            added = open(spec);
            entries.add(added);
            write();
        }
        changed();
        return added;
    }

    private static boolean sameObject(ObjectRef one, ObjectRef other) {
        return one.path().equals(other.path());
    }

    /** Opens or closes a port. */
    public void turn(ForwardSpec spec, boolean on) {
        change(spec, spec.turned(on));
    }

    /** Changes a port; it is opened again. */
    public void change(ForwardSpec spec, ForwardSpec to) {
        synchronized (this) {
            for (int i = 0; i < entries.size(); i++) {
                if (entries.get(i).spec().equals(spec)) {
                    end(entries.get(i));
                    entries.set(i, to.on() ? open(to) : new Entry(to, null, ""));
                    break;
                }
            }
            write();
        }
        changed();
    }

    /** Closes a port and forgets it. */
    public void remove(ForwardSpec spec) {
        synchronized (this) {
            entries.stream()
                    .filter(entry -> entry.spec().equals(spec))
                    .forEach(ForwardManager::end);
            entries.removeIf(entry -> entry.spec().equals(spec));
            write();
        }
        changed();
    }

    /**
     * The ports that an object offers; blocks.
     *
     * @throws IOException when it cannot be read
     */
    public List<String> offered(ObjectRef object) throws IOException, InterruptedException {
        return Target.offered(cluster.object(object.kind(), object.namespace(), object.name()));
    }

    private Entry open(ForwardSpec spec) {
        try {
            Forward forward = Forward.open(cluster, spec, this::changed);
            return new Entry(spec.withLocal(forward.port()), forward, "");
        } catch (IOException e) {
            return new Entry(spec, null, String.valueOf(e.getMessage()));
        }
    }

    private static void end(Entry entry) {
        if (entry.forward() != null) {
            entry.forward().close();
        }
    }

    private void changed() {
        listeners.forEach(Runnable::run);
    }

    private List<ForwardSpec> read() {
        List<ForwardSpec> specs = new ArrayList<>();
        try {
            if (file != null && Files.exists(file)) {
                JsonNode all = Json.parse(Files.readAllBytes(file));
                Json.objects(all, "forwards")
                        .forEach(each -> specs.add(ForwardSpec.fromJson(each)));
            }
        } catch (IOException | JacksonException e) {
            LOG.warn("The forwarded ports in {} cannot be read", file, e);
        }
        return specs;
    }

    private void write() {
        Path target = file;
        if (target == null) {
            return;
        }
        ObjectNode all = Json.object();
        var list = all.putArray("forwards");
        entries.forEach(entry -> list.add(entry.spec().toJson()));
        try {
            Path directory = Objects.requireNonNull(target.toAbsolutePath().getParent());
            Files.createDirectories(directory);
            Path next = Files.createTempFile(directory, "forwards", ".json");
            Files.write(next, Json.bytes(all));
            Files.move(next, target, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            LOG.warn("The forwarded ports cannot be written down", e);
        }
    }

    /** Closes all ports; they stay written down. */
    @Override
    public synchronized void close() {
        entries.forEach(ForwardManager::end);
        entries.clear();
    }
}
