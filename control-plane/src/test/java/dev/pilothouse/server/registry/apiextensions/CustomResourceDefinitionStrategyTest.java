package dev.pilothouse.server.registry.apiextensions;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.server.registry.StrategyContext;
import dev.pilothouse.server.registry.validation.FieldErrors;
import dev.pilothouse.server.request.UserInfo;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.node.ObjectNode;

final class CustomResourceDefinitionStrategyTest {

    private static final CustomResourceDefinitionStrategy STRATEGY =
            new CustomResourceDefinitionStrategy();
    private static final String SCHEMA = "spec.validation.openAPIV3Schema";

    private static ObjectNode definition(String schema) {
        String text =
                "{'metadata':{'name':'crontabs.example.com'},'spec':{'group':'example.com','scope':'Namespaced',"
                        + "'names':{'plural':'crontabs','kind':'CronTab'},'versions':[{'name':'v1','served':true,'storage':true,"
                        + "'schema':{'openAPIV3Schema':"
                        + schema
                        + "}}]}}";
        ObjectNode object = Json.parseObject(text.replace('\'', '"'));
        STRATEGY.setDefaults(object);
        return object;
    }

    private static List<String> errors(ObjectNode definition) {
        FieldErrors errors = new FieldErrors();
        STRATEGY.validate(definition, errors);
        return shown(errors);
    }

    private static List<String> shown(FieldErrors errors) {
        return errors.all().stream().map(error -> error.field() + ": " + error.body()).toList();
    }

    static Stream<Arguments> schemas() {
        return Stream.of(
                Arguments.of(
                        "{'type':'object','properties':{'spec':{'type':'object','properties':{'a':{'type':'string'}}}}}",
                        List.of()),
                Arguments.of(
                        "{}",
                        List.of(SCHEMA + ".type: Required value: must not be empty at the root")),
                Arguments.of(
                        "{'type':'array','items':{'type':'string'}}",
                        List.of(
                                SCHEMA
                                        + ".type: Invalid value: \"array\": must be object at the root")),
                Arguments.of(
                        "{'type':'object','properties':{'a':{}}}",
                        List.of(
                                SCHEMA
                                        + ".properties[a].type: Required value: must not be empty for specified object fields")),
                Arguments.of(
                        "{'type':'object','properties':{'a':{'type':'array'}}}",
                        List.of(
                                SCHEMA
                                        + ".properties[a].items: Required value: must be specified")),
                Arguments.of(
                        "{'type':'object','properties':{'a':{'type':'array','items':{}}}}",
                        List.of(
                                SCHEMA
                                        + ".properties[a].items.type: Required value: must not be empty for specified array items")),
                Arguments.of(
                        "{'type':'object','properties':{'a':{'x-kubernetes-int-or-string':true,'anyOf':[{'type':'integer'},{'type':'string'}]}}}",
                        List.of()),
                Arguments.of(
                        "{'type':'object','properties':{'a':{'type':'string','anyOf':[{'type':'string'}]}}}",
                        List.of(
                                SCHEMA
                                        + ".properties[a].anyOf[0].type: Forbidden: must be empty to be structural")),
                Arguments.of(
                        "{'type':'object','x-kubernetes-preserve-unknown-fields':false}",
                        List.of(
                                SCHEMA
                                        + ".x-kubernetes-preserve-unknown-fields: Invalid value: false: must be true or undefined")),
                Arguments.of(
                        "{'type':'object','properties':{'a':{'type':'object','properties':{'b':{'type':'string'}},'additionalProperties':{'type':'string'}}}}",
                        List.of(
                                SCHEMA
                                        + ".properties[a].additionalProperties: Forbidden: additionalProperties and properties are mutual exclusive")),
                Arguments.of(
                        "{'type':'object','properties':{'a':{'type':'array','x-kubernetes-list-type':'map','items':{'type':'object'}}}}",
                        List.of(
                                SCHEMA
                                        + ".properties[a].x-kubernetes-list-map-keys: Required value: must not be empty if x-kubernetes-list-type is map")));
    }

    @ParameterizedTest
    @MethodSource("schemas")
    void wantsStructuralSchemas(String schema, List<String> expected) {
        assertEquals(expected, errors(definition(schema)));
    }

    @Test
    void wantsTheNameToFollowFromPluralAndGroup() {
        ObjectNode definition = definition("{'type':'object'}");
        Json.child(definition, "metadata").put("name", "x");
        assertEquals(
                List.of(
                        "metadata.name: Invalid value: \"x\": must be spec.names.plural+\".\"+spec.group"),
                errors(definition));
    }

    @Test
    void wantsExactlyOneStorageVersion() {
        ObjectNode definition = definition("{'type':'object'}");
        ObjectNode version = Json.objects(definition, "spec", "versions").getFirst();
        version.put("storage", false);
        assertEquals(
                List.of(
                        "spec.versions: Invalid value: "
                                + Json.string(Json.array().add(version))
                                + ": must have exactly one version marked as storage version"),
                errors(definition));
    }

    @Test
    void freezesTheScopeOnceEstablished() {
        ObjectNode old = definition("{'type':'object'}");
        STRATEGY.prepareForCreate(old, new StrategyContext(UserInfo.ANONYMOUS, Instant.EPOCH));
        ObjectNode changed = old.deepCopy();
        Json.child(changed, "spec").put("scope", "Cluster");
        FieldErrors early = new FieldErrors();
        STRATEGY.validateUpdate(changed, old, early);
        assertEquals(List.of(), shown(early));
        Json.child(old, "status")
                .withArray("conditions")
                .addObject()
                .put("type", "Established")
                .put("status", "True");
        FieldErrors late = new FieldErrors();
        STRATEGY.validateUpdate(changed, old, late);
        assertEquals(
                List.of("spec.scope: Invalid value: \"Cluster\": field is immutable"), shown(late));
    }
}
