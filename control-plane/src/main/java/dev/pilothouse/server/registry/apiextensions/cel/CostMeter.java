package dev.pilothouse.server.registry.apiextensions.cel;

import dev.cel.common.ast.CelExpr;
import dev.cel.common.values.CelByteString;
import dev.cel.runtime.CelEvaluationListener;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * Counts what the evaluation of one expression costs, in the units of Kubernetes: about one for
 * each operation and one for ten characters looked at. Used by one thread. Source: cel-go's
 * interpreter/runtimecost.go and apiserver's pkg/cel/library/cost.go.
 */
final class CostMeter implements CelEvaluationListener {

    /** What one evaluation may cost (apiserver's PerCallLimit). */
    static final long CALL_LIMIT = 1_000_000;

    /** What all rules of one object may cost together (apiserver's RuntimeCELCostBudget). */
    static final long OBJECT_LIMIT = 10_000_000;

    private static final ScopedValue<CostMeter> CURRENT = ScopedValue.newInstance();

    private final long limit;
    private final Map<Long, Integer> sizes = new HashMap<>();
    private long spent;

    CostMeter(long limit) {
        this.limit = limit;
    }

    /** Has functions charge this meter while something runs. */
    <T> T during(Callable<T> work) throws Exception {
        return ScopedValue.where(CURRENT, this).call(work::call);
    }

    /** Lets a function say what it costs beyond its call; throws when that is too much. */
    static void charge(long cost) {
        if (CURRENT.isBound()) {
            CURRENT.get().add(cost);
        }
    }

    long spent() {
        return spent;
    }

    @Override
    public void callback(CelExpr expression, @Nullable Object value) {
        note(expression, value);
        switch (expression.getKind()) {
            case IDENT, SELECT -> add(1);
            case LIST -> add(10);
            case MAP -> add(30);
            case STRUCT -> add(40);
            case CALL -> add(1 + arguments(expression.call()));
            default -> {}
        }
    }

    private void note(CelExpr expression, @Nullable Object value) {
        int size =
                switch (value) {
                    case String text -> text.length();
                    case List<?> list -> list.size();
                    case Map<?, ?> map -> map.size();
                    case CelByteString bytes -> bytes.size();
                    case null, default -> 0;
                };
        if (size > 8) {
            sizes.put(expression.id(), size);
        } else if (!sizes.isEmpty()) {
            sizes.remove(expression.id());
        }
    }

    /** Functions look at all of their arguments, and searches at some of them many times. */
    private long arguments(CelExpr.CelCall call) {
        if (sizes.isEmpty()) {
            return 0;
        }
        long first = call.target().map(this::size).orElse(0L);
        long others = 0;
        for (CelExpr argument : call.args()) {
            others += size(argument);
        }
        return switch (call.function()) {
            case "_[_]", "_?_:_", "_&&_", "_||_", "@not_strictly_false", "size", "has" -> 0;
            case "contains", "indexOf", "lastIndexOf", "replace", "split" ->
                    (first / 10 + 1) * (others / 10 + 1);
            case "matches", "find", "findAll" -> (first / 10 + 1) * (others / 4 + 1);
            default -> (first + others) / 10;
        };
    }

    private long size(CelExpr expression) {
        return sizes.getOrDefault(expression.id(), 0);
    }

    private void add(long cost) {
        spent += cost;
        if (spent > limit) {
            throw new LimitExceeded();
        }
    }

    /** Ends an evaluation; an Error, so that no operator of the language can absorb it. */
    static final class LimitExceeded extends Error {
        private static final long serialVersionUID = 1;

        LimitExceeded() {
            super("operation cancelled: actual cost limit exceeded", null, false, false);
        }
    }
}
