package dev.pilothouse.server.pipeline.filters;

import dev.pilothouse.model.meta.ApiException;
import dev.pilothouse.server.metrics.CounterFamily;
import dev.pilothouse.server.metrics.HistogramFamily;
import dev.pilothouse.server.metrics.MetricsRegistry;
import dev.pilothouse.server.pipeline.ApiHandler;
import dev.pilothouse.server.pipeline.ChainedHandler;
import dev.pilothouse.server.pipeline.Filter;
import dev.pilothouse.server.pipeline.LongRunning;
import dev.pilothouse.server.request.ApiRequest;
import dev.pilothouse.server.request.ApiResponse;
import dev.pilothouse.server.request.EventSource;
import dev.pilothouse.server.request.RequestInfo;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;

/** Counts and times requests in kube-apiserver's metrics. Source: apiserver endpoints/metrics. */
final class MetricsFilter implements Filter {

    private static final List<String> RESOURCE_LABELS =
            List.of("verb", "group", "version", "resource", "subresource", "scope");
    private static final double[] SECONDS = {
        0.005, 0.025, 0.05, 0.1, 0.2, 0.4, 0.6, 0.8, 1, 1.25, 1.5, 2, 3, 4, 5, 6, 8, 10, 15, 20, 30,
        45, 60
    };
    private static final Set<String> KNOWN_METHODS =
            Set.of("get", "head", "post", "put", "patch", "delete", "options");

    private final CounterFamily total;
    private final HistogramFamily durations;
    private final CounterFamily inFlight;
    private final CounterFamily longRunning;

    MetricsFilter(MetricsRegistry registry) {
        total =
                registry.counters(
                        "apiserver_request_total",
                        "Requests by what they were about and the answer's HTTP code.",
                        List.of(
                                "verb",
                                "group",
                                "version",
                                "resource",
                                "subresource",
                                "scope",
                                "code"));
        durations =
                registry.histograms(
                        "apiserver_request_duration_seconds",
                        "Seconds until the answer was ready.",
                        RESOURCE_LABELS,
                        SECONDS);
        inFlight =
                registry.gauges(
                        "apiserver_current_inflight_requests",
                        "Requests being handled now.",
                        List.of("request_kind"));
        longRunning =
                registry.gauges(
                        "apiserver_longrunning_requests",
                        "Watches and other streams that are open now.",
                        RESOURCE_LABELS);
        inFlight.with("readOnly");
        inFlight.with("mutating");
    }

    @Override
    public ApiHandler wrap(ApiHandler next) {
        return new ChainedHandler(next) {
            @Override
            public ApiResponse handle(ApiRequest request) {
                return measured(next, request);
            }
        };
    }

    private ApiResponse measured(ApiHandler next, ApiRequest request) {
        RequestInfo info = request.info();
        boolean streams = LongRunning.is(info);
        LongAdder flying = inFlight.with(info.readOnly() ? "readOnly" : "mutating");
        long start = System.nanoTime();
        int code = 500;
        if (!streams) {
            flying.increment();
        }
        try {
            ApiResponse response = next.handle(request);
            code = response.status();
            return streams ? counted(response, info) : response;
        } catch (ApiException e) {
            code = e.status().code();
            throw e;
        } finally {
            if (!streams) {
                flying.decrement();
            }
            record(info, code, start, streams);
        }
    }

    private void record(RequestInfo info, int code, long start, boolean streams) {
        String[] labels = labels(info, code);
        String[] withCode = java.util.Arrays.copyOf(labels, labels.length + 1);
        withCode[labels.length] = String.valueOf(code);
        total.with(withCode).increment();
        if (!streams) {
            durations.with(labels).observe((System.nanoTime() - start) / 1e9);
        }
    }

    /** Keeps the number of open streams right until this one closes. */
    private ApiResponse counted(ApiResponse response, RequestInfo info) {
        LongAdder open = longRunning.with(labels(info, response.status()));
        return switch (response) {
            case ApiResponse.EventStream stream -> {
                open.increment();
                EventSource source = new CountedSource(stream.source(), open::decrement);
                yield new ApiResponse.EventStream(
                        stream.status(), stream.headers(), stream.contentType(), source);
            }
            case ApiResponse.ByteStream stream ->
                    new ApiResponse.ByteStream(
                            stream.status(),
                            stream.headers(),
                            stream.contentType(),
                            out -> {
                                open.increment();
                                try {
                                    stream.writer().writeTo(out);
                                } finally {
                                    open.decrement();
                                }
                            });
            case ApiResponse.Upgrade upgrade ->
                    new ApiResponse.Upgrade(
                            upgrade.headers(),
                            upgrade.protocol(),
                            new CountedUpgrade(upgrade.handler(), open));
            case ApiResponse.Body body -> body;
        };
    }

    /** Label values from paths that nobody serves would grow without end, so they are left out. */
    private static String[] labels(RequestInfo info, int code) {
        String verb = verb(info);
        if (!info.resourceRequest() || code == 404 && info.name().isEmpty() || code == 401) {
            return new String[] {verb, "", "", "", "", ""};
        }
        String scope =
                !info.name().isEmpty()
                        ? "resource"
                        : info.namespace().isEmpty() ? "cluster" : "namespace";
        if (code >= 400) {
            return new String[] {verb, info.group(), info.version(), info.resource(), "", scope};
        }
        return new String[] {
            verb, info.group(), info.version(), info.resource(), info.subresource(), scope
        };
    }

    private static String verb(RequestInfo info) {
        return switch (info.verb()) {
            case "create" -> "POST";
            case "update" -> "PUT";
            case "patch" -> "PATCH";
            case "deletecollection" -> "DELETECOLLECTION";
            case "delete", "get", "list", "watch", "proxy" -> info.verb().toUpperCase(Locale.ROOT);
            default ->
                    KNOWN_METHODS.contains(info.verb())
                            ? info.verb().toUpperCase(Locale.ROOT)
                            : "OTHER";
        };
    }
}
