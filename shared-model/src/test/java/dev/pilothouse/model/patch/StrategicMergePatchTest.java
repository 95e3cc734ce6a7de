package dev.pilothouse.model.patch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.model.meta.ApiException;
import dev.pilothouse.model.meta.StatusReason;
import dev.pilothouse.model.schema.Schema;
import dev.pilothouse.model.schema.TypeSchema;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.node.ObjectNode;

class StrategicMergePatchTest {

    private static TypeSchema type(String name) {
        return Objects.requireNonNull(Schema.builtIn().type(name), name);
    }

    private static ObjectNode json(String text) {
        return Json.parseObject(text);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    # set image
                    {"containers":[{"name":"a","image":"1","env":[{"name":"E"}]},{"name":"b"}]} | {"$setElementOrder/containers":[{"name":"a"},{"name":"b"}],"containers":[{"name":"a","image":"2"}]} | {"containers":[{"name":"a","image":"2","env":[{"name":"E"}]},{"name":"b"}]}
                    # remove an environment variable
                    {"containers":[{"name":"a","env":[{"name":"X","value":"1"},{"name":"Y"}]}]} | {"containers":[{"name":"a","env":[{"name":"X","$patch":"delete"}]}]} | {"containers":[{"name":"a","env":[{"name":"Y"}]}]}
                    # ports by number
                    {"containers":[{"name":"a","ports":[{"containerPort":80}]}]} | {"containers":[{"name":"a","ports":[{"containerPort":80,"name":"http"}]}]} | {"containers":[{"name":"a","ports":[{"containerPort":80,"name":"http"}]}]}
                    # a new element comes first when no order is given
                    {"containers":[{"name":"a"},{"name":"b"}]} | {"containers":[{"name":"c","command":null}]} | {"containers":[{"name":"c"},{"name":"a"},{"name":"b"}]}
                    # an order moves elements, others stay by their neighbours
                    {"containers":[{"name":"a"},{"name":"x"},{"name":"b"}]} | {"$setElementOrder/containers":[{"name":"b"},{"name":"a"}]} | {"containers":[{"name":"x"},{"name":"b"},{"name":"a"}]}
                    {"containers":[{"name":"x"},{"name":"a"}]} | {"$setElementOrder/containers":[{"name":"n"},{"name":"a"}],"containers":[{"name":"n"}]} | {"containers":[{"name":"n"},{"name":"x"},{"name":"a"}]}
                    # replace all elements
                    {"containers":[{"name":"a"},{"name":"b"}]} | {"containers":[{"name":"c"},{"$patch":"replace"}]} | {"containers":[{"name":"c"}]}
                    # lists that are not merged
                    {"tolerations":[{"key":"a"}]} | {"tolerations":[{"key":"b"}]} | {"tolerations":[{"key":"b"}]}
                    # null, new field, replaced map, deleted map
                    {"nodeName":"n","hostname":"h"} | {"nodeName":null,"subdomain":"s"} | {"hostname":"h","subdomain":"s"}
                    {"securityContext":{"runAsUser":1}} | {"securityContext":{"$patch":"replace","runAsGroup":2}} | {"securityContext":{"runAsGroup":2}}
                    {"securityContext":{"runAsUser":1}} | {"securityContext":{"$patch":"delete"}} | {"securityContext":{}}
                    {"nodeSelector":{"a":"1"}} | {"nodeSelector":{"b":"2"}} | {"nodeSelector":{"a":"1","b":"2"}}
                    # retained keys of a volume
                    {"volumes":[{"name":"v","emptyDir":{}}]} | {"volumes":[{"name":"v","$retainKeys":["name","hostPath"],"hostPath":{"path":"/"}}]} | {"volumes":[{"name":"v","hostPath":{"path":"/"}}]}
                    # directives never get stored
                    {} | {"containers":[{"name":"a","env":[{"name":"X","$patch":"delete"}],"$setElementOrder/env":[]}],"$setElementOrder/containers":[{"name":"a"}]} | {"containers":[{"name":"a","env":[]}]}
                    """)
    void patchesPodSpecs(String target, String patch, String expected) {
        ObjectNode before = json(target);
        ObjectNode changes = json(patch);
        ObjectNode result = StrategicMergePatch.apply(before, changes, type("core.v1.PodSpec"));
        assertEquals(json(expected), result);
        assertEquals(json(target), before);
        assertEquals(json(patch), changes);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    {"finalizers":["a","b"]} | {"finalizers":["b","c"]}                        | {"finalizers":["a","b","c"]}
                    {"finalizers":["a","b"]} | {"$deleteFromPrimitiveList/finalizers":["a"]}   | {"finalizers":["b"]}
                    {"finalizers":["a"]}     | {"$setElementOrder/finalizers":["b","a"],"finalizers":["b"]} | {"finalizers":["b","a"]}
                    {"finalizers":["a","b"]} | {"$deleteFromPrimitiveList/finalizers":["a"],"$setElementOrder/finalizers":["c","b"],"finalizers":["c"]} | {"finalizers":["c","b"]}
                    {"labels":{"a":"1"}}     | {"labels":{"a":null,"b":"2"}}                   | {"labels":{"b":"2"}}
                    {"labels":{"a":"1"}}     | {"labels":null}                                 | {}
                    """)
    void patchesMetadata(String target, String patch, String expected) {
        assertEquals(
                json(expected),
                StrategicMergePatch.apply(json(target), json(patch), type("meta.v1.ObjectMeta")));
    }

    @Test
    void retainsOnlyNamedKeysOfAStrategy() {
        ObjectNode result =
                StrategicMergePatch.apply(
                        json(
                                "{\"strategy\":{\"type\":\"RollingUpdate\",\"rollingUpdate\":{\"maxSurge\":1}}}"),
                        json("{\"strategy\":{\"$retainKeys\":[\"type\"],\"type\":\"Recreate\"}}"),
                        type("apps.v1.DeploymentSpec"));
        assertEquals(json("{\"strategy\":{\"type\":\"Recreate\"}}"), result);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    {"containers":[{"image":"x","tty":true}]}             | map: map[image:x tty:true] does not contain declared merge key: name
                    {"containers":[{"$patch":"delete"}]}                  | map: map[$patch:delete] does not contain declared merge key: name
                    {"containers":[{"name":"a","$patch":"jump"}]}         | unknown patch type: jump in map: map[$patch:jump name:a]
                    {"$patch":7}                                          | unknown patch type: 7 in map: map[$patch:7]
                    {"$retainKeys":["hostname"],"nodeName":"x"}           | invalid patch format of retainKeys
                    {"$retainKeys":"x"}                                   | expected a slice, but received a string
                    {"$setElementOrder/containers":7}                     | expected a slice, but received a int64
                    {"$deleteFromPrimitiveList/containers":{}}            | expected a slice, but received a map[string]interface {}
                    {"containers":["a"]}                                  | list element types are not identical
                    {"containers":[[]]}                                   | lists of lists are not supported
                    {"containers":[{"name":"a","$patch":"merge"}]}        | merging lists cannot yet be specified in the patch
                    """)
    void refusesMalformedPatches(String patch, String message) {
        ObjectNode target = json("{\"containers\":[{\"name\":\"a\"}]}");
        ApiException error =
                assertThrows(
                        ApiException.class,
                        () ->
                                StrategicMergePatch.apply(
                                        target, json(patch), type("core.v1.PodSpec")));
        assertEquals(StatusReason.BAD_REQUEST, error.reason());
        assertEquals(message, error.getMessage());
    }

    @Test
    void refusesAnOrderThatContradictsTheList() {
        assertThrows(
                ApiException.class,
                () ->
                        StrategicMergePatch.apply(
                                json("{\"containers\":[{\"name\":\"a\"}]}"),
                                json(
                                        "{\"$setElementOrder/containers\":[{\"name\":\"a\"}],\"containers\":[{\"name\":\"b\"}]}"),
                                type("core.v1.PodSpec")));
    }
}
