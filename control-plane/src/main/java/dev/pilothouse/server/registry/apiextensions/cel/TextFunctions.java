package dev.pilothouse.server.registry.apiextensions.cel;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import dev.cel.common.CelOverloadDecl;
import dev.cel.common.types.CelType;
import dev.cel.common.types.ListType;
import dev.cel.common.types.SimpleType;
import dev.cel.runtime.CelFunctionBinding;
import java.util.ArrayList;
import java.util.List;

/** Searching and formatting of texts. */
final class TextFunctions {

    private static final CelType TEXTS = ListType.create(SimpleType.STRING);

    private TextFunctions() {}

    @SuppressWarnings("rawtypes")
    static List<Function> all() {
        String findSome = Function.id("findAll", SimpleType.STRING, SimpleType.INT);
        return List.of(
                Function.member(
                        "find",
                        SimpleType.STRING,
                        SimpleType.STRING,
                        String.class,
                        SimpleType.STRING,
                        String.class,
                        TextFunctions::find),
                Function.member(
                        "findAll",
                        TEXTS,
                        SimpleType.STRING,
                        String.class,
                        SimpleType.STRING,
                        String.class,
                        (text, pattern) -> findAll(text, pattern, -1)),
                new Function(
                        "findAll",
                        CelOverloadDecl.newMemberOverload(
                                findSome,
                                TEXTS,
                                SimpleType.STRING,
                                SimpleType.STRING,
                                SimpleType.INT),
                        CelFunctionBinding.from(
                                findSome,
                                List.of(String.class, String.class, Long.class),
                                arguments ->
                                        findAll(
                                                (String) arguments[0],
                                                (String) arguments[1],
                                                (Long) arguments[2]))),
                Function.member(
                        "format",
                        SimpleType.STRING,
                        SimpleType.STRING,
                        String.class,
                        ListType.create(SimpleType.DYN),
                        List.class,
                        (format, values) -> TextFormat.format(format, values)));
    }

    private static String find(String text, String pattern) {
        Matcher matcher = Pattern.compile(pattern).matcher(text);
        return matcher.find() ? matcher.group() : "";
    }

    /** A negative number finds all. */
    private static List<String> findAll(String text, String pattern, long most) {
        List<String> found = new ArrayList<>();
        Matcher matcher = Pattern.compile(pattern).matcher(text);
        while ((most < 0 || found.size() < most) && matcher.find()) {
            found.add(matcher.group());
        }
        return found;
    }
}
