package dev.pilothouse.ui.manifest;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.ui.cluster.RefusedException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.node.ObjectNode;

/**
 * Why the server did not take a manifest.
 *
 * @param code the HTTP status code, 0 when there was no answer
 * @param message a sentence for people
 * @param causes what is wrong with which field
 */
public record Refusal(int code, String message, List<Cause> causes) {

    private static final Pattern MANAGER = Pattern.compile("conflict with \"([^\"]+)\"");

    /** Copies the list. */
    public Refusal {
        causes = List.copyOf(causes);
    }

    /**
     * One cause.
     *
     * @param field the path of the field as the server writes it; empty for the object
     * @param message what is wrong
     * @param manager who owns the field when that is what is wrong; empty otherwise
     */
    public record Cause(String field, String message, String manager) {}

    /** Reads an answer, or why there was none. */
    public static Refusal of(IOException failure) {
        if (!(failure instanceof RefusedException refused)) {
            return new Refusal(0, String.valueOf(failure.getMessage()), List.of());
        }
        List<Cause> causes = new ArrayList<>();
        for (ObjectNode cause : Json.objects(refused.status(), "details", "causes")) {
            String message = Json.text(cause, "message");
            Matcher manager = MANAGER.matcher(message);
            boolean conflict = Json.text(cause, "reason").equals("FieldManagerConflict");
            causes.add(
                    new Cause(
                            Json.text(cause, "field"),
                            message,
                            conflict ? manager.find() ? manager.group(1) : message : ""));
        }
        return new Refusal(refused.code(), String.valueOf(refused.getMessage()), causes);
    }

    /** Whether fields belong to others: force would take them. */
    public boolean isOwnership() {
        return code == 409 && causes.stream().anyMatch(cause -> !cause.manager().isEmpty());
    }
}
