package dev.pilothouse.server.registry.apiextensions.cel;

import dev.cel.common.types.CelType;
import dev.cel.common.types.ListType;
import dev.cel.common.types.SimpleType;
import dev.cel.common.types.TypeParamType;
import dev.cel.common.values.CelByteString;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;

/**
 * Functions of lists. They are declared for lists of anything, so that they also work for lists
 * whose elements have no type, and complain when they meet elements they cannot handle.
 */
final class ListFunctions {

    private static final TypeParamType ELEMENT = TypeParamType.create("T");
    private static final CelType LIST = ListType.create(ELEMENT);

    private ListFunctions() {}

    @SuppressWarnings("rawtypes")
    static List<Function> all() {
        return List.of(
                Function.member(
                        "isSorted", SimpleType.BOOL, LIST, List.class, list -> sorted(list)),
                Function.member("sum", ELEMENT, LIST, List.class, list -> sum(list)),
                Function.member("min", ELEMENT, LIST, List.class, list -> extreme(list, "min", -1)),
                Function.member("max", ELEMENT, LIST, List.class, list -> extreme(list, "max", 1)),
                Function.member(
                        "indexOf",
                        SimpleType.INT,
                        LIST,
                        List.class,
                        ELEMENT,
                        Object.class,
                        (list, value) -> first(list, value)),
                Function.member(
                        "lastIndexOf",
                        SimpleType.INT,
                        LIST,
                        List.class,
                        ELEMENT,
                        Object.class,
                        (list, value) -> last(list, value)));
    }

    private static boolean sorted(List<?> list) {
        CostMeter.charge(list.size());
        Object before = null;
        for (Object element : list) {
            if (before != null && compare(before, element) > 0) {
                return false;
            }
            before = element;
        }
        return true;
    }

    private static Object sum(List<?> list) {
        CostMeter.charge(list.size());
        Iterator<?> elements = list.iterator();
        if (!elements.hasNext()) {
            return 0L;
        }
        Object sum = elements.next();
        while (elements.hasNext()) {
            sum = plus(sum, elements.next());
        }
        return sum;
    }

    private static Object plus(Object a, Object b) {
        if (a instanceof Long left && b instanceof Long right) {
            return Math.addExact(left, right);
        }
        if (a instanceof Double left && b instanceof Double right) {
            return left + right;
        }
        if (a instanceof Duration left && b instanceof Duration right) {
            return left.plus(right);
        }
        throw new IllegalArgumentException("no such overload");
    }

    private static Object extreme(List<?> list, String name, int sign) {
        CostMeter.charge(list.size());
        Object found = null;
        for (Object element : list) {
            if (found == null || Integer.signum(compare(element, found)) == sign) {
                found = element;
            }
        }
        if (found == null) {
            throw new IllegalArgumentException(name + " called on empty list");
        }
        return found;
    }

    private static long first(List<?> list, Object value) {
        int index = 0;
        for (Object element : list) {
            if (Equality.equal(element, value)) {
                return index;
            }
            index++;
        }
        return -1;
    }

    private static long last(List<?> list, Object value) {
        for (int index = list.size() - 1; index >= 0; index--) {
            if (Equality.equal(list.get(index), value)) {
                return index;
            }
        }
        return -1;
    }

    @SuppressWarnings("unchecked")
    private static int compare(Object a, Object b) {
        if (a instanceof CelByteString left && b instanceof CelByteString right) {
            return CelByteString.unsignedLexicographicalComparator().compare(left, right);
        }
        if (a instanceof Comparable<?> left && left.getClass() == b.getClass()) {
            return ((Comparable<Object>) left).compareTo(b);
        }
        throw new IllegalArgumentException("no such overload");
    }
}
