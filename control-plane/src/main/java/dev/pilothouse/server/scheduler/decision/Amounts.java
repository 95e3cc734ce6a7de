package dev.pilothouse.server.scheduler.decision;

import dev.pilothouse.model.meta.Quantity;
import dev.pilothouse.server.scheduler.cluster.Resources;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Writes amounts of resources as quantities. */
final class Amounts {

    private static final long MEBI = 1024 * 1024;

    private Amounts() {}

    /** An amount, thousandths for CPU. */
    static String text(String resource, long amount) {
        if (resource.equals(Resources.CPU)) {
            return Quantity.ofMillis(amount).toString();
        }
        if (isBytes(resource)) {
            return new Quantity(BigDecimal.valueOf(amount), Quantity.Format.BINARY_SI).toString();
        }
        return Quantity.of(amount).toString();
    }

    /** An amount that is easy to read and not larger. */
    static long rounded(String resource, long amount) {
        return isBytes(resource) && amount > MEBI ? amount - amount % MEBI : amount;
    }

    /** The amount of a quantity, thousandths for CPU. */
    static long of(String resource, String quantity) {
        try {
            Quantity read = Quantity.parse(quantity);
            return resource.equals(Resources.CPU) ? read.milliValue() : read.value();
        } catch (IllegalArgumentException _) {
            return 0;
        }
    }

    /** All amounts by name, those that are zero left out. */
    static Map<String, String> texts(Resources resources) {
        Map<String, String> texts = new TreeMap<>();
        for (String name : List.of("cpu", "memory", "ephemeral-storage")) {
            put(texts, name, resources.get(name));
        }
        resources.scalars().forEach((name, amount) -> put(texts, name, amount));
        return texts;
    }

    private static void put(Map<String, String> texts, String name, long amount) {
        if (amount != 0) {
            texts.put(name, text(name, amount));
        }
    }

    private static boolean isBytes(String resource) {
        return resource.equals(Resources.MEMORY)
                || resource.equals(Resources.EPHEMERAL_STORAGE)
                || resource.startsWith("hugepages-");
    }
}
