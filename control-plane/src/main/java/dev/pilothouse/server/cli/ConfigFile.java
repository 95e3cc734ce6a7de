package dev.pilothouse.server.cli;

import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** Reads {@code pilothouse.yaml} or {@code pilothouse.properties}: flat keys, one per setting. */
final class ConfigFile {

    private ConfigFile() {}

    /** The configuration file in a data directory, or null when there is none. */
    static @Nullable Path in(Path dataDirectory) {
        for (String name : new String[] {"pilothouse.yaml", "pilothouse.properties"}) {
            Path file = dataDirectory.resolve(name);
            if (Files.exists(file)) {
                return file;
            }
        }
        return null;
    }

    /**
     * Reads a file.
     *
     * @throws UsageException when it cannot be read, is malformed or has an unknown key; names file
     *     and key
     */
    static Map<Setting, String> read(Path file) {
        String text;
        try {
            text = Files.readString(file);
        } catch (IOException e) {
            throw new UsageException("cannot read the configuration file " + file + ": " + e);
        }
        Path name = file.getFileName();
        boolean properties = name != null && name.toString().endsWith(".properties");
        Map<Setting, String> settings = new EnumMap<>(Setting.class);
        (properties ? properties(file, text) : yaml(file, text))
                .forEach((key, value) -> settings.put(known(file, key), value));
        return settings;
    }

    private static Setting known(Path file, String key) {
        return Setting.ofKey(key)
                .filter(setting -> setting != Setting.CONFIG)
                .orElseThrow(
                        () -> new UsageException(file + ": \"" + key + "\" is not a known key"));
    }

    private static Map<String, String> properties(Path file, String text) {
        var seen =
                new Properties() {
                    private static final long serialVersionUID = 1L;

                    @Override
                    public synchronized @Nullable Object put(Object key, Object value) {
                        if (containsKey(key)) {
                            throw new UsageException(file + ": \"" + key + "\" is there twice");
                        }
                        return super.put(key, value);
                    }
                };
        try (Reader reader = new StringReader(text)) {
            seen.load(reader);
        } catch (IOException | IllegalArgumentException e) {
            throw new UsageException(file + " is not a properties file: " + e.getMessage());
        }
        Map<String, String> values = new TreeMap<>();
        seen.stringPropertyNames().forEach(key -> values.put(key, seen.getProperty(key).strip()));
        return values;
    }

    private static Map<String, String> yaml(Path file, String text) {
        JsonNode root;
        try {
            root =
                    YAMLMapper.builder()
                            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                            .build()
                            .readTree(text);
        } catch (JacksonException e) {
            throw new UsageException(file + " is not YAML: " + e.getOriginalMessage());
        }
        if (root.isMissingNode() || root.isNull()) {
            return Map.of();
        }
        if (!(root instanceof ObjectNode object)) {
            throw new UsageException(file + " must hold keys and values at its top level");
        }
        Map<String, String> values = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> entry : object.properties()) {
            if (!entry.getValue().isValueNode() || entry.getValue().isNull()) {
                throw new UsageException(
                        file + ": \"" + entry.getKey() + "\" must have one plain value");
            }
            values.put(entry.getKey(), entry.getValue().asString());
        }
        return values;
    }
}
