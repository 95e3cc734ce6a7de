package dev.pilothouse.server.registry.certificates;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.server.registry.StrategyContext;
import dev.pilothouse.server.registry.validation.FieldErrors;
import dev.pilothouse.server.request.UserInfo;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

final class CertificateApprovalStrategyTest {

    private static final CertificateApprovalStrategy STRATEGY = new CertificateApprovalStrategy();

    private static ObjectNode request(String... types) {
        ObjectNode request = Json.object();
        ArrayNode conditions = request.putObject("status").putArray("conditions");
        for (String type : types) {
            conditions.addObject().put("type", type).put("status", "True");
        }
        return request;
    }

    private static List<String> update(ObjectNode request, ObjectNode old) {
        FieldErrors errors = new FieldErrors();
        STRATEGY.prepareForUpdate(
                request, old, new StrategyContext(UserInfo.ANONYMOUS, Instant.EPOCH));
        STRATEGY.validateUpdate(request, old, errors);
        return errors.all().stream().map(error -> error.field() + ": " + error.body()).toList();
    }

    @Test
    void stampsADecision() {
        ObjectNode request = request("Approved");
        assertEquals(List.of(), update(request, Json.object()));
        assertEquals(
                "1970-01-01T00:00:00Z",
                Json.text(
                        Json.objects(request, "status", "conditions").getFirst(),
                        "lastTransitionTime"));
    }

    @Test
    void refusesBothDecisionsAndTakingOneBack() {
        assertEquals(
                List.of(
                        "status.conditions: Invalid value: \"Denied\": Approved and Denied conditions are mutually exclusive"),
                update(request("Approved", "Denied"), Json.object()));
        assertEquals(
                List.of(
                        "status.conditions: Forbidden: updates may not remove a condition of type \"Approved\""),
                update(request(), request("Approved")));
    }
}
