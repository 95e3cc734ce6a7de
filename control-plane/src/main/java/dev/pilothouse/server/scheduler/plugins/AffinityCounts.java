package dev.pilothouse.server.scheduler.plugins;

import dev.pilothouse.server.scheduler.cluster.AffinityTerm;
import dev.pilothouse.server.scheduler.cluster.NodeInfo;
import dev.pilothouse.server.scheduler.cluster.PodAffinity;
import dev.pilothouse.server.scheduler.cluster.PodInfo;
import dev.pilothouse.server.scheduler.cluster.PodShape;
import dev.pilothouse.server.scheduler.cluster.Snapshot;
import dev.pilothouse.server.scheduler.plugins.TermCounts.Wish;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * What is counted for pods that care about other pods, and kept for the next one. Thread-safe.
 * Source: plugins/interpodaffinity.
 */
final class AffinityCounts {

    /** What a required term of a placed pod adds for a pod that it matches. */
    private static final int REQUIRED_WEIGHT = 1;

    private final Function<String, Map<String, String>> namespaces;
    private final GroupCounts groups = new GroupCounts();
    private final TermCounts refusing = new TermCounts(AffinityCounts::refusals);
    private final TermCounts preferring = new TermCounts(AffinityCounts::preferences);

    /**
     * None yet.
     *
     * @param namespaces the labels of a namespace by its name
     */
    AffinityCounts(Function<String, Map<String, String>> namespaces) {
        this.namespaces = namespaces;
    }

    Function<String, Map<String, String>> namespaces() {
        return namespaces;
    }

    /** Where pods are that want a pod to be away. */
    TopologyCounts unwelcome(PodShape pod, Snapshot snapshot) {
        return refusing.about(pod, namespaces, snapshot);
    }

    /** Where pods are that would like a pod to be near or away, by how much they would. */
    TopologyCounts liked(PodShape pod, Snapshot snapshot) {
        return preferring.about(pod, namespaces, snapshot);
    }

    /** Adds the pods that all these terms mean, once for each of the terms in its domains. */
    void addMeant(List<AffinityTerm> all, TopologyCounts counts, Snapshot snapshot) {
        for (AffinityTerm term : all) {
            add(all, term.topologyKey(), 1, counts, snapshot);
        }
    }

    /** Adds the pods that a term means, so many times. */
    void addMeant(AffinityTerm term, int weight, TopologyCounts counts, Snapshot snapshot) {
        add(List.of(term), term.topologyKey(), weight, counts, snapshot);
    }

    private void add(
            List<AffinityTerm> terms, String key, int by, TopologyCounts to, Snapshot snapshot) {
        for (AffinityTerm term : terms) {
            if (term.namespaceSelector() != null) {
                count(terms, key, by, to, snapshot);
                return;
            }
        }
        groups.addTo(to, terms, key, by, snapshot);
    }

    /** Namespaces may be others the next time, so nothing of this is kept. */
    private void count(
            List<AffinityTerm> terms, String key, int by, TopologyCounts to, Snapshot snapshot) {
        for (int i = 0; i < snapshot.size(); i++) {
            NodeInfo info = snapshot.at(i);
            for (PodInfo pod : info.pods()) {
                if (matchesAll(terms, pod.shape())) {
                    to.add(info.node(), key, by);
                }
            }
        }
    }

    /** Whether all terms mean a pod. */
    boolean matchesAll(List<AffinityTerm> terms, PodShape pod) {
        for (AffinityTerm term : terms) {
            if (!term.matches(pod, namespaces)) {
                return false;
            }
        }
        return true;
    }

    private static List<Wish> refusals(PodShape pod) {
        return pod.affinity().requiredAnti().stream().map(term -> new Wish(term, 1)).toList();
    }

    /** What a placed pod would like others to do. */
    static List<Wish> preferences(PodShape pod) {
        PodAffinity affinity = pod.affinity();
        List<Wish> wishes = new ArrayList<>();
        affinity.required().forEach(term -> wishes.add(new Wish(term, REQUIRED_WEIGHT)));
        affinity.preferred().forEach(term -> wishes.add(new Wish(term, term.weight())));
        affinity.preferredAnti().forEach(term -> wishes.add(new Wish(term, -term.weight())));
        return wishes;
    }
}
