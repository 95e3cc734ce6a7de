package dev.pilothouse.server.kubelet.env;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.pilothouse.server.testing.TestCluster;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.node.ObjectNode;

class EnvironmentTest {

    private static final ObjectNode POD =
            TestCluster.json(
                    "{'metadata':{'name':'p','namespace':'n','uid':'u','labels':{'b':'2','a':'say \\u0022hi\\u0022'}},"
                            + "'spec':{'nodeName':'local','containers':[{'name':'c','resources':{'limits':{'cpu':'1500m'},'requests':{'memory':'64Mi'}}}]}}");

    private static final ConfigSource SOURCE =
            new ConfigSource() {
                @Override
                public ObjectNode configMap(String namespace, String name) {
                    return name.equals("map")
                            ? TestCluster.json("{'data':{'one':'1','two':'2'}}")
                            : null;
                }

                @Override
                public ObjectNode secret(String namespace, String name) {
                    return name.equals("hidden")
                            ? TestCluster.json("{'data':{'key':'c2VjcmV0'}}")
                            : null;
                }
            };

    @ParameterizedTest
    @CsvSource({
        "$(A), a",
        "x$(A)y$(B), xayb",
        "$$(A), $(A)",
        "$(MISSING), $(MISSING)",
        "$A, $A",
        "$(A, $(A",
        "100$, 100$",
        "$$$(A), $a"
    })
    void expands(String text, String expected) {
        assertEquals(expected, Expansion.expand(text, Map.of("A", "a", "B", "b")));
    }

    @Test
    void takesValuesFromEverywhere() {
        Map<String, String> environment =
                environment(
                        "'envFrom':[{'prefix':'M_','configMapRef':{'name':'map'}},{'secretRef':{'name':'absent','optional':true}}],"
                                + "'env':[{'name':'A','value':'$(M_one)-$(GIVEN)'},{'name':'B','value':'$(A)!'},"
                                + "{'name':'NAME','valueFrom':{'fieldRef':{'fieldPath':'metadata.name'}}},"
                                + "{'name':'IP','valueFrom':{'fieldRef':{'fieldPath':'status.podIP'}}},"
                                + "{'name':'CPU','valueFrom':{'resourceFieldRef':{'resource':'limits.cpu'}}},"
                                + "{'name':'MEM','valueFrom':{'resourceFieldRef':{'resource':'requests.memory','divisor':'1Mi'}}},"
                                + "{'name':'ALL','valueFrom':{'resourceFieldRef':{'resource':'limits.memory'}}},"
                                + "{'name':'S','valueFrom':{'secretKeyRef':{'name':'hidden','key':'key'}}},"
                                + "{'name':'NONE','valueFrom':{'configMapKeyRef':{'name':'map','key':'x','optional':true}}}]");

        assertEquals("1-given", environment.get("A"));
        assertEquals("1-given!", environment.get("B"));
        assertEquals("p", environment.get("NAME"));
        assertEquals("127.0.0.1", environment.get("IP"));
        assertEquals("2", environment.get("CPU"));
        assertEquals("64", environment.get("MEM"));
        assertEquals("1048576", environment.get("ALL"));
        assertEquals("secret", environment.get("S"));
        assertEquals(null, environment.get("NONE"));
        assertEquals("tcp://10.0.0.1:80", environment.get("MY_SVC_PORT_80_TCP"));
        assertEquals("80", environment.get("MY_SVC_SERVICE_PORT_WEB"));
        assertEquals(null, environment.get("OTHER_SERVICE_HOST"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'configMapKeyRef':{'name':'nope','key':'a'} | configmap \"nope\" not found",
                "'secretKeyRef':{'name':'nope','key':'a'} | secret \"nope\" not found",
                "'configMapKeyRef':{'name':'map','key':'a'} | couldn't find key a in ConfigMap n/map",
                "'secretKeyRef':{'name':'hidden','key':'a'} | couldn't find key a in Secret n/hidden"
            },
            quoteCharacter = '~')
    void saysWhatIsMissing(String reference, String message) {
        ConfigException missing =
                assertThrows(
                        ConfigException.class,
                        () -> environment("'env':[{'name':'A','valueFrom':{" + reference + "}}]"));

        assertEquals(message, missing.getMessage());
    }

    @Test
    void tellsLabelsLineByLine() {
        DownwardFields fields = new DownwardFields(POD, List.of(), "", Map.of());

        assertEquals("a=\"say \\\"hi\\\"\"\nb=\"2\"", fields.field("metadata.labels"));
        assertEquals("2", fields.field("metadata.labels['b']"));
    }

    private static Map<String, String> environment(String container) {
        List<ServiceView> services =
                List.of(
                        new ServiceView(
                                "n",
                                "my-svc",
                                "10.0.0.1",
                                List.of(new ServiceView.Port("web", 80, "TCP"))),
                        new ServiceView(
                                "m",
                                "other",
                                "10.0.0.2",
                                List.of(new ServiceView.Port("", 80, "TCP"))));
        return new Environment(
                        new DownwardFields(
                                POD, List.of("127.0.0.1"), "192.0.2.1", Map.of("memory", "1Mi")),
                        SOURCE,
                        services,
                        ServiceAddresses.CLUSTER_IP,
                        Map.of())
                .of(TestCluster.json("{'name':'c'," + container + "}"), Map.of("GIVEN", "given"));
    }
}
