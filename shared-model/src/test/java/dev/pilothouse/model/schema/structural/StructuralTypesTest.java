package dev.pilothouse.model.schema.structural;

import static dev.pilothouse.model.schema.structural.StructuralSchemas.json;
import static dev.pilothouse.model.schema.structural.StructuralSchemas.spec;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.pilothouse.model.meta.GroupVersionKind;
import dev.pilothouse.model.patch.ServerSideApply;
import dev.pilothouse.model.schema.FieldType;
import dev.pilothouse.model.schema.Schema;
import dev.pilothouse.model.schema.TypeSchema;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

class StructuralTypesTest {

    private static final GroupVersionKind KIND = new GroupVersionKind("example.com", "v1", "Thing");

    private static ObjectNode apply(
            ObjectNode live, String manager, String spec, StructuralSchema schema) {
        TypeSchema type =
                new StructuralTypes(Schema.builtIn())
                        .objectType("example.com.v1.Thing", KIND, schema);
        ObjectNode applied =
                json(
                        "{'apiVersion':'example.com/v1','kind':'Thing','metadata':{'name':'a'},'spec':"
                                + spec
                                + "}");
        return ServerSideApply.apply(live, applied, type, manager, false, "", Instant.EPOCH)
                .object();
    }

    @Test
    void listMapsSetsAndMapsMergeAndAtomicOnesDoNot() {
        StructuralSchema schema =
                spec(
                        "'users':{'type':'array','x-kubernetes-list-type':'map','x-kubernetes-list-map-keys':['name'],"
                                + "'items':{'type':'object','properties':{'name':{'type':'string'},'role':{'type':'string'}}}},"
                                + "'tags':{'type':'array','x-kubernetes-list-type':'set','items':{'type':'string'}},"
                                + "'map':{'type':'object','additionalProperties':{'type':'string'}},"
                                + "'free':{'type':'object','x-kubernetes-preserve-unknown-fields':true}");
        ObjectNode first =
                apply(
                        null,
                        "one",
                        "{'users':[{'name':'a','role':'r'}],'tags':['x'],'map':{'k':'v'},'free':{'a':1}}",
                        schema);
        ObjectNode second =
                apply(
                        first,
                        "two",
                        "{'users':[{'name':'b'}],'tags':['y'],'map':{'l':'w'},'free':{'b':{'c':2}}}",
                        schema);
        assertEquals(
                json(
                        "{'users':[{'name':'a','role':'r'},{'name':'b'}],'tags':['x','y'],"
                                + "'map':{'k':'v','l':'w'},'free':{'a':1,'b':{'c':2}}}"),
                second.get("spec"));
        // The first manager lets go of its entry.
        ObjectNode third = apply(second, "one", "{'tags':['x']}", schema);
        assertEquals(
                json(
                        "{'users':[{'name':'b'}],'tags':['x','y'],'map':{'l':'w'},'free':{'b':{'c':2}}}"),
                third.get("spec"));
    }

    @Test
    void metadataHasItsBuiltInType() {
        TypeSchema type =
                new StructuralTypes(Schema.builtIn())
                        .objectType("example.com.v1.Thing", KIND, spec(""));
        var ref = (FieldType.Ref) type.fields().get("metadata").type();
        assertEquals("meta.v1.ObjectMeta", ref.name());
        assertEquals(Schema.builtIn().type("meta.v1.ObjectMeta"), ref.target());
    }
}
