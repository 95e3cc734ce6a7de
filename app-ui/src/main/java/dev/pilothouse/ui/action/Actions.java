package dev.pilothouse.ui.action;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.ui.action.Action.Answer;
import dev.pilothouse.ui.action.Action.Input;
import dev.pilothouse.ui.cluster.ApiCall;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import tools.jackson.databind.node.ObjectNode;

/**
 * The list of actions, in the order of menus. Each sends what kubectl sends for the same: scale,
 * rollout restart, rollout pause, rollout resume, set image, cordon, uncordon, create job --from,
 * label, annotate. Add new ones here.
 */
public final class Actions {

    private static final Set<String> SCALABLE =
            Set.of(
                    "deployments.apps",
                    "replicasets.apps",
                    "statefulsets.apps",
                    "replicationcontrollers");
    private static final Set<String> TEMPLATED =
            Set.of("deployments.apps", "statefulsets.apps", "daemonsets.apps");
    private static final Set<String> DEPLOYMENTS = Set.of("deployments.apps");
    private static final Set<String> NODES = Set.of("nodes");
    private static final Set<String> CRON_JOBS = Set.of("cronjobs.batch");
    private static final Set<String> EVERY = Set.of();
    private static final Predicate<ObjectNode> ANY = _ -> true;

    private static final Set<String> PODS = Set.of("pods");

    /** Those that are asked about in every cluster. */
    public static final Set<String> ASKED = Set.of("evict");

    /** Those that are asked about in protected clusters. */
    public static final Set<String> GUARDED = Set.of("restart", "scaleToZero");

    /** All of them. */
    public static final List<Action> ALL =
            List.of(
                    new Action("scale", "+", SCALABLE, ANY, Input.REPLICAS, Actions::scale),
                    new Action("restart", "r", TEMPLATED, ANY, Input.NONE, Actions::restart),
                    new Action("setImage", "i", TEMPLATED, ANY, Input.IMAGE, Actions::setImage),
                    new Action(
                            "pause",
                            "",
                            DEPLOYMENTS,
                            live -> !Json.bool(live, "spec", "paused"),
                            Input.NONE,
                            (target, _, _, _) -> List.of(paused(target, true))),
                    new Action(
                            "resume",
                            "",
                            DEPLOYMENTS,
                            live -> Json.bool(live, "spec", "paused"),
                            Input.NONE,
                            (target, _, _, _) -> List.of(paused(target, false))),
                    new Action(
                            "cordon",
                            "c",
                            NODES,
                            live -> !Json.bool(live, "spec", "unschedulable"),
                            Input.NONE,
                            (target, _, _, _) -> List.of(cordon(target, true))),
                    new Action(
                            "uncordon",
                            "c",
                            NODES,
                            live -> Json.bool(live, "spec", "unschedulable"),
                            Input.NONE,
                            (target, _, _, _) -> List.of(cordon(target, false))),
                    new Action("evict", "", PODS, ANY, Input.NONE, Actions::evict),
                    new Action("trigger", "", CRON_JOBS, ANY, Input.NONE, Actions::trigger),
                    new Action(
                            "suspend",
                            "",
                            CRON_JOBS,
                            live -> !Json.bool(live, "spec", "suspend"),
                            Input.NONE,
                            (target, _, _, _) -> List.of(suspend(target, true))),
                    new Action(
                            "unsuspend",
                            "",
                            CRON_JOBS,
                            live -> Json.bool(live, "spec", "suspend"),
                            Input.NONE,
                            (target, _, _, _) -> List.of(suspend(target, false))),
                    new Action(
                            "label",
                            "",
                            EVERY,
                            ANY,
                            Input.LABELS,
                            (target, live, answer, _) ->
                                    Pairs.LABELS.calls(target, live, answer.pairs())),
                    new Action(
                            "annotate",
                            "",
                            EVERY,
                            ANY,
                            Input.ANNOTATIONS,
                            (target, live, answer, _) ->
                                    Pairs.ANNOTATIONS.calls(target, live, answer.pairs())));

    private Actions() {}

    /** What can be done to objects of this kind, whether it fits the object now or not. */
    public static List<Action> of(Target target) {
        return ALL.stream().filter(action -> action.isFor(target)).toList();
    }

    /** A request that makes a node take no more pods, or take them again. */
    static ApiCall cordon(Target target, boolean unschedulable) {
        ObjectNode patch = Json.object();
        ObjectNode spec = patch.putObject("spec");
        if (unschedulable) {
            spec.put("unschedulable", true);
        } else {
            spec.putNull("unschedulable");
        }
        return ApiCall.strategic(target.path(), patch);
    }

    /** As kubectl drain does, for one pod: disruption budgets may refuse it. */
    private static List<ApiCall> evict(Target target, ObjectNode live, Answer answer, Instant now) {
        ObjectNode eviction = Json.object();
        eviction.put("apiVersion", "policy/v1");
        eviction.put("kind", "Eviction");
        eviction.putObject("metadata")
                .put("name", target.name())
                .put("namespace", target.namespace());
        return List.of(ApiCall.post(target.path("eviction"), eviction));
    }

    private static List<ApiCall> scale(Target target, ObjectNode live, Answer answer, Instant now) {
        ObjectNode patch = Json.object();
        patch.putObject("spec").put("replicas", answer.number());
        return List.of(ApiCall.merge(target.path("scale"), patch));
    }

    private static List<ApiCall> restart(
            Target target, ObjectNode live, Answer answer, Instant now) {
        ObjectNode patch = Json.object();
        patch.putObject("spec")
                .putObject("template")
                .putObject("metadata")
                .putObject("annotations")
                .put(
                        "kubectl.kubernetes.io/restartedAt",
                        now.truncatedTo(ChronoUnit.SECONDS).toString());
        return List.of(ApiCall.strategic(target.path(), patch));
    }

    private static List<ApiCall> setImage(
            Target target, ObjectNode live, Answer answer, Instant now) {
        ObjectNode patch = Json.object();
        ObjectNode spec = patch.putObject("spec").putObject("template").putObject("spec");
        spec.putArray("$setElementOrder/containers").addAll(order(live));
        spec.putArray("containers")
                .addObject()
                .put("image", answer.text())
                .put("name", answer.container());
        return List.of(ApiCall.strategic(target.path(), patch));
    }

    private static List<ObjectNode> order(ObjectNode live) {
        return Json.objects(live, "spec", "template", "spec", "containers").stream()
                .map(container -> Json.object().put("name", Json.text(container, "name")))
                .toList();
    }

    private static ApiCall paused(Target target, boolean paused) {
        ObjectNode patch = Json.object();
        ObjectNode spec = patch.putObject("spec");
        if (paused) {
            spec.put("paused", true);
        } else {
            spec.putNull("paused");
        }
        return ApiCall.strategic(target.path(), patch);
    }

    private static ApiCall suspend(Target target, boolean suspend) {
        ObjectNode patch = Json.object();
        patch.putObject("spec").put("suspend", suspend);
        return ApiCall.strategic(target.path(), patch);
    }

    /** A job of a cron job, now, owned by it as its own jobs are. */
    private static List<ApiCall> trigger(
            Target target, ObjectNode live, Answer answer, Instant now) {
        ObjectNode job = Json.object().put("apiVersion", "batch/v1").put("kind", "Job");
        ObjectNode metadata = job.putObject("metadata");
        metadata.put("generateName", target.name() + "-manual-");
        metadata.put("namespace", target.namespace());
        ObjectNode template = Json.objectAt(live, "spec", "jobTemplate");
        ObjectNode annotations = metadata.putObject("annotations");
        annotations.put("cronjob.kubernetes.io/instantiate", "manual");
        Json.stringMap(template, "metadata", "annotations").forEach(annotations::put);
        ObjectNode labels = metadata.putObject("labels");
        Json.stringMap(template, "metadata", "labels").forEach(labels::put);
        metadata.putArray("ownerReferences")
                .addObject()
                .put("apiVersion", "batch/v1")
                .put("kind", "CronJob")
                .put("name", target.name())
                .put("uid", Json.text(live, "metadata", "uid"))
                .put("controller", true);
        ObjectNode spec = Json.objectAt(template, "spec");
        job.set("spec", spec == null ? Json.object() : spec.deepCopy());
        return List.of(
                ApiCall.post("/apis/batch/v1/namespaces/" + target.namespace() + "/jobs", job));
    }
}
