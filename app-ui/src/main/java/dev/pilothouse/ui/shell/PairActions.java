package dev.pilothouse.ui.shell;

import dev.pilothouse.ui.action.Action;
import dev.pilothouse.ui.action.Action.Answer;
import dev.pilothouse.ui.action.ActionRunner;
import dev.pilothouse.ui.action.PairChanges;
import dev.pilothouse.ui.action.Pairs;
import dev.pilothouse.ui.action.Target;
import dev.pilothouse.ui.i18n.Texts;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import javafx.stage.Window;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Changes labels and annotations of one object or of many, and takes it back when the user wants.
 * JavaFX thread only.
 */
final class PairActions {

    /** So many objects are changed at the same time. */
    private static final int AT_ONCE = 4;

    private final ActionRunner runner;
    private final Notice notice;
    private final Supplier<@Nullable Window> owner;

    PairActions(ActionRunner runner, Notice notice, Supplier<@Nullable Window> owner) {
        this.runner = runner;
        this.notice = notice;
        this.owner = owner;
    }

    /** Asks about one object, as it is now. */
    void ask(Action action, Pairs pairs, Target target, ObjectNode live) {
        PairsDialog.one(pairs, target, live)
                .ask(
                        owner.get(),
                        changes -> new Round(action, pairs, Map.of(target, changes)).start());
    }

    /** Asks once about several objects of a kind. */
    void askMany(Action action, Pairs pairs, List<Target> targets) {
        PairsDialog.many(pairs, targets)
                .ask(
                        owner.get(),
                        changes -> {
                            Map<Target, PairChanges> wanted = new LinkedHashMap<>();
                            targets.forEach(target -> wanted.put(target, changes));
                            new Round(action, pairs, wanted).start();
                        });
    }

    /** One change of all objects, a few at a time, each as it is when its turn comes. */
    private final class Round {

        private final Action action;
        private final Pairs pairs;
        private final int total;
        private final Iterator<Map.Entry<Target, PairChanges>> left;
        private final Map<Target, PairChanges> back = new LinkedHashMap<>();
        private final Target first;
        private int underWay;
        private int failed;
        private String reason = "";

        Round(Action action, Pairs pairs, Map<Target, PairChanges> wanted) {
            this.action = action;
            this.pairs = pairs;
            this.total = wanted.size();
            this.left = wanted.entrySet().iterator();
            this.first = wanted.keySet().iterator().next();
        }

        void start() {
            for (int i = 0; i < AT_ONCE && left.hasNext(); i++) {
                next();
            }
        }

        private void next() {
            if (left.hasNext()) {
                underWay++;
                Map.Entry<Target, PairChanges> turn = left.next();
                Target target = turn.getKey();
                runner.read(
                        target,
                        live -> change(target, live, turn.getValue()),
                        why -> refused(target, why));
            } else if (underWay == 0) {
                end();
            }
        }

        private void change(Target target, ObjectNode live, PairChanges wanted) {
            Map<String, String> before = pairs.of(live);
            PairChanges changes = wanted.against(before);
            if (changes.isEmpty()) {
                settled();
                return;
            }
            runner.run(
                    action,
                    target,
                    live,
                    Answer.pairs(changes),
                    () -> {
                        back.put(target, changes.reverse(before));
                        settled();
                    },
                    why -> refused(target, why));
        }

        private void refused(Target target, String why) {
            if (failed++ == 0) {
                reason = Texts.text("action.failed", target.name(), why);
            }
            settled();
        }

        private void settled() {
            underWay--;
            next();
        }

        private void end() {
            if (failed > 0) {
                notice.failed(
                        total == 1 ? reason : Texts.text("pairs.failed", failed, total, reason));
            } else if (back.isEmpty()) {
                notice.done(
                        total == 1
                                ? Texts.text("action.nothing", first.name())
                                : Texts.text("pairs.nothing"));
            } else {
                notice.done(
                        sentence(),
                        Texts.text("pairs.undo"),
                        () -> new Round(action, pairs, back).start());
            }
        }

        private String sentence() {
            return total == 1
                    ? Texts.text(
                            "action." + action.id() + ".done", first.kind().kind(), first.name())
                    : Texts.text("pairs." + pairs.field() + ".doneMany", back.size());
        }
    }
}
