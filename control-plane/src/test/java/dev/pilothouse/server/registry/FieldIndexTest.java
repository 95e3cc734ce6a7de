package dev.pilothouse.server.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.model.meta.GroupResource;
import dev.pilothouse.model.meta.ObjectKey;
import dev.pilothouse.model.schema.Schema;
import dev.pilothouse.server.storage.IndexFields;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.core.JacksonException;

class FieldIndexTest {

    private static final FieldIndex INDEX = new FieldIndex(Schema.builtIn());

    private static IndexFields extract(String group, String resource, String json) {
        GroupResource stored = new GroupResource(group, resource);
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        IndexFields scanned = INDEX.extract(new ObjectKey(stored, "ns", "n"), bytes);
        IndexFields fromTree = INDEX.of(stored, Json.parseObject(bytes));
        assertEquals(fromTree.toString(), scanned.toString(), "bytes and tree must agree");
        return scanned;
    }

    @Test
    void readsLabelsAndFieldsOfAPod() {
        IndexFields found =
                extract(
                        "",
                        "pods",
                        """
                        {"spec":{"containers":[{"nodeName":"not this"}],"nodeName":"n1",
                         "hostNetwork":true,"restartPolicy":"Never"},
                         "metadata":{"annotations":{"labels":"no"},
                          "labels":{"a":"1","\\u00e9":"\\u00fc\\n","n":null,"o":{"x":"y"}},"name":"p"},
                         "status":{"phase":"Running","podIP":"10.0.0.1","conditions":[[{}]]}}\
                        """);
        assertEquals("1", found.label("a"));
        assertEquals("ü\n", found.label("é"));
        assertEquals(null, found.label("o"));
        assertEquals("n1", found.field("spec.nodeName"));
        assertEquals("Running", found.field("status.phase"));
        assertEquals("10.0.0.1", found.field("status.podIP"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "     |pods       |{}",
                "     |pods       |{\"metadata\":null,\"spec\":[1,{}],\"status\":\"odd\"}",
                "     |pods       |{\"spec\":{\"nodeName\":{\"x\":1},\"hostNetwork\":false}}",
                "     |pods       |{\"metadata\":{\"labels\":[\"a\"]},\"spec\":{\"nodeName\":null}}",
                "     |nodes      |{\"spec\":{\"unschedulable\":true}}",
                "     |nodes      |{\"metadata\":{\"labels\":{}}}",
                "batch|jobs       |{\"status\":{\"succeeded\":3}}",
                "     |events     |{\"source\":{\"component\":\"k\"},\"type\":\"Normal\"}",
                "     |events     |{\"reportingComponent\":\"r\",\"involvedObject\":{\"name\":\"x\"}}",
                "     |configmaps |{\"metadata\":{\"labels\":{\"a\":\"b\"}},\"data\":{\"c\":\"d\"}}",
                "x.io |things     |{\"metadata\":{\"labels\":{\"a\":\"b\"}},\"spec\":{\"y\":[1.5]}}"
            })
    void findsInBytesWhatIsInTheTree(String group, String resource, String json) {
        extract(group == null ? "" : group, resource, json);
    }

    @Test
    void refusesWhatIsNoObject() {
        var key = new ObjectKey(new GroupResource("", "pods"), "ns", "n");
        for (String json : new String[] {"[]", "7", "{\"metadata\":{", ""}) {
            byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
            assertThrows(JacksonException.class, () -> INDEX.extract(key, bytes), json);
        }
    }
}
