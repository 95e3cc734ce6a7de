package dev.pilothouse.server.registry.apiextensions.cel;

import dev.cel.common.types.CelType;
import dev.cel.common.types.OpaqueType;
import dev.cel.common.types.SimpleType;
import dev.pilothouse.model.meta.Quantity;
import java.math.BigDecimal;
import java.util.List;
import java.util.function.BinaryOperator;
import java.util.function.IntFunction;

/** Quantities of resources. */
@SuppressWarnings("Immutable") // What the functions hold never changes.
final class QuantityFunctions {

    private static final OpaqueType QUANTITY = OpaqueType.create("kubernetes.Quantity");
    private static final BigDecimal LARGEST = BigDecimal.valueOf(Long.MAX_VALUE);

    /** Equal by amount, in whatever notation. */
    private record Amount(Quantity quantity) {

        @Override
        public boolean equals(Object other) {
            return other instanceof Amount(Quantity theirs) && quantity.compareTo(theirs) == 0;
        }

        @Override
        public int hashCode() {
            return quantity.amount().stripTrailingZeros().hashCode();
        }
    }

    private QuantityFunctions() {}

    static List<Function> all() {
        return List.of(
                Function.global(
                        "quantity",
                        QUANTITY,
                        SimpleType.STRING,
                        String.class,
                        text -> new Amount(Quantity.parse(text))),
                Function.global(
                        "isQuantity",
                        SimpleType.BOOL,
                        SimpleType.STRING,
                        String.class,
                        Quantity::isValid),
                Function.member(
                        "sign",
                        SimpleType.INT,
                        QUANTITY,
                        Amount.class,
                        amount -> (long) amount.quantity().signum()),
                Function.member(
                        "isInteger",
                        SimpleType.BOOL,
                        QUANTITY,
                        Amount.class,
                        amount -> isInteger(amount.quantity())),
                Function.member(
                        "asInteger",
                        SimpleType.INT,
                        QUANTITY,
                        Amount.class,
                        amount -> integer(amount.quantity())),
                Function.member(
                        "asApproximateFloat",
                        SimpleType.DOUBLE,
                        QUANTITY,
                        Amount.class,
                        amount -> amount.quantity().amount().doubleValue()),
                change("add", Quantity::add),
                changeByNumber("add", Quantity::add),
                change("sub", Quantity::subtract),
                changeByNumber("sub", Quantity::subtract),
                compare("isLessThan", SimpleType.BOOL, order -> order < 0),
                compare("isGreaterThan", SimpleType.BOOL, order -> order > 0),
                compare("compareTo", SimpleType.INT, order -> (long) Integer.signum(order)));
    }

    private static Function change(String name, BinaryOperator<Quantity> operator) {
        return Function.member(
                name,
                QUANTITY,
                QUANTITY,
                Amount.class,
                QUANTITY,
                Amount.class,
                (a, b) -> new Amount(operator.apply(a.quantity(), b.quantity())));
    }

    private static Function changeByNumber(String name, BinaryOperator<Quantity> operator) {
        return Function.member(
                name,
                QUANTITY,
                QUANTITY,
                Amount.class,
                SimpleType.INT,
                Long.class,
                (a, number) -> new Amount(operator.apply(a.quantity(), Quantity.of(number))));
    }

    private static Function compare(String name, CelType result, IntFunction<Object> answer) {
        return Function.member(
                name,
                result,
                QUANTITY,
                Amount.class,
                QUANTITY,
                Amount.class,
                (a, b) -> answer.apply(a.quantity().compareTo(b.quantity())));
    }

    private static boolean isInteger(Quantity quantity) {
        return quantity.amount().stripTrailingZeros().scale() <= 0
                && quantity.amount().abs().compareTo(LARGEST) <= 0;
    }

    private static long integer(Quantity quantity) {
        if (!isInteger(quantity)) {
            throw new IllegalArgumentException("cannot convert value to integer");
        }
        return quantity.amount().longValueExact();
    }
}
