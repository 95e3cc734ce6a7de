package dev.pilothouse.server.kubelet.runtime.simulated.stage;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** A YAML file of which each part knows where it stands. */
final class YamlFile {

    private final String file;

    private YamlFile(String file) {
        this.file = file;
    }

    /**
     * Reads all documents of a file; empty ones are passed over.
     *
     * @param file its name, for messages
     * @throws StageException when it is not YAML
     */
    static List<Part> read(String file, String text) {
        YamlFile yaml = new YamlFile(file);
        LoadSettings settings = LoadSettings.builder().setUseMarks(true).setLabel(file).build();
        List<Part> documents = new ArrayList<>();
        try {
            for (Node node : new Compose(settings).composeAllFromString(text)) {
                Part part = yaml.new Part("", node);
                if (!part.isEmpty()) {
                    documents.add(part);
                }
            }
        } catch (MarkedYamlEngineException e) {
            int line = e.getProblemMark().map(mark -> mark.getLine() + 1).orElse(1);
            throw new StageException(file + ":" + line + ": not YAML: " + e.getProblem());
        } catch (YamlEngineException e) {
            throw new StageException(file + ": not YAML: " + e.getMessage());
        }
        return documents;
    }

    /** A part of the file and the path of the field that it is the value of. */
    final class Part {

        private final String field;
        private final Node node;

        Part(String field, Node node) {
            this.field = field;
            this.node = node;
        }

        boolean isEmpty() {
            return node instanceof ScalarNode scalar
                    && (scalar.getValue().isEmpty() || scalar.getValue().equals("null"));
        }

        /** An error at this part. */
        StageException wrong(String what) {
            Optional<Mark> mark = node.getStartMark();
            int line = mark.map(start -> start.getLine() + 1).orElse(1);
            return new StageException(
                    file + ":" + line + ": " + (field.isEmpty() ? "" : field + ": ") + what);
        }

        /** The value of a field, or null when it is missing or empty. */
        @Nullable Part get(String name) {
            for (NodeTuple tuple : mapping().getValue()) {
                if (name(tuple).equals(name)) {
                    Part part = child(name, tuple.getValueNode());
                    return part.isEmpty() ? null : part;
                }
            }
            return null;
        }

        Part need(String name) {
            Part part = get(name);
            if (part == null) {
                throw wrong("the field \"" + name + "\" is missing");
            }
            return part;
        }

        /** Refuses fields that are not among these. */
        Part only(List<String> known) {
            for (NodeTuple tuple : mapping().getValue()) {
                if (!known.contains(name(tuple))) {
                    throw child(name(tuple), tuple.getKeyNode())
                            .wrong("is not known here; known are " + String.join(", ", known));
                }
            }
            return this;
        }

        List<Part> items() {
            if (!(node instanceof SequenceNode sequence)) {
                throw wrong("must be a list");
            }
            List<Part> items = new ArrayList<>();
            for (Node item : sequence.getValue()) {
                items.add(new Part(field + "[" + items.size() + "]", item));
            }
            return items;
        }

        List<String> names() {
            return mapping().getValue().stream().map(YamlFile::name).toList();
        }

        String text() {
            if (!(node instanceof ScalarNode scalar)) {
                throw wrong("must be a text");
            }
            return scalar.getValue();
        }

        long number(long least, long most) {
            try {
                long number = Long.parseLong(text());
                if (number >= least && number <= most) {
                    return number;
                }
            } catch (NumberFormatException _) {
                throw wrong("\"" + text() + "\" is not a whole number");
            }
            throw wrong(text() + " is not between " + least + " and " + most);
        }

        boolean truth() {
            return switch (text()) {
                case "true" -> true;
                case "false" -> false;
                default -> throw wrong("must be true or false, not \"" + text() + "\"");
            };
        }

        private MappingNode mapping() {
            if (!(node instanceof MappingNode mapping)) {
                throw wrong("must be a mapping of fields");
            }
            return mapping;
        }

        private Part child(String name, Node value) {
            return new Part(field.isEmpty() ? name : field + "." + name, value);
        }
    }

    private static String name(NodeTuple tuple) {
        return tuple.getKeyNode() instanceof ScalarNode scalar ? scalar.getValue() : "?";
    }
}
