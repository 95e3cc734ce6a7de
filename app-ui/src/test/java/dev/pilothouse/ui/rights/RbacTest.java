package dev.pilothouse.ui.rights;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import dev.pilothouse.model.codec.ObjectDecoder;
import dev.pilothouse.ui.cluster.HttpCluster;
import dev.pilothouse.ui.cluster.Kind;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

class RbacTest {

    private static final Rbac RBAC =
            Rbac.of(
                    List.of(
                            yaml(
                                    """
                                    kind: ClusterRole
                                    metadata: {name: reader}
                                    rules:
                                    - {verbs: [get, list], apiGroups: [""], resources: [pods, "*/log"]}
                                    - {verbs: ["*"], apiGroups: [apps], resources: [deployments]}
                                    """),
                            yaml(
                                    """
                                    kind: Role
                                    metadata: {name: one, namespace: shop}
                                    rules:
                                    - {verbs: [get], apiGroups: [""], resources: [secrets], resourceNames: [db]}
                                    """),
                            yaml(
                                    """
                                    kind: ClusterRoleBinding
                                    metadata: {name: all-read}
                                    roleRef: {kind: ClusterRole, name: reader}
                                    subjects: [{kind: Group, name: "system:serviceaccounts"}]
                                    """),
                            yaml(
                                    """
                                    kind: RoleBinding
                                    metadata: {name: shop-read, namespace: shop}
                                    roleRef: {kind: ClusterRole, name: reader}
                                    subjects: [{kind: User, name: ann}]
                                    """),
                            yaml(
                                    """
                                    kind: RoleBinding
                                    metadata: {name: shop-db, namespace: shop}
                                    roleRef: {kind: Role, name: one}
                                    subjects: [{kind: ServiceAccount, name: front}]
                                    """)));

    private static ObjectNode yaml(String text) {
        return ObjectDecoder.decodeYaml(text.getBytes(StandardCharsets.UTF_8)).object();
    }

    private static List<String> who(String verb, String group, String resource, String namespace) {
        return RBAC.whoCan(verb, group, resource, namespace).stream()
                .map(grant -> grant.subject().text() + " " + grant.rule().namesText())
                .map(String::strip)
                .toList();
    }

    @Test
    void tellsWhoMayByBindingsOfTheClusterAndOfTheNamespace() {
        String all = "Group system:serviceaccounts";
        assertEquals(List.of(all, "User ann"), who("get", "", "pods", "shop"));
        assertEquals(List.of(all), who("get", "", "pods", "elsewhere"));
        assertEquals(List.of(all), who("get", "", "pods", ""));
        assertEquals(List.of(all, "User ann"), who("get", "", "pods/log", "shop"));
        assertEquals(List.of(), who("delete", "", "pods", "shop"));
        assertEquals(List.of(all), who("deletecollection", "apps", "deployments", ""));
        assertEquals(List.of(), who("get", "batch", "deployments", ""));
        assertEquals(List.of("ServiceAccount shop/front db"), who("get", "", "secrets", "shop"));
    }

    @Test
    void tellsWhatAnAccountMayByItsGroupsAsWell() {
        assertEquals(
                List.of("all-read", "all-read", "shop-db"),
                RBAC.grantsOfAccount("shop", "front").stream()
                        .map(grant -> grant.binding().name())
                        .toList());
        assertEquals(2, RBAC.grantsOfAccount("other", "front").size());
        assertEquals(2, RBAC.bindingsOf("ClusterRole", "", "reader").size());
        assertEquals(0, RBAC.bindingsOf("Role", "other", "one").size());
    }

    @Test
    void readsResourcesAsPeopleWriteThem() {
        List<Kind> kinds = List.of(new Kind("apps", "v1", "deployments", "Deployment", true));
        Question question = Question.of("get", "deployments/scale", "shop", kinds);
        assertEquals("apps", question.group());
        assertEquals("deployments/scale", question.path());
        assertEquals("x.example.com", Question.of("get", "ships.x.example.com", "", kinds).group());
        assertEquals(
                "{\"kind\":\"SelfSubjectAccessReview\",\"apiVersion\":\"authorization.k8s.io/v1\","
                        + "\"spec\":{\"resourceAttributes\":{\"namespace\":\"shop\",\"verb\":\"get\","
                        + "\"group\":\"apps\",\"resource\":\"deployments\",\"subresource\":\"scale\"}}}",
                question.review().toString());
    }

    @Test
    void saysThatAServerDoesNotAnswerSuchQuestions() throws Exception {
        HttpServer server =
                HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 0);
        server.createContext(
                "/",
                exchange -> {
                    exchange.sendResponseHeaders(404, -1);
                    exchange.close();
                });
        server.start();
        URI endpoint = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
        BlockingQueue<RightsModel.Answer> answers = new ArrayBlockingQueue<>(1);
        try (HttpCluster cluster = new HttpCluster(endpoint, SSLContext.getDefault())) {
            new RightsModel(cluster, Runnable::run, answers::add)
                    .ask(new Question("get", "", "pods", "", ""));
            RightsModel.Answer answer = answers.poll(60, TimeUnit.SECONDS);

            assertNull(answer.allowed());
            assertTrue(answer.me().contains("does not answer"), answer.me());
            assertTrue(answer.mineProblem().contains("does not answer"), answer.mineProblem());
            assertTrue(answer.problem().contains("cannot be read"), answer.problem());
            assertFalse(answer.who().iterator().hasNext());
        } finally {
            server.stop(0);
        }
    }
}
