package dev.pilothouse.server.streaming.command;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.model.meta.ApiException;
import dev.pilothouse.model.meta.Status;
import java.nio.charset.StandardCharsets;
import tools.jackson.databind.node.ObjectNode;

/**
 * How a session has ended, as it is told on the error channel. Source: apimachinery
 * util/remotecommand and the kubelet's ServeExec.
 *
 * @param success whether all went well
 * @param message what went wrong
 * @param status the same as a Status
 */
record CommandOutcome(boolean success, String message, ObjectNode status) {

    /** The command has ended. */
    static CommandOutcome exit(int code) {
        if (code == 0) {
            ObjectNode status = status("Success");
            return new CommandOutcome(true, "", status);
        }
        String message = "command terminated with non-zero exit code: exit status " + code;
        ObjectNode status = status("Failure");
        status.put("message", message);
        status.put("reason", "NonZeroExitCode");
        status.putObject("details")
                .putArray("causes")
                .addObject()
                .put("reason", "ExitCode")
                .put("message", String.valueOf(code));
        return new CommandOutcome(false, message, status);
    }

    /** The command could not be run. */
    static CommandOutcome refused(ApiException why) {
        Status status = why.status();
        return new CommandOutcome(false, status.message(), status.toJson());
    }

    /** What is sent to clients that know Statuses. */
    byte[] asStatus() {
        return Json.bytes(status);
    }

    /** What is sent to older clients: nothing when all went well. */
    byte[] asText() {
        return message.getBytes(StandardCharsets.UTF_8);
    }

    private static ObjectNode status(String status) {
        ObjectNode object = Json.object();
        object.putObject("metadata");
        object.put("status", status);
        return object;
    }
}
