package dev.pilothouse.server.admission.plugins;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.model.meta.Quantity;
import dev.pilothouse.server.quota.Amounts;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.node.ObjectNode;

/**
 * Compares what something requests and is limited to with a limit of a LimitRange. Messages are
 * Kubernetes'.
 *
 * @param type Container, Pod or PersistentVolumeClaim
 * @param requests what it requests
 * @param limits what it is limited to
 */
record LimitCheck(String type, Amounts requests, Amounts limits) {

    void check(ObjectNode limit, List<String> complaints) {
        each(limit, "min", (name, least) -> minimum(name, least, complaints));
        each(limit, "max", (name, most) -> maximum(name, most, complaints));
        each(limit, "maxLimitRequestRatio", (name, most) -> ratio(name, most, complaints));
    }

    /** For claims, which have no limits. */
    void checkRequests(ObjectNode limit, List<String> complaints) {
        each(limit, "min", (name, least) -> minimum(name, least, complaints));
        each(
                limit,
                "max",
                (name, most) -> {
                    String rule = rule("maximum", name, most);
                    if (!requests.has(name)) {
                        complaints.add(rule + ".  No request is specified");
                    } else if (requests.get(name).compareTo(most) > 0) {
                        complaints.add(rule + ", but request is " + requests.get(name));
                    }
                });
    }

    private interface Rule {
        void apply(String name, Quantity bound);
    }

    private static void each(ObjectNode limit, String field, Rule rule) {
        Map<String, Quantity> bounds = new TreeMap<>(Amounts.of(Json.at(limit, field)).values());
        bounds.forEach(rule::apply);
    }

    private void minimum(String name, Quantity least, List<String> complaints) {
        String rule = rule("minimum", name, least);
        if (!requests.has(name)) {
            complaints.add(rule + ".  No request is specified");
        } else if (requests.get(name).compareTo(least) < 0) {
            complaints.add(rule + ", but request is " + requests.get(name));
        } else if (limits.has(name) && limits.get(name).compareTo(least) < 0) {
            complaints.add(rule + ", but limit is " + limits.get(name));
        }
    }

    private void maximum(String name, Quantity most, List<String> complaints) {
        String rule = rule("maximum", name, most);
        if (!limits.has(name)) {
            complaints.add(rule + ".  No limit is specified");
        } else if (limits.get(name).compareTo(most) > 0) {
            complaints.add(rule + ", but limit is " + limits.get(name));
        } else if (requests.get(name).compareTo(most) > 0) {
            complaints.add(rule + ", but request is " + requests.get(name));
        }
    }

    private void ratio(String name, Quantity most, List<String> complaints) {
        String rule = name + " max limit to request ratio per " + type + " is " + most;
        if (requests.get(name).isZero()) {
            complaints.add(rule + ", but no request is specified or request is 0");
        } else if (limits.get(name).isZero()) {
            complaints.add(rule + ", but no limit is specified or limit is 0");
        } else {
            double ratio =
                    limits.get(name).amount().doubleValue()
                            / requests.get(name).amount().doubleValue();
            if (ratio > most.amount().doubleValue()) {
                complaints.add(
                        rule
                                + ", but provided ratio is "
                                + String.format(Locale.ROOT, "%f", ratio));
            }
        }
    }

    private String rule(String which, String name, Quantity bound) {
        return which + " " + name + " usage per " + type + " is " + bound;
    }
}
