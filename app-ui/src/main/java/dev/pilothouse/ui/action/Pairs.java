package dev.pilothouse.ui.action;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.ui.cluster.ApiCall;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** The pairs of key and value that any object may have, what they may be, and how they change. */
public enum Pairs {
    /** Objects are selected by them; keys and values are short. */
    LABELS("labels"),
    /** What tools and people note; values are any text. */
    ANNOTATIONS("annotations");

    private static final int LONGEST_PREFIX = 253;
    private static final int LONGEST_NAME = 63;

    /** Names in keys, and values of labels that are not empty. */
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?");

    private static final Pattern SUBDOMAIN =
            Pattern.compile("[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*");

    private final String field;

    Pairs(String field) {
        this.field = field;
    }

    /** The field of the metadata; also the part of the names of texts. */
    public String field() {
        return field;
    }

    /** Those of an object, by key. */
    public Map<String, String> of(ObjectNode live) {
        return new TreeMap<>(Json.stringMap(live, "metadata", field));
    }

    /** What is wrong with a key; null when nothing is. */
    public @Nullable PairProblem problemOfKey(String key) {
        if (key.isEmpty()) {
            return PairProblem.NO_KEY;
        }
        int slash = key.indexOf('/');
        if (slash != key.lastIndexOf('/')) {
            return PairProblem.SLASHES;
        }
        if (slash >= 0) {
            PairProblem problem = problemOfPrefix(key.substring(0, slash));
            if (problem != null) {
                return problem;
            }
        }
        String name = key.substring(slash + 1);
        if (name.isEmpty()) {
            return PairProblem.NO_NAME;
        }
        if (name.length() > LONGEST_NAME) {
            return PairProblem.LONG_NAME;
        }
        return NAME.matcher(name).matches() ? null : PairProblem.NAME;
    }

    private @Nullable PairProblem problemOfPrefix(String prefix) {
        if (prefix.isEmpty()) {
            return PairProblem.NO_PREFIX;
        }
        if (prefix.length() > LONGEST_PREFIX) {
            return PairProblem.LONG_PREFIX;
        }
        // The API server does not mind capitals in keys of annotations.
        String seen = this == ANNOTATIONS ? prefix.toLowerCase(Locale.ROOT) : prefix;
        return SUBDOMAIN.matcher(seen).matches() ? null : PairProblem.PREFIX;
    }

    /** What is wrong with a value; null when nothing is. */
    public @Nullable PairProblem problemOfValue(String value) {
        if (this == ANNOTATIONS || value.isEmpty()) {
            return null;
        }
        if (value.length() > LONGEST_NAME) {
            return PairProblem.LONG_VALUE;
        }
        return NAME.matcher(value).matches() ? null : PairProblem.VALUE;
    }

    /** The request of kubectl label and kubectl annotate; none when nothing would change. */
    List<ApiCall> calls(Target target, ObjectNode live, PairChanges wanted) {
        PairChanges changes = wanted.against(of(live));
        if (changes.isEmpty()) {
            return List.of();
        }
        ObjectNode patch = Json.object();
        ObjectNode pairs = patch.putObject("metadata").putObject(field);
        changes.set().forEach(pairs::put);
        changes.removed().forEach(pairs::putNull);
        return List.of(ApiCall.merge(target.path(), patch));
    }
}
