package dev.pilothouse.model.schema.structural;

import static dev.pilothouse.model.schema.structural.StructuralSchemas.json;
import static dev.pilothouse.model.schema.structural.StructuralSchemas.spec;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

class PruningTest {

    @Test
    void dropsUnknownFieldsAtEveryLevelAndNamesThem() {
        ObjectNode object =
                json(
                        "{'kind':'X','metadata':{'any':1},'top':1,'spec':{'a':{'b':1,'c':2},'l':[{'x':1,'y':2}]}}");
        List<String> dropped =
                Pruning.prune(
                        object,
                        spec(
                                "'a':{'type':'object','properties':{'b':{'type':'integer'}}},"
                                        + "'l':{'type':'array','items':{'type':'object','properties':{'x':{'type':'integer'}}}}"));
        assertEquals(List.of("spec.a.c", "spec.l[0].y", "top"), dropped);
        assertEquals(
                json("{'kind':'X','metadata':{'any':1},'spec':{'a':{'b':1},'l':[{'x':1}]}}"),
                object);
    }

    @Test
    void keepsUnknownFieldsWhereTheyArePreservedButPrunesDeclaredOnesBelow() {
        ObjectNode object = json("{'spec':{'free':{'x':{'y':[{'z':1}]},'known':{'a':1,'b':2}}}}");
        List<String> dropped =
                Pruning.prune(
                        object,
                        spec(
                                "'free':{'type':'object','x-kubernetes-preserve-unknown-fields':true,"
                                        + "'properties':{'known':{'type':'object','properties':{'a':{'type':'integer'}}}}}"));
        assertEquals(List.of("spec.free.known.b"), dropped);
        assertEquals(json("{'spec':{'free':{'x':{'y':[{'z':1}]},'known':{'a':1}}}}"), object);
    }

    @Test
    void prunesValuesOfMapsNotTheirKeys() {
        ObjectNode object = json("{'spec':{'m':{'one':{'a':1,'b':2}},'any':{'k':{'deep':1}}}}");
        List<String> dropped =
                Pruning.prune(
                        object,
                        spec(
                                "'m':{'type':'object','additionalProperties':{'type':'object','properties':"
                                        + "{'a':{'type':'integer'}}}},'any':{'type':'object','additionalProperties':true}"));
        assertEquals(List.of("spec.m.one.b"), dropped);
        assertEquals(json("{'spec':{'m':{'one':{'a':1}},'any':{'k':{'deep':1}}}}"), object);
    }

    @Test
    void embeddedResourcesKeepTheirTypeAndMetadata() {
        ObjectNode object =
                json(
                        "{'spec':{'t':{'apiVersion':'v1','kind':'Pod','metadata':{'name':'a'},'other':1}}}");
        List<String> dropped =
                Pruning.prune(
                        object,
                        spec(
                                "'t':{'type':'object','x-kubernetes-embedded-resource':true,'properties':"
                                        + "{'spec':{'type':'object'}}}"));
        assertEquals(List.of("spec.t.other"), dropped);
    }
}
