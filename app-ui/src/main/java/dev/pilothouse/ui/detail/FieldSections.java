package dev.pilothouse.ui.detail;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.ui.detail.Section.Fact;
import dev.pilothouse.ui.detail.Section.Facts;
import dev.pilothouse.ui.i18n.Texts;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import tools.jackson.databind.JsonNode;

/** The fields of kinds that have no sections of their own, such as custom resources. */
final class FieldSections {

    private static final Set<String> ELSEWHERE =
            Set.of("apiVersion", "kind", "metadata", "conditions");
    private static final int DEEPEST = 4;
    private static final int MOST = 80;

    private FieldSections() {}

    static List<Section> of(DetailData data) {
        List<Section> sections = new ArrayList<>();
        List<Fact> top = new ArrayList<>();
        for (Map.Entry<String, JsonNode> field : data.object().properties()) {
            JsonNode value = field.getValue();
            if (ELSEWHERE.contains(field.getKey())) {
                continue;
            }
            List<Fact> facts = new ArrayList<>();
            collect("", value, 0, facts);
            if (value.isObject() && !facts.isEmpty()) {
                sections.add(new Section(field.getKey(), new Facts(facts)));
            } else if (!value.isEmpty() || value.isValueNode()) {
                collect(field.getKey(), value, 0, top);
            }
        }
        if (!top.isEmpty()) {
            sections.addFirst(new Section(Texts.text("detail.fields"), new Facts(top)));
        }
        return sections;
    }

    private static void collect(String name, JsonNode value, int depth, List<Fact> facts) {
        if (facts.size() >= MOST || ELSEWHERE.contains(name) && depth > 0) {
            return;
        }
        if (value.isObject() && depth < DEEPEST) {
            for (Map.Entry<String, JsonNode> field : value.properties()) {
                String path = name.isEmpty() ? field.getKey() : name + "." + field.getKey();
                collect(path, field.getValue(), depth + 1, facts);
            }
        } else if (value.isArray() && !value.isEmpty() && value.get(0).isValueNode()) {
            StringJoiner joined = new StringJoiner(", ");
            value.forEach(each -> joined.add(each.asString("")));
            facts.add(Fact.of(name, Sections.shortened(joined.toString())));
        } else if (value.isArray() && depth < DEEPEST) {
            for (int i = 0; i < value.size(); i++) {
                collect(name + "[" + i + "]", value.get(i), depth + 1, facts);
            }
        } else {
            facts.add(
                    Fact.of(
                            name,
                            Sections.shortened(
                                    value.isValueNode()
                                            ? value.asString("")
                                            : Json.string(value))));
        }
    }
}
