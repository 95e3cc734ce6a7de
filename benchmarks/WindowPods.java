import java.util.List;

/** The objects of the window's benchmarks. */
final class WindowPods {

    /** So many namespaces share the pods; the first one's stand at the top of a list. */
    static final int NAMESPACES = 10;

    static final String FIRST = "team-0";

    /** A name that no simulated node answers to. */
    private static final String NOBODY = "nobody";

    private static final List<String> APPS =
            List.of("cart", "checkout", "catalog", "frontend", "payments", "search", "worker");

    private WindowPods() {}

    static String namespace(int i) {
        return "team-" + i % NAMESPACES;
    }

    /** A name as those of Deployments' pods. */
    static String name(int i) {
        long mixed = (i + 1) * 0x9E3779B97F4A7C15L;
        String hash = Long.toString(mixed >>> 1, 36);
        return APPS.get(i % APPS.size())
                + "-"
                + Long.toString((i / 20 + 7) * 0x9E3779B97F4A7C15L >>> 1, 36).substring(0, 9)
                + "-"
                + hash.substring(hash.length() - 5)
                + i;
    }

    /** A pod for simulated nodes. */
    static String running(String name, int i) {
        return pod(name, i, "");
    }

    /** A pod that no scheduler takes, so that it costs nothing but its storage. */
    static String idle(String name, int i) {
        return pod(name, i, "\"schedulerName\":\"" + NOBODY + "\",");
    }

    private static String pod(String name, int i, String scheduler) {
        String app = APPS.get(i % APPS.size() < 0 ? 0 : i % APPS.size());
        return """
        {"apiVersion":"v1","kind":"Pod","metadata":{"name":"%1$s","labels":{"app":"%2$s",\
        "app.kubernetes.io/name":"%2$s","app.kubernetes.io/part-of":"shop","slice":"%3$d"},\
        "annotations":{"example.com/commit":"3f786850e387550fdab836ed7e6dc881de23001b",\
        "example.com/owner":"team-of-%2$s@example.com"}},\
        "spec":{%4$s"containers":[{"name":"%2$s","image":"registry.example.com/shop/%2$s:1.4.2",\
        "ports":[{"name":"http","containerPort":8080}],\
        "env":[{"name":"LOG_LEVEL","value":"info"},\
        {"name":"NODE","valueFrom":{"fieldRef":{"fieldPath":"spec.nodeName"}}}],\
        "readinessProbe":{"httpGet":{"path":"/ready","port":"http"},"periodSeconds":10},\
        "livenessProbe":{"httpGet":{"path":"/live","port":"http"},"periodSeconds":10},\
        "resources":{"requests":{"cpu":"10m","memory":"16Mi"},"limits":{"memory":"64Mi"}}}]}}\
        """
                .formatted(name, app, Math.floorMod(i, 1_000), scheduler);
    }

    /** What a kubelet would report, other than before each time. */
    static String status(int times) {
        return """
        {"status":{"phase":"%s","containerStatuses":[{"name":"main","image":"","imageID":"",\
        "ready":%b,"restartCount":%d,"state":{"running":{"startedAt":"2026-01-01T00:00:00Z"}}}]}}\
        """
                .formatted(times % 3 == 0 ? "Pending" : "Running", times % 2 == 0, times);
    }

    static String deployment(String name, int replicas) {
        return """
        {"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"%1$s"},\
        "spec":{"replicas":%2$d,"selector":{"matchLabels":{"app":"%1$s"}},\
        "template":{"metadata":{"labels":{"app":"%1$s"}},"spec":{"containers":[{"name":"main",\
        "image":"registry.example.com/shop/%1$s:1.4.2",\
        "resources":{"requests":{"cpu":"10m","memory":"16Mi"}}}]}}}}\
        """
                .formatted(name, replicas);
    }

    static String service(String name) {
        return """
        {"apiVersion":"v1","kind":"Service","metadata":{"name":"%1$s"},\
        "spec":{"selector":{"app":"%1$s"},"ports":[{"port":80,"targetPort":8080}]}}\
        """
                .formatted(name);
    }
}
