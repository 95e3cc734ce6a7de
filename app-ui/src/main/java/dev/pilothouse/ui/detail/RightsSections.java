package dev.pilothouse.ui.detail;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.ui.cluster.ObjectRef;
import dev.pilothouse.ui.detail.Section.Fact;
import dev.pilothouse.ui.detail.Section.Facts;
import dev.pilothouse.ui.detail.Section.Grid;
import dev.pilothouse.ui.detail.Section.Line;
import dev.pilothouse.ui.detail.Section.Tone;
import dev.pilothouse.ui.i18n.Texts;
import dev.pilothouse.ui.rights.Rbac;
import dev.pilothouse.ui.rights.Rule;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** What roles allow, to whom they are granted, and what service accounts may do. */
final class RightsSections {

    private RightsSections() {}

    static List<Section> of(DetailData data) {
        String kind = data.ref().kind().kind();
        return switch (kind) {
            case "Role", "ClusterRole" -> role(data);
            case "RoleBinding", "ClusterRoleBinding" -> binding(data);
            default -> List.of(account(data));
        };
    }

    private static Rbac rbac(DetailData data, ObjectNode... more) {
        List<ObjectNode> objects = new ArrayList<>(List.of(more));
        for (String resource :
                List.of("roles", "clusterroles", "rolebindings", "clusterrolebindings")) {
            objects.addAll(data.related(resource));
        }
        return Rbac.of(objects);
    }

    private static List<Section> role(DetailData data) {
        List<Line> lines = new ArrayList<>();
        List<Rbac.Binding> bindings =
                rbac(data)
                        .bindingsOf(
                                data.ref().kind().kind(),
                                data.ref().namespace(),
                                data.ref().name());
        for (Rbac.Binding binding : bindings) {
            for (Rbac.Subject subject : binding.subjects()) {
                lines.add(
                        Line.of(
                                Tone.PLAIN,
                                link(data, binding),
                                subject.text(),
                                binding.kind() + " " + binding.name(),
                                where(binding)));
            }
        }
        return List.of(
                rules(Rule.all(data.object())),
                new Section(
                        Texts.text("rights.granted"),
                        new Grid(
                                List.of(
                                        Texts.text("rights.subject"),
                                        Texts.text("rights.binding"),
                                        Texts.text("rights.where")),
                                lines,
                                Texts.text("rights.nobodyHas"))));
    }

    private static Section rules(List<Rule> rules) {
        return new Section(
                Texts.text("rights.rules"),
                new Grid(
                        List.of(
                                Texts.text("rights.objects"),
                                Texts.text("rights.verbs"),
                                Texts.text("rights.only")),
                        rules.stream()
                                .map(rule ->
                                        Line.of(
                                                rule.objectsText(),
                                                rule.verbsText(),
                                                rule.namesText()))
                                .toList(),
                        Texts.text("rights.nothing")));
    }

    private static List<Section> binding(DetailData data) {
        String kind = Json.text(data.object(), "roleRef", "kind");
        String role = Json.text(data.object(), "roleRef", "name");
        Rbac.Binding binding = rbac(data, data.object()).bindings().getFirst();
        boolean there =
                data.related(kind.equals("Role") ? "roles" : "clusterroles").stream()
                        .anyMatch(each -> Json.text(each, "metadata", "name").equals(role));
        List<Fact> facts = new ArrayList<>();
        facts.add(Fact.link(Texts.text("rights.role"), kind + " " + role, data.link(kind, role)));
        facts.add(Fact.of(Texts.text("rights.where"), where(binding)));
        if (!there) {
            facts.add(
                    Fact.of(
                            Texts.text("detail.status"),
                            Texts.text("rights.noRole", role),
                            Tone.BAD));
        }
        List<Line> subjects = new ArrayList<>();
        for (Rbac.Subject subject : binding.subjects()) {
            ObjectRef account =
                    subject.kind().equals("ServiceAccount")
                            ? data.link("ServiceAccount", subject.namespace(), subject.name())
                            : null;
            subjects.add(
                    Line.of(
                            Tone.PLAIN,
                            account,
                            subject.kind(),
                            subject.name(),
                            subject.namespace()));
        }
        return List.of(
                new Section(data.ref().kind().kind(), new Facts(facts)),
                new Section(
                        Texts.text("rights.subjects"),
                        new Grid(
                                List.of(
                                        Texts.text("detail.type"),
                                        Texts.text("detail.name"),
                                        Texts.text("detail.namespace")),
                                subjects,
                                Texts.text("detail.none"))),
                rules(rbac(data, data.object()).rules(binding)));
    }

    private static Section account(DetailData data) {
        List<Line> lines = new ArrayList<>();
        for (Rbac.Grant grant :
                rbac(data).grantsOfAccount(data.ref().namespace(), data.ref().name())) {
            lines.add(
                    Line.of(
                            Tone.PLAIN,
                            link(data, grant.binding()),
                            grant.rule().objectsText(),
                            grant.rule().verbsText(),
                            grant.binding().kind() + " " + grant.binding().name(),
                            where(grant.binding()),
                            grant.rule().namesText()));
        }
        return new Section(
                Texts.text("rights.may"),
                new Grid(
                        List.of(
                                Texts.text("rights.objects"),
                                Texts.text("rights.verbs"),
                                Texts.text("rights.binding"),
                                Texts.text("rights.where"),
                                Texts.text("rights.only")),
                        lines,
                        Texts.text("rights.nothing")));
    }

    private static @Nullable ObjectRef link(DetailData data, Rbac.Binding binding) {
        return data.link(binding.kind(), binding.namespace(), binding.name());
    }

    private static String where(Rbac.Binding binding) {
        return binding.namespace().isEmpty()
                ? Texts.text("rights.everywhere")
                : binding.namespace();
    }
}
