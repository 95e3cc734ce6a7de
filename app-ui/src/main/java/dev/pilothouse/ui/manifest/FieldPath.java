package dev.pilothouse.ui.manifest;

import dev.pilothouse.ui.yaml.YamlNode;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Paths of fields as the server writes them: {@code spec.containers[0].image} in the causes of a
 * refusal, {@code .spec.containers[name="web"].image} in the causes of a conflict.
 */
public final class FieldPath {

    private static final Pattern KEYED = Pattern.compile("([A-Za-z]+)=(\"[^\"]*\"|[^,]+)");

    private FieldPath() {}

    /** The steps from the root to a field: names, and positions in lists. */
    public static List<Object> steps(String path, YamlNode root) {
        List<Object> steps = new ArrayList<>();
        YamlNode node = root;
        String rest = path.startsWith(".") ? path.substring(1) : path;
        while (!rest.isEmpty() && node != null) {
            Object step;
            if (rest.startsWith("[")) {
                int end = rest.indexOf(']');
                if (end < 0) {
                    break;
                }
                step = element(rest.substring(1, end), node);
                rest = rest.substring(end + 1);
            } else {
                String name = name(rest, node);
                step = name;
                rest = rest.substring(Math.min(rest.length(), name.length()));
            }
            rest = rest.startsWith(".") ? rest.substring(1) : rest;
            if (step == null) {
                break;
            }
            steps.add(step);
            node = node.at(List.of(step));
        }
        return steps;
    }

    /** The longest name that the node has, since names of labels and data contain dots. */
    private static String name(String rest, YamlNode node) {
        String best = "";
        if (node instanceof YamlNode.Mapping mapping) {
            for (YamlNode.Entry entry : mapping.entries()) {
                String key = entry.key();
                boolean fits =
                        rest.startsWith(key)
                                && (rest.length() == key.length()
                                        || ".[".indexOf(rest.charAt(key.length())) >= 0);
                best = fits && key.length() > best.length() ? key : best;
            }
        }
        return best.isEmpty() ? rest.split("[.\\[]", 2)[0] : best;
    }

    private static @Nullable Object element(String inside, YamlNode node) {
        if (node instanceof YamlNode.Mapping) {
            return inside.replace("\"", "");
        }
        if (inside.matches("\\d+")) {
            return Integer.valueOf(inside);
        }
        if (!(node instanceof YamlNode.Sequence sequence)) {
            return null;
        }
        for (int i = 0; i < sequence.items().size(); i++) {
            YamlNode item = sequence.items().get(i);
            boolean all = true;
            Matcher keyed = KEYED.matcher(inside);
            boolean any = false;
            while (keyed.find()) {
                any = true;
                YamlNode value = item.at(List.of(keyed.group(1)));
                String wanted = keyed.group(2).replace("\"", "");
                // The server fills defaults such as the protocol before it names them.
                all &= value == null ? any : value.json().asString("").equals(wanted);
            }
            if (any && all) {
                return i;
            }
        }
        return null;
    }
}
