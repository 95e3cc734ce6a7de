package dev.pilothouse.ui.settings;

import dev.pilothouse.model.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.node.ObjectNode;

/**
 * A JSON file of sections that people may edit while the application does not run. A file that
 * cannot be read is kept aside, never written over. Thread-safe.
 */
public final class Settings implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Settings.class);

    private final @Nullable Path file;
    private final List<String> problems = new ArrayList<>();
    private final ExecutorService writer =
            Executors.newSingleThreadExecutor(Thread.ofVirtual().name("settings").factory());
    private final ObjectNode sections;
    private boolean written = true;

    private Settings(@Nullable Path file) {
        this.file = file;
        this.sections = file == null ? Json.object() : read(file);
    }

    /** Of a file, which need not exist yet. */
    public static Settings of(Path file) {
        return new Settings(file);
    }

    /** Of no file: forgotten at the end. */
    public static Settings unsaved() {
        return new Settings(null);
    }

    /** A directory beside the file; null when nothing is to be kept. */
    public @Nullable Path directory(String name) {
        return file == null ? null : file.resolveSibling(name);
    }

    private ObjectNode read(Path from) {
        if (!Files.exists(from)) {
            return Json.object();
        }
        try {
            if (Json.parse(Files.readAllBytes(from)) instanceof ObjectNode object) {
                return object;
            }
            setAside(from, "no JSON object");
        } catch (IOException | JacksonException e) {
            setAside(from, String.valueOf(e.getMessage()));
        }
        return Json.object();
    }

    private void setAside(Path from, String reason) {
        Path aside = from.resolveSibling(from.getFileName() + ".broken");
        LOG.warn("{} cannot be read ({}); it is kept as {}", from, reason, aside);
        try {
            Files.move(from, aside, StandardCopyOption.REPLACE_EXISTING);
            problems.add(aside.toString());
        } catch (IOException e) {
            LOG.warn("{} cannot be kept aside", from, e);
        }
    }

    /** Files that could not be read and where they are kept; empty when all is well. */
    public List<String> problems() {
        return List.copyOf(problems);
    }

    /** A copy of a section, empty when there is none. */
    public synchronized ObjectNode section(String name) {
        return sections.path(name) instanceof ObjectNode section
                ? section.deepCopy()
                : Json.object();
    }

    /** Replaces a section; the file follows soon. */
    public synchronized void put(String name, ObjectNode section) {
        if (section.equals(sections.path(name))) {
            return;
        }
        sections.set(name, section.deepCopy());
        if (written && !writer.isShutdown()) {
            written = false;
            writer.execute(this::write);
        }
    }

    private void write() {
        byte[] bytes;
        synchronized (this) {
            written = true;
            bytes = Json.bytes(sections);
        }
        if (file == null) {
            return;
        }
        try {
            Path parent = file.toAbsolutePath().getParent();
            if (parent != null) {
                Files.createDirectories(parent);
            }
            // Whole or not at all, also when the process ends meanwhile.
            Path next = file.resolveSibling(file.getFileName() + ".next");
            Files.write(next, bytes);
            Files.move(next, file, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            LOG.warn("The settings cannot be written", e);
        }
    }

    /** Waits until everything is written. */
    @Override
    public void close() {
        writer.shutdown();
        try {
            if (!writer.awaitTermination(5, TimeUnit.SECONDS)) {
                LOG.warn("The settings were not written in time");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
