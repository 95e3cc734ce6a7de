package dev.pilothouse.server.scheduler.decision;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.server.scheduler.cluster.Resources;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** Finds by how much the containers of a pod have to request less. */
final class RequestCuts {

    private final ObjectNode pod;
    private final String resource;
    private final List<Change> cuts = new ArrayList<>();

    private record Request(String path, String container, String text, long amount) {}

    private RequestCuts(ObjectNode pod, String resource) {
        this.pod = pod;
        this.resource = resource;
    }

    /** So that the pod asks for no more than that; empty when it cannot be done. */
    static List<Change> to(ObjectNode pod, String resource, long most) {
        return new RequestCuts(pod, resource).cut(most);
    }

    private List<Change> cut(long most) {
        String overhead = Json.text(pod, "spec", "overhead", resource);
        long target =
                Amounts.rounded(
                        resource, most - (overhead.isEmpty() ? 0 : Amounts.of(resource, overhead)));
        if (target < 0) {
            return List.of();
        }
        String whole = Json.text(pod, "spec", "resources", "requests", resource);
        if (!whole.isEmpty()) {
            long amount = Amounts.of(resource, whole);
            return amount <= target
                    ? List.of()
                    : List.of(
                            new Change.LowerPodRequest(
                                    resource,
                                    whole,
                                    Amounts.text(resource, target),
                                    share(amount, target)));
        }
        List<Request> running = requests("containers", true);
        running.addAll(requests("initContainers", true));
        lowerSum(running, target);
        for (Request init : requests("initContainers", false)) {
            if (init.amount() > target) {
                lower(init, target);
            }
        }
        return cuts;
    }

    /** The largest first, so that few containers are concerned. */
    private void lowerSum(List<Request> running, long target) {
        long sum = running.stream().mapToLong(Request::amount).sum();
        running.sort(Comparator.comparingLong(Request::amount).reversed());
        for (Request request : running) {
            if (sum <= target) {
                return;
            }
            long to = Amounts.rounded(resource, Math.max(0, request.amount() - (sum - target)));
            lower(request, to);
            sum -= request.amount() - to;
        }
    }

    private void lower(Request request, long to) {
        cuts.add(
                new Change.LowerRequest(
                        request.path(),
                        request.container(),
                        resource,
                        request.text(),
                        Amounts.text(resource, to),
                        share(request.amount(), to)));
    }

    private List<Request> requests(String path, boolean stays) {
        List<Request> requests = new ArrayList<>();
        for (ObjectNode container : Json.objects(pod, "spec", path)) {
            String text = Json.text(container, "resources", "requests", resource);
            boolean always = Json.text(container, "restartPolicy").equals("Always");
            if (!text.isEmpty() && (path.equals("containers") || always == stays)) {
                requests.add(
                        new Request(
                                path,
                                Json.text(container, "name"),
                                text,
                                Amounts.of(resource, text)));
            }
        }
        return requests;
    }

    private static double share(long from, long to) {
        return from == 0 ? 0 : (double) (from - to) / from;
    }

    /** Resources by which pods are kept out and which containers request. */
    static boolean isRequested(String resource) {
        return !resource.equals(Resources.PODS);
    }
}
