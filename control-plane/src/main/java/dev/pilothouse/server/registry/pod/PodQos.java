package dev.pilothouse.server.registry.pod;

import dev.pilothouse.model.meta.Quantity;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The quality of service class of a pod. Source: pkg/apis/core/v1/helper/qos/qos.go. */
public final class PodQos {

    private static final List<String> COUNTED = List.of("cpu", "memory");

    private PodQos() {}

    /** Guaranteed, Burstable or BestEffort, as the amounts in the spec say. */
    public static String of(JsonNode spec) {
        if (!spec.path("resources").path("requests").isEmpty()
                || !spec.path("resources").path("limits").isEmpty()) {
            Tally pod = new Tally();
            pod.count(spec);
            return pod.qosClass();
        }
        Tally tally = new Tally();
        for (String list : PodSpecs.REGULAR_LISTS) {
            for (JsonNode container : spec.path(list)) {
                tally.count(container);
            }
        }
        return tally.qosClass();
    }

    private static final class Tally {

        private boolean any;
        private boolean guaranteed = true;

        void count(JsonNode holder) {
            JsonNode requests = holder.path("resources").path("requests");
            JsonNode limits = holder.path("resources").path("limits");
            Set<String> limited = new HashSet<>();
            for (String resource : COUNTED) {
                Quantity request = positive(requests.get(resource));
                Quantity limit = positive(limits.get(resource));
                any |= request != null || limit != null;
                if (limit != null) {
                    limited.add(resource);
                }
                guaranteed &= request == null || limit == null || request.compareTo(limit) == 0;
                guaranteed &= request == null || limit != null;
            }
            guaranteed &= limited.size() == COUNTED.size();
        }

        String qosClass() {
            return !any ? "BestEffort" : guaranteed ? "Guaranteed" : "Burstable";
        }

        private static @Nullable Quantity positive(@Nullable JsonNode amount) {
            if (amount == null || !Quantity.isValid(amount.asString(""))) {
                return null;
            }
            Quantity quantity = Quantity.parse(amount.asString(""));
            return quantity.signum() > 0 ? quantity : null;
        }
    }
}
