package dev.pilothouse.ui.shell;

import dev.pilothouse.ui.action.Action;
import dev.pilothouse.ui.action.Action.Answer;
import dev.pilothouse.ui.action.ActionRunner;
import dev.pilothouse.ui.action.Actions;
import dev.pilothouse.ui.action.Pairs;
import dev.pilothouse.ui.action.Target;
import dev.pilothouse.ui.cluster.Cluster;
import dev.pilothouse.ui.cluster.ObjectRef;
import dev.pilothouse.ui.i18n.Texts;
import dev.pilothouse.ui.workbench.Keymap;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import javafx.stage.Window;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Brings actions from menus and keys to the server, asking what has to be asked. JavaFX thread. */
final class ActionController {

    private static final String DRAIN = "drain";

    private final Cluster cluster;
    private final Executor pulse;
    private final ActionRunner runner;
    private final Notice notice;
    private final PairActions pairs;
    private final Supplier<@Nullable Window> owner;

    /**
     * For the objects of one cluster.
     *
     * @param owner the window that dialogs belong to
     */
    ActionController(
            Cluster cluster, Executor pulse, Notice notice, Supplier<@Nullable Window> owner) {
        this.cluster = cluster;
        this.pulse = pulse;
        this.runner = new ActionRunner(cluster, pulse, InstantSource.system());
        this.notice = notice;
        this.owner = owner;
        this.pairs = new PairActions(runner, notice, owner);
    }

    /** What can be done to an object: the ids of actions, in their order. */
    static List<String> offered(ObjectRef object) {
        Target target = target(object);
        List<String> ids = new ArrayList<>(Actions.of(target).stream().map(Action::id).toList());
        if (target.resource().equals("nodes")) {
            // What is for every kind comes last.
            ids.add(ids.indexOf("label"), DRAIN);
        }
        return ids;
    }

    /** What can be done to several objects at once: what needs no answer or one for all. */
    static List<String> offeredToMany(ObjectRef first) {
        return Actions.of(target(first)).stream()
                .filter(action ->
                        switch (action.input()) {
                            case NONE, LABELS, ANNOTATIONS -> true;
                            case REPLICAS, IMAGE -> false;
                        })
                .map(Action::id)
                .toList();
    }

    /** Does what belongs to a key; false when nothing does. */
    boolean key(ObjectRef object, Keymap keymap, String character) {
        List<Action> meant =
                Actions.of(target(object)).stream()
                        .filter(action ->
                                keymap.keys("action." + action.id(), action.key())
                                        .equals(character))
                        .toList();
        if (!meant.isEmpty()) {
            confirmed(meant.getFirst().id(), List.of(object), () -> run(object, meant));
        }
        return !meant.isEmpty();
    }

    /** Does an action by its id, asking once for all the objects where it has to be asked. */
    void run(List<ObjectRef> objects, String id) {
        if (id.equals(DRAIN)) {
            new DrainDialog(cluster, pulse, notice).ask(objects.getFirst().name(), owner.get());
            return;
        }
        List<Action> actions =
                Actions.ALL.stream().filter(action -> action.id().equals(id)).toList();
        confirmed(id, objects, () -> run(objects, actions));
    }

    private void run(List<ObjectRef> objects, List<Action> actions) {
        Action first = actions.getFirst();
        List<Target> targets = objects.stream().map(ActionController::target).toList();
        if (targets.size() > 1 && first.input() == Action.Input.LABELS) {
            pairs.askMany(first, Pairs.LABELS, targets);
        } else if (targets.size() > 1 && first.input() == Action.Input.ANNOTATIONS) {
            pairs.askMany(first, Pairs.ANNOTATIONS, targets);
        } else {
            objects.forEach(object -> run(object, actions));
        }
    }

    /** An eviction is always asked about, a restart in protected clusters. */
    private void confirmed(String id, List<ObjectRef> objects, Runnable yes) {
        if (Actions.ASKED.contains(id)
                || cluster.marks().guarded() && Actions.GUARDED.contains(id)) {
            new ConfirmDialog(cluster).ask(id, objects, owner.get(), yes);
        } else {
            yes.run();
        }
    }

    /** Does the one of these that fits the object as it is now. */
    private void run(ObjectRef object, List<Action> actions) {
        Target target = target(object);
        runner.read(
                target,
                live ->
                        actions.stream()
                                .filter(action -> action.fits().test(live))
                                .findFirst()
                                .ifPresentOrElse(
                                        action -> ask(action, target, live),
                                        () ->
                                                notice.done(
                                                        Texts.text(
                                                                "action.nothing", target.name()))),
                reason -> notice.failed(Texts.text("action.failed", target.name(), reason)));
    }

    private void ask(Action action, Target target, ObjectNode live) {
        switch (action.input()) {
            case NONE -> send(action, target, live, Answer.NONE);
            case REPLICAS ->
                    new ScaleDialog(cluster, pulse)
                            .ask(
                                    target,
                                    live,
                                    owner.get(),
                                    number -> scale(action, target, live, number));
            case IMAGE ->
                    new ImageDialog()
                            .ask(
                                    target,
                                    live,
                                    owner.get(),
                                    answer -> send(action, target, live, answer));
            case LABELS -> pairs.ask(action, Pairs.LABELS, target, live);
            case ANNOTATIONS -> pairs.ask(action, Pairs.ANNOTATIONS, target, live);
        }
    }

    private void scale(Action action, Target target, ObjectNode live, int number) {
        Runnable yes = () -> send(action, target, live, Answer.of(number));
        if (number == 0) {
            ObjectRef object = ObjectRef.of(target.kind(), target.namespace(), target.name());
            confirmed("scaleToZero", List.of(object), yes);
        } else {
            yes.run();
        }
    }

    private void send(Action action, Target target, ObjectNode live, Answer answer) {
        runner.run(
                action,
                target,
                live,
                answer,
                () ->
                        notice.done(
                                Texts.text(
                                        "action." + action.id() + ".done",
                                        target.kind().kind(),
                                        target.name(),
                                        answer.number(),
                                        answer.text())),
                reason -> notice.failed(Texts.text("action.failed", target.name(), reason)));
    }

    private static Target target(ObjectRef object) {
        return new Target(object.kind(), object.namespace(), object.name());
    }
}
