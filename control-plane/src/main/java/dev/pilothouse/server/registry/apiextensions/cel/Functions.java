package dev.pilothouse.server.registry.apiextensions.cel;

import java.util.ArrayList;
import java.util.List;

/**
 * The functions that Kubernetes adds to the language. Source: apiserver's pkg/cel/library and
 * pkg/cel/environment/base.go.
 */
final class Functions {

    private Functions() {}

    static List<Function> all() {
        List<Function> all = new ArrayList<>();
        all.addAll(ListFunctions.all());
        all.addAll(TextFunctions.all());
        all.addAll(UrlFunctions.all());
        all.addAll(AddressFunctions.all());
        all.addAll(QuantityFunctions.all());
        all.addAll(FormatFunctions.all());
        all.addAll(VersionFunctions.all());
        return List.copyOf(all);
    }
}
