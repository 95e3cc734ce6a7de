package dev.pilothouse.server.controller.objects;

import dev.pilothouse.model.informer.Lister;
import dev.pilothouse.model.selector.LabelSelector;
import dev.pilothouse.model.selector.LabelSelector.Operator;
import dev.pilothouse.model.selector.LabelSelector.Requirement;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** An index of objects by each of their labels, so that a selector need not look at all of them. */
public final class LabelIndex {

    /** The name of the index. */
    public static final String NAME = "label";

    private LabelIndex() {}

    /** Under which values an object with these labels is found. */
    public static Collection<String> values(String namespace, Map<String, String> labels) {
        return labels.entrySet().stream()
                .map(label -> value(namespace, label.getKey(), label.getValue()))
                .toList();
    }

    /** The objects of a namespace that a selector selects, in no order. */
    public static <T> List<T> select(
            Lister<T> lister,
            String namespace,
            LabelSelector selector,
            Function<T, Map<String, String>> labels) {
        return candidates(lister, namespace, selector).stream()
                .filter(object -> selector.matches(labels.apply(object)::get))
                .toList();
    }

    private static <T> List<T> candidates(
            Lister<T> lister, String namespace, LabelSelector selector) {
        for (Requirement requirement : selector.requirements()) {
            if (requirement.operator() == Operator.IN && requirement.values().size() == 1) {
                return lister.byIndex(
                        NAME,
                        value(
                                namespace,
                                requirement.key(),
                                requirement.values().iterator().next()));
            }
        }
        return lister.inNamespace(namespace);
    }

    private static String value(String namespace, String key, String value) {
        return namespace + "/" + key + "=" + value;
    }
}
