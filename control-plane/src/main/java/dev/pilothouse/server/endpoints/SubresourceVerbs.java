package dev.pilothouse.server.endpoints;

import dev.pilothouse.model.schema.ResourceSchema.Subresource;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** The verbs that discovery shows for subresources. */
final class SubresourceVerbs {

    private SubresourceVerbs() {}

    /** Its verbs, sorted; those of a connect subresource follow from its HTTP methods. */
    static List<String> of(Subresource sub) {
        Stream<String> connected =
                sub.connectMethods().stream().map(SubresourceVerbs::verb).filter(Objects::nonNull);
        return Stream.concat(sub.verbs().stream(), connected).distinct().sorted().toList();
    }

    private static @org.jspecify.annotations.Nullable String verb(String method) {
        return switch (method) {
            case "get", "patch", "delete" -> method;
            case "post" -> "create";
            case "put" -> "update";
            default -> null;
        };
    }
}
