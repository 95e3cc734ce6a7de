package dev.pilothouse.ui.detail;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.model.meta.Quantity;
import dev.pilothouse.ui.cluster.ObjectRef;
import dev.pilothouse.ui.detail.Section.Grid;
import dev.pilothouse.ui.detail.Section.Line;
import dev.pilothouse.ui.detail.Section.Tone;
import dev.pilothouse.ui.i18n.Texts;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The variables of a pod's containers as their processes see them, and where each comes from. The
 * rules are those of the core/v1 API: env after envFrom, later names win, {@code $(NAME)} stands
 * for a variable that was defined before.
 */
final class PodVariables {

    private static final Pattern REFERENCE = Pattern.compile("\\$(\\$|\\(([^()]*)\\))");
    private static final Pattern IN_MAP =
            Pattern.compile("metadata\\.(labels|annotations)\\['([^']*)'\\]");

    private final DetailData data;
    private final List<Line> lines = new ArrayList<>();
    private final Map<String, String> known = new HashMap<>();
    private final Map<String, Integer> places = new HashMap<>();
    private ObjectNode container = Json.object();

    private PodVariables(DetailData data) {
        this.data = data;
    }

    /** None or one section. */
    static List<Section> of(DetailData data) {
        PodVariables variables = new PodVariables(data);
        for (String field : List.of("initContainers", "containers")) {
            Json.objects(data.object(), "spec", field).forEach(variables::add);
        }
        return variables.lines.isEmpty()
                ? List.of()
                : List.of(
                        new Section(
                                Texts.text("detail.environment"),
                                new Grid(
                                        List.of(
                                                Texts.text("detail.container"),
                                                Texts.text("detail.name"),
                                                Texts.text("detail.value"),
                                                Texts.text("detail.origin")),
                                        variables.lines,
                                        "")));
    }

    private void add(ObjectNode of) {
        container = of;
        known.clear();
        places.clear();
        Json.objects(of, "envFrom").forEach(this::from);
        Json.objects(of, "env").forEach(this::one);
    }

    private void from(ObjectNode from) {
        String prefix = Json.text(from, "prefix");
        String map = Json.text(from, "configMapRef", "name");
        String secret = Json.text(from, "secretRef", "name");
        if (!secret.isEmpty()) {
            line(
                    Tone.PLAIN,
                    data.link("Secret", secret),
                    prefix + "*",
                    Texts.text("detail.hidden"),
                    "Secret " + secret);
        }
        if (!map.isEmpty()) {
            Map<String, String> values = values(map);
            String origin = "ConfigMap " + map;
            if (values.isEmpty()) {
                missing(
                        prefix + "*",
                        origin,
                        data.link("ConfigMap", map),
                        Json.bool(from, "configMapRef", "optional"));
            }
            values.forEach((key, value) ->
                    value(data.link("ConfigMap", map), prefix + key, value, origin));
        }
    }

    private Map<String, String> values(String map) {
        return data.related("configmaps").stream()
                .filter(each -> Json.text(each, "metadata", "name").equals(map))
                .findFirst()
                .map(each -> Json.stringMap(each, "data"))
                .orElse(Map.of());
    }

    private void one(ObjectNode env) {
        String name = Json.text(env, "name");
        JsonNode source = env.path("valueFrom");
        String map = Json.text(source, "configMapKeyRef", "name");
        String secret = Json.text(source, "secretKeyRef", "name");
        String field = Json.text(source, "fieldRef", "fieldPath");
        if (!map.isEmpty()) {
            String key = Json.text(source, "configMapKeyRef", "key");
            String origin = "ConfigMap " + map + " / " + key;
            String value = values(map).get(key);
            ObjectRef link = data.link("ConfigMap", map);
            if (value == null) {
                missing(name, origin, link, Json.bool(source, "configMapKeyRef", "optional"));
            } else {
                value(link, name, value, origin);
            }
        } else if (!secret.isEmpty()) {
            line(
                    Tone.PLAIN,
                    data.link("Secret", secret),
                    name,
                    Texts.text("detail.hidden"),
                    "Secret " + secret + " / " + Json.text(source, "secretKeyRef", "key"));
        } else if (!field.isEmpty()) {
            value(null, name, field(data.object(), field), field);
        } else if (source.has("resourceFieldRef")) {
            ObjectNode reference = Json.objectAt(source, "resourceFieldRef");
            resource(name, reference == null ? Json.object() : reference);
        } else {
            value(null, name, expand(Json.text(env, "value")), "");
        }
    }

    private void missing(String name, String origin, @Nullable ObjectRef link, boolean optional) {
        line(
                optional ? Tone.PLAIN : Tone.WAITING,
                link,
                name,
                Texts.text(optional ? "detail.missingOptional" : "detail.missing"),
                origin);
    }

    private void value(@Nullable ObjectRef link, String name, String value, String origin) {
        line(Tone.PLAIN, link, name, Sections.shortened(value), origin);
        known.put(name, value);
    }

    private void line(
            Tone tone, @Nullable ObjectRef link, String name, String value, String origin) {
        Integer before = places.put(name, lines.size());
        if (before != null && !name.endsWith("*")) {
            Line old = lines.get(before);
            List<String> cells = new ArrayList<>(old.cells());
            cells.set(2, Texts.text("detail.overridden", cells.get(2)));
            lines.set(before, new Line(cells, Tone.PLAIN, old.link(), old.depth()));
        }
        lines.add(Line.of(tone, link, Json.text(container, "name"), name, value, origin));
    }

    /** With the variables before put in; what is not known stays as it is. */
    private String expand(String text) {
        Matcher matcher = REFERENCE.matcher(text);
        StringBuilder expanded = new StringBuilder();
        while (matcher.find()) {
            String name = matcher.group(2);
            String value = name == null ? "$" : known.getOrDefault(name, matcher.group());
            matcher.appendReplacement(expanded, Matcher.quoteReplacement(value));
        }
        return matcher.appendTail(expanded).toString();
    }

    /** The value of a field of the pod, as the downward API gives it. */
    static String field(ObjectNode pod, String path) {
        Matcher map = IN_MAP.matcher(path);
        if (map.matches()) {
            return Json.stringMap(pod, "metadata", map.group(1)).getOrDefault(map.group(2), "");
        }
        if (path.equals("status.podIPs") || path.equals("status.hostIPs")) {
            StringJoiner joined = new StringJoiner(",");
            Json.objects(pod, path.split("\\."))
                    .forEach(address -> joined.add(Json.text(address, "ip")));
            return joined.toString();
        }
        JsonNode value = pod;
        for (String step : path.split("\\.")) {
            value = value.path(step);
        }
        return value.asString("");
    }

    /**
     * A request or limit, in units of the divisor, rounded up; without a limit that of the node.
     */
    private void resource(String name, ObjectNode reference) {
        String path = Json.text(reference, "resource");
        String from = Json.text(reference, "containerName");
        ObjectNode of =
                from.isEmpty()
                        ? container
                        : Json.objects(data.object(), "spec", "containers").stream()
                                .filter(each -> Json.text(each, "name").equals(from))
                                .findFirst()
                                .orElse(container);
        int dot = path.indexOf('.');
        String amount =
                dot < 0
                        ? ""
                        : Json.stringMap(of, "resources", path.substring(0, dot))
                                .getOrDefault(path.substring(dot + 1), "");
        String divisor = reference.path("divisor").asString("");
        String unit = divisor.isEmpty() || divisor.equals("0") ? "1" : divisor;
        if (!Quantity.isValid(amount) || !Quantity.isValid(unit)) {
            line(Tone.PLAIN, null, name, Texts.text("detail.ofNode"), path);
            return;
        }
        String value =
                Quantity.parse(amount)
                        .amount()
                        .divide(Quantity.parse(unit).amount(), 0, RoundingMode.CEILING)
                        .toPlainString();
        value(null, name, value, path);
    }
}
