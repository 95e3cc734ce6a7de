package dev.pilothouse.server.registry.apiextensions.cel;

import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Between names of properties and identifiers of the language. Source: apiserver's
 * pkg/cel/escaping.go.
 */
final class PropertyNames {

    private static final Set<String> RESERVED =
            Set.of(
                    "true",
                    "false",
                    "null",
                    "in",
                    "as",
                    "break",
                    "const",
                    "continue",
                    "else",
                    "for",
                    "function",
                    "if",
                    "import",
                    "let",
                    "loop",
                    "package",
                    "namespace",
                    "return",
                    "var",
                    "void",
                    "while");
    private static final Pattern WRITABLE = Pattern.compile("[a-zA-Z_./-][a-zA-Z0-9_./-]*");
    private static final Pattern SEQUENCE = Pattern.compile("__([^_]+)__");

    private PropertyNames() {}

    /** The identifier for a property, or null when none can be written. */
    static @Nullable String escape(String name) {
        if (RESERVED.contains(name)) {
            return "__" + name + "__";
        }
        if (!WRITABLE.matcher(name).matches()) {
            return null;
        }
        return name.replace("__", "__underscores__")
                .replace(".", "__dot__")
                .replace("-", "__dash__")
                .replace("/", "__slash__");
    }

    /** The property that an identifier stands for. */
    static String unescape(String identifier) {
        if (!identifier.contains("__")) {
            return identifier;
        }
        Matcher matcher = SEQUENCE.matcher(identifier);
        return matcher.replaceAll(match ->
                Matcher.quoteReplacement(
                        switch (match.group(1)) {
                            case "underscores" -> "__";
                            case "dot" -> ".";
                            case "dash" -> "-";
                            case "slash" -> "/";
                            default -> match.group(1);
                        }));
    }
}
