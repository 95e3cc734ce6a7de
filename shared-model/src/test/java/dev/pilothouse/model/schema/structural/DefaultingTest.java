package dev.pilothouse.model.schema.structural;

import static dev.pilothouse.model.schema.structural.StructuralSchemas.json;
import static dev.pilothouse.model.schema.structural.StructuralSchemas.spec;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

class DefaultingTest {

    private static final StructuralSchema SCHEMA =
            spec(
                    "'n':{'type':'integer','default':3},"
                            + "'nullable':{'type':'string','nullable':true,'default':'x'},"
                            + "'plain':{'type':'string'},"
                            + "'o':{'type':'object','default':{},'properties':{'p':{'type':'string','default':'q'}}},"
                            + "'l':{'type':'array','items':{'type':'object','properties':{'r':{'type':'boolean','default':true}}}},"
                            + "'m':{'type':'object','additionalProperties':{'type':'object','properties':{'s':{'type':'integer','default':0}}}}");

    @Test
    void fillsMissingFieldsAlsoBelowDefaultsListsAndMaps() {
        ObjectNode object = json("{'spec':{'l':[{},{'r':false}],'m':{'k':{}}}}");
        Defaulting.apply(object, SCHEMA);
        assertEquals(
                json(
                        "{'spec':{'n':3,'nullable':'x','o':{'p':'q'},'l':[{'r':true},{'r':false}],'m':{'k':{'s':0}}}}"),
                object);
    }

    @Test
    void nullIsAValueOnlyWhereItIsAllowed() {
        ObjectNode object = json("{'spec':{'n':null,'nullable':null,'plain':null,'o':{}}}");
        Defaulting.apply(object, SCHEMA);
        assertEquals(json("{'spec':{'n':3,'nullable':null,'o':{'p':'q'}}}"), object);
    }

    @Test
    void doesNothingToWhatIsThereAndToMissingParents() {
        ObjectNode object = json("{'other':1}");
        Defaulting.apply(object, SCHEMA);
        assertEquals(json("{'other':1}"), object);
    }

    @Test
    void defaultsAreCopiesThatObjectsDoNotShare() {
        ObjectNode first = json("{'spec':{}}");
        Defaulting.apply(first, SCHEMA);
        ((ObjectNode) first.get("spec").get("o")).put("p", "changed");
        ObjectNode second = json("{'spec':{}}");
        Defaulting.apply(second, SCHEMA);
        assertEquals("q", second.get("spec").get("o").get("p").stringValue());
    }
}
