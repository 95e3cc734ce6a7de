package dev.pilothouse.server.endpoints;

import dev.pilothouse.model.meta.ApiException;
import dev.pilothouse.server.pipeline.ApiHandler;
import dev.pilothouse.server.request.ApiRequest;
import dev.pilothouse.server.request.ApiResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers {@code /livez}, {@code /readyz}, {@code /healthz} and the paths of single checks below
 * them, in kube-apiserver's text form with {@code verbose} and {@code exclude}. Source: apiserver
 * server/healthz. Thread-safe.
 */
public final class HealthEndpoint implements ApiHandler {

    private static final Logger LOG = LoggerFactory.getLogger(HealthEndpoint.class);
    private static final Set<String> ENDPOINTS = Set.of("healthz", "livez", "readyz");

    private final List<HealthCheck> checks = new CopyOnWriteArrayList<>();

    /** An endpoint with the checks {@code ping} and {@code log} and these, in this order. */
    public HealthEndpoint(List<HealthCheck> checks) {
        this.checks.add(HealthCheck.everywhere("ping", () -> null));
        this.checks.add(HealthCheck.everywhere("log", () -> null));
        this.checks.addAll(checks);
    }

    /** Adds a check behind the others. */
    public void add(HealthCheck check) {
        checks.add(check);
    }

    @Override
    public boolean mayBlock(ApiRequest request) {
        return false;
    }

    @Override
    public ApiResponse handle(ApiRequest request) {
        EndpointMethods.requireRead(request);
        String path = request.path().substring(1);
        int slash = path.indexOf('/');
        String endpoint = slash < 0 ? path : path.substring(0, slash);
        String single = slash < 0 ? "" : path.substring(slash + 1);
        if (!ENDPOINTS.contains(endpoint)) {
            throw ApiException.noSuchPath();
        }
        List<HealthCheck> asked =
                checks.stream().filter(check -> check.endpoints().contains(endpoint)).toList();
        return single.isEmpty() ? all(endpoint, asked, request) : one(single, asked);
    }

    private static ApiResponse one(String name, List<HealthCheck> checks) {
        for (HealthCheck check : checks) {
            if (check.name().equals(name)) {
                String failure = failure(check);
                return failure == null
                        ? text(200, "ok")
                        : text(500, "internal server error: " + name + " failed\n");
            }
        }
        throw ApiException.noSuchPath();
    }

    private static ApiResponse all(String endpoint, List<HealthCheck> checks, ApiRequest request) {
        Set<String> excluded = new TreeSet<>();
        request.query().all("exclude").forEach(value -> excluded.addAll(List.of(value.split(","))));
        Set<String> unmatched = new LinkedHashSet<>(excluded);
        List<String> failed = new ArrayList<>();
        StringBuilder out = new StringBuilder();
        for (HealthCheck check : checks) {
            if (unmatched.remove(check.name()) || excluded.contains(check.name())) {
                out.append("[+]").append(check.name()).append(" excluded: ok\n");
            } else if (failure(check) != null) {
                failed.add(check.name());
                out.append("[-]").append(check.name()).append(" failed: reason withheld\n");
            } else {
                out.append("[+]").append(check.name()).append(" ok\n");
            }
        }
        unmatched.remove("");
        if (!unmatched.isEmpty()) {
            out.append("warn: some health checks cannot be excluded: no matches for ");
            out.append(quoted(unmatched)).append('\n');
        }
        if (!failed.isEmpty()) {
            return text(500, out.append(endpoint).append(" check failed\n").toString());
        }
        return request.query().has("verbose")
                ? text(200, out.append(endpoint).append(" check passed\n").toString())
                : text(200, "ok");
    }

    private static @Nullable String failure(HealthCheck check) {
        String failure;
        try {
            failure = check.probe().failure();
        } catch (RuntimeException e) {
            LOG.error("health check {} broke", check.name(), e);
            return "broken";
        }
        if (failure != null) {
            LOG.warn("health check {} failed: {}", check.name(), failure);
        }
        return failure;
    }

    private static String quoted(Set<String> names) {
        return names.stream()
                .map(name -> "\"" + name + "\"")
                .collect(java.util.stream.Collectors.joining(","));
    }

    private static ApiResponse text(int status, String text) {
        return ApiResponse.Body.of(
                        status, "text/plain; charset=utf-8", text.getBytes(StandardCharsets.UTF_8))
                .withHeader("X-Content-Type-Options", "nosniff");
    }
}
