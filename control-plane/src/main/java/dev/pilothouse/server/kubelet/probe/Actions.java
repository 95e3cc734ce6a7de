package dev.pilothouse.server.kubelet.probe;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.server.kubelet.cri.CriException;
import dev.pilothouse.server.kubelet.cri.ExecSyncResult;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Makes attempts of probes, and runs lifecycle hooks. Calls block. */
public final class Actions {

    private static final Duration HOOK_TIMEOUT = Duration.ofSeconds(30);

    private Actions() {}

    /** One attempt of a probe. */
    public static ProbeResult probe(ObjectNode probe, Target target) {
        Duration timeout = Duration.ofSeconds(Math.max(1, Json.number(probe, 1, "timeoutSeconds")));
        ObjectNode exec = Json.objectAt(probe, "exec");
        if (exec != null) {
            return exec(command(exec), target, timeout);
        }
        ObjectNode http = Json.objectAt(probe, "httpGet");
        if (http != null) {
            return HttpProbe.run(http, target, timeout);
        }
        ObjectNode tcp = Json.objectAt(probe, "tcpSocket");
        if (tcp != null) {
            return TcpProbe.run(tcp, target, timeout);
        }
        ObjectNode grpc = Json.objectAt(probe, "grpc");
        if (grpc != null) {
            return GrpcProbe.run(grpc, target, timeout);
        }
        return new ProbeResult(ProbeResult.Outcome.UNKNOWN, "missing probe handler");
    }

    private static ProbeResult exec(List<String> command, Target target, Duration timeout) {
        try {
            ExecSyncResult result =
                    target.runtime().execSync(target.containerId(), command, timeout);
            return result.exitCode() == 0
                    ? ProbeResult.success(result.output())
                    : ProbeResult.failure(result.output());
        } catch (TimeoutException e) {
            return ProbeResult.failure(String.valueOf(e.getMessage()));
        } catch (CriException e) {
            return new ProbeResult(ProbeResult.Outcome.UNKNOWN, e.text());
        }
    }

    /** Runs a hook; returns why it failed, or null. Source: pkg/kubelet/lifecycle/handlers.go. */
    public static @Nullable String hook(ObjectNode hook, Target target)
            throws InterruptedException {
        ObjectNode exec = Json.objectAt(hook, "exec");
        if (exec != null) {
            List<String> command = command(exec);
            try {
                ExecSyncResult result =
                        target.runtime().execSync(target.containerId(), command, Duration.ZERO);
                return result.exitCode() == 0
                        ? null
                        : "command '"
                                + String.join(" ", command)
                                + "' exited with "
                                + result.exitCode()
                                + ": "
                                + result.output();
            } catch (TimeoutException | CriException e) {
                return String.valueOf(e.getMessage());
            }
        }
        ObjectNode http = Json.objectAt(hook, "httpGet");
        if (http != null) {
            ProbeResult result = HttpProbe.run(http, target, HOOK_TIMEOUT);
            // Any answer is good enough, only no answer is not.
            boolean answered = result.output().startsWith("HTTP probe failed");
            return result.outcome() == ProbeResult.Outcome.SUCCESS || answered
                    ? null
                    : result.output();
        }
        ObjectNode sleep = Json.objectAt(hook, "sleep");
        if (sleep != null) {
            Thread.sleep(Duration.ofSeconds(Json.number(sleep, 0, "seconds")));
            return null;
        }
        return "invalid handler: " + Json.string(hook);
    }

    private static List<String> command(ObjectNode exec) {
        ArrayNode command = Json.arrayAt(exec, "command");
        return command == null
                ? List.of()
                : command.valueStream().map(word -> word.asString("")).toList();
    }
}
