package dev.pilothouse.ui.rights;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.ui.cluster.ApiCall;
import dev.pilothouse.ui.cluster.Cluster;
import dev.pilothouse.ui.cluster.Kind;
import dev.pilothouse.ui.cluster.RefusedException;
import dev.pilothouse.ui.i18n.Texts;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Asks the server in the background, and answers through an executor. */
final class RightsModel {

    private static final String GROUP = "rbac.authorization.k8s.io";
    private static final List<Kind> KINDS =
            List.of(
                    new Kind(GROUP, "v1", "roles", "Role", true),
                    new Kind(GROUP, "v1", "clusterroles", "ClusterRole", false),
                    new Kind(GROUP, "v1", "rolebindings", "RoleBinding", true),
                    new Kind(GROUP, "v1", "clusterrolebindings", "ClusterRoleBinding", false));
    private static final String REVIEWS = "/apis/authorization.k8s.io/v1/";
    private static final int NOT_FOUND = 404;
    private static final String USUAL = "default";

    private final Cluster cluster;
    private final Executor back;
    private final Consumer<Answer> listener;
    private @Nullable Thread asking;

    /**
     * All that is shown.
     *
     * @param question that was asked
     * @param me what the server says of the user, in a sentence
     * @param allowed whether the user may; null when the server cannot tell
     * @param who may, from the RBAC objects
     * @param problem why those cannot be read, or empty
     * @param mine what the user may do in the namespace
     * @param mineProblem why that cannot be told, or is not all, or empty
     */
    record Answer(
            Question question,
            String me,
            @Nullable Boolean allowed,
            List<Rbac.Grant> who,
            String problem,
            List<Rule> mine,
            String mineProblem) {}

    RightsModel(Cluster cluster, Executor back, Consumer<Answer> listener) {
        this.cluster = cluster;
        this.back = back;
        this.listener = listener;
    }

    /** Asks; an answer that is still under way is of no interest any more. */
    void ask(Question question) {
        stop();
        asking =
                Thread.ofVirtual()
                        .name("rights")
                        .start(() -> {
                            try {
                                Answer answer = answer(question);
                                if (!Thread.currentThread().isInterrupted()) {
                                    back.execute(() -> listener.accept(answer));
                                }
                            } catch (InterruptedException e) {
                                Thread.currentThread().interrupt();
                            }
                        });
    }

    void stop() {
        if (asking != null) {
            asking.interrupt();
            asking = null;
        }
    }

    private Answer answer(Question question) throws InterruptedException {
        String me;
        Boolean allowed = null;
        try {
            ObjectNode answer =
                    cluster.call(
                            ApiCall.post(REVIEWS + "selfsubjectaccessreviews", question.review()));
            allowed = Json.bool(answer, "status", "allowed");
            String reason = Json.text(answer, "status", "reason");
            me =
                    Texts.text(allowed ? "rights.yes" : "rights.no")
                            + (reason.isEmpty() ? "" : " " + reason);
        } catch (IOException e) {
            me = unable(e);
        }
        List<Rbac.Grant> who = List.of();
        String problem = "";
        try {
            who = who(question);
        } catch (IOException e) {
            problem = Texts.text("rights.unreadable", String.valueOf(e.getMessage()));
        }
        List<Rule> mine = new ArrayList<>();
        String mineProblem = "";
        try {
            mineProblem = mine(question, mine);
        } catch (IOException e) {
            mineProblem = unable(e);
        }
        return new Answer(question, me, allowed, who, problem, List.copyOf(mine), mineProblem);
    }

    /** A server without these reviews is plain about it, and so is the window. */
    private static String unable(IOException e) {
        return e instanceof RefusedException refused && refused.code() == NOT_FOUND
                ? Texts.text("rights.notServed")
                : Texts.text("rights.failed", String.valueOf(e.getMessage()));
    }

    private List<Rbac.Grant> who(Question question) throws IOException, InterruptedException {
        List<ObjectNode> objects = new ArrayList<>();
        for (Kind kind : KINDS) {
            for (ObjectNode object : cluster.objects(kind, "", "")) {
                // Items of lists do not say their kind.
                objects.add(object.put("kind", kind.kind()));
            }
        }
        List<Rbac.Grant> grants =
                new ArrayList<>(
                        Rbac.of(objects)
                                .whoCan(
                                        question.verb(),
                                        question.group(),
                                        question.path(),
                                        question.namespace()));
        grants.sort(
                Comparator.comparing((Rbac.Grant grant) -> grant.subject().kind().equals("Group"))
                        .thenComparing(grant -> grant.subject().text()));
        return grants;
    }

    private String mine(Question question, List<Rule> rules)
            throws IOException, InterruptedException {
        ObjectNode review =
                Json.object()
                        .put("kind", "SelfSubjectRulesReview")
                        .put("apiVersion", "authorization.k8s.io/v1");
        review.putObject("spec")
                .put("namespace", question.namespace().isEmpty() ? USUAL : question.namespace());
        ObjectNode answer = cluster.call(ApiCall.post(REVIEWS + "selfsubjectrulesreviews", review));
        for (String field : List.of("resourceRules", "nonResourceRules")) {
            Json.objects(answer, "status", field).forEach(rule -> rules.add(Rule.of(rule)));
        }
        return Json.bool(answer, "status", "incomplete") ? Texts.text("rights.incomplete") : "";
    }
}
