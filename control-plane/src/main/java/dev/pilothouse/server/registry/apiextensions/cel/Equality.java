package dev.pilothouse.server.registry.apiextensions.cel;

import com.google.common.primitives.UnsignedLong;
import java.math.BigDecimal;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/** When values of the language are equal: numbers by amount, sets and maps in any order. */
final class Equality {

    private Equality() {}

    static boolean equal(Object a, Object b) {
        CostMeter.charge(1);
        if (a instanceof Number left && b instanceof Number right) {
            return sameNumber(left, right);
        }
        if (a instanceof List<?> left && b instanceof List<?> right) {
            return sameList(left, right);
        }
        if (a instanceof Map<?, ?> left && b instanceof Map<?, ?> right) {
            return sameMap(left, right);
        }
        return a.equals(b);
    }

    private static boolean sameNumber(Number a, Number b) {
        if (a instanceof Double left && b instanceof Double right) {
            return left.doubleValue() == right.doubleValue();
        }
        if (isOdd(a) || isOdd(b)) {
            return false;
        }
        return decimal(a).compareTo(decimal(b)) == 0;
    }

    private static boolean isOdd(Number number) {
        return number instanceof Double value && !Double.isFinite(value);
    }

    private static BigDecimal decimal(Number number) {
        return switch (number) {
            case Double value -> new BigDecimal(value);
            case UnsignedLong value -> new BigDecimal(value.bigIntegerValue());
            default -> BigDecimal.valueOf(number.longValue());
        };
    }

    private static boolean sameList(List<?> a, List<?> b) {
        if (a instanceof ListView view && view.isUnordered()) {
            return view.hasSameElements(b);
        }
        if (b instanceof ListView view && view.isUnordered()) {
            return view.hasSameElements(a);
        }
        if (a.size() != b.size()) {
            return false;
        }
        Iterator<?> other = b.iterator();
        for (Object element : a) {
            if (!equal(element, other.next())) {
                return false;
            }
        }
        return true;
    }

    private static boolean sameMap(Map<?, ?> a, Map<?, ?> b) {
        if (a.size() != b.size()) {
            return false;
        }
        for (Map.Entry<?, ?> entry : a.entrySet()) {
            Object other = b.get(entry.getKey());
            if (other == null || !equal(entry.getValue(), other)) {
                return false;
            }
        }
        return true;
    }
}
