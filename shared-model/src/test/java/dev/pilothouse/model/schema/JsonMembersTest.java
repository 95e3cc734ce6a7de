package dev.pilothouse.model.schema;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.pilothouse.model.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.Test;

final class JsonMembersTest {

    @Test
    void findsMembersWhateverTheirValues() {
        String json =
                "{\"a\":1,\"b\\\"}\":\"x,}\\\\\",\"c\":{\"d\":[1,{\"e\":\"]\"}],\"f\":{}},\"g\":[],\"h\":null}";

        Map<String, String> found = members(json);

        assertEquals(
                Map.of(
                        "a", "1",
                        "b\\\"}", "\"x,}\\\\\"",
                        "c", "{\"d\":[1,{\"e\":\"]\"}],\"f\":{}}",
                        "g", "[]",
                        "h", "null"),
                found);
    }

    @Test
    void passesOverBlanks() {
        assertEquals(
                Map.of("a", "[ 1 ] ", "b", "2\n"), members("{ \"a\" :\t[ 1 ] ,\r\n \"b\": 2\n}"));
    }

    @Test
    void findsNothingInNothing() {
        assertEquals(Map.of(), members("{}"));
    }

    @Test
    void refusesWhatIsNoObject() {
        assertThrows(NoSuchElementException.class, () -> members("[1]"));
    }

    @Test
    void everyTypeOfTheShippedDataCanBeRead() {
        Schema schema = Schema.builtIn();

        for (String name : schema.typeNames()) {
            TypeSchema type = schema.type(name);
            assertEquals(name, type == null ? "" : type.name());
            if (type != null && type.kind() != null) {
                assertEquals(type, schema.typeOf(type.kind()));
            }
        }
    }

    private static Map<String, String> members(String json) {
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        Map<String, String> found = new LinkedHashMap<>();
        JsonMembers members = new JsonMembers(bytes, 0);
        while (members.next()) {
            String value =
                    new String(
                            bytes,
                            members.start(),
                            members.end() - members.start(),
                            StandardCharsets.UTF_8);
            assertEquals(Json.parse(value), members.value());
            found.put(members.name(), value);
        }
        return found;
    }
}
