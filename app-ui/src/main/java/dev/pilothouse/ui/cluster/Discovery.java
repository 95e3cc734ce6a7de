package dev.pilothouse.ui.cluster;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.ui.i18n.Texts;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** Reads aggregated discovery (apidiscovery.k8s.io/v2). */
final class Discovery {

    private Discovery() {}

    /**
     * The kinds that can be listed and watched, in the preferred version of each group, by name. A
     * kind that a group serves in a version other than its preferred one only is included too.
     */
    static List<Kind> kinds(HttpCluster cluster) throws IOException, InterruptedException {
        List<Kind> kinds = new ArrayList<>();
        for (String root : List.of("/api", "/apis")) {
            for (ObjectNode group : Json.objects(cluster.discovery(root), "items")) {
                String name = Json.text(group, "metadata", "name");
                // Versions stand in the order of preference.
                for (ObjectNode version : Json.objects(group, "versions")) {
                    addKinds(kinds, name, version);
                }
            }
        }
        if (kinds.isEmpty()) {
            throw new Failures.Told(
                    Texts.text("cluster.noKinds", cluster.endpoint().getAuthority()), null);
        }
        kinds.sort(Comparator.comparing(Kind::kind).thenComparing(Kind::group));
        return List.copyOf(kinds);
    }

    private static void addKinds(List<Kind> kinds, String group, ObjectNode version) {
        for (ObjectNode resource : Json.objects(version, "resources")) {
            List<String> verbs = new ArrayList<>();
            resource.path("verbs").forEach(verb -> verbs.add(verb.asString("")));
            var kind =
                    new Kind(
                            group,
                            Json.text(version, "version"),
                            Json.text(resource, "resource"),
                            Json.text(resource, "responseKind", "kind"),
                            Json.text(resource, "scope").equals("Namespaced"));
            if (verbs.contains("list") && verbs.contains("watch") && !isKnown(kinds, kind)) {
                kinds.add(kind);
            }
        }
    }

    private static boolean isKnown(List<Kind> kinds, Kind kind) {
        return kinds.stream()
                .anyMatch(known ->
                        known.group().equals(kind.group())
                                && known.resource().equals(kind.resource()));
    }
}
