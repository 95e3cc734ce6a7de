package dev.pilothouse.server.registry.apiextensions.cel;

import dev.cel.common.types.ListType;
import dev.cel.common.types.OpaqueType;
import dev.cel.common.types.OptionalType;
import dev.cel.common.types.SimpleType;
import dev.pilothouse.server.registry.validation.Names;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** Named formats of texts. */
@SuppressWarnings("Immutable") // What the functions hold never changes.
final class FormatFunctions {

    private static final OpaqueType FORMAT = OpaqueType.create("kubernetes.NamedFormat");
    private static final Pattern UUID =
            Pattern.compile("(?i)[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}");

    /**
     * A format.
     *
     * @param name its name
     * @param complaints what is wrong with a text
     */
    private record Format(
            String name, java.util.function.Function<String, List<String>> complaints) {

        Optional<List<String>> validate(String text) {
            CostMeter.charge(text.length() / 2);
            List<String> found = complaints.apply(text);
            return found.isEmpty() ? Optional.empty() : Optional.of(found);
        }
    }

    private FormatFunctions() {}

    static List<Function> all() {
        Map<String, Format> formats = formats();
        List<Function> all = new ArrayList<>();
        formats.forEach(
                (name, format) -> all.add(Function.constant("format." + name, FORMAT, format)));
        all.add(
                Function.global(
                        "format.named",
                        OptionalType.create(FORMAT),
                        SimpleType.STRING,
                        String.class,
                        name -> Optional.ofNullable(formats.get(name))));
        all.add(
                Function.member(
                        "validate",
                        OptionalType.create(ListType.create(SimpleType.STRING)),
                        FORMAT,
                        Format.class,
                        SimpleType.STRING,
                        String.class,
                        Format::validate));
        return all;
    }

    private static Map<String, Format> formats() {
        Map<String, Format> formats = new LinkedHashMap<>();
        add(formats, "dns1123Label", Names::dnsLabel);
        add(formats, "dns1123Subdomain", Names::dnsSubdomain);
        add(formats, "dns1035Label", Names::dns1035Label);
        add(formats, "qualifiedName", Names::qualifiedName);
        add(formats, "dns1123LabelPrefix", text -> Names.dnsLabel(prefix(text)));
        add(formats, "dns1123SubdomainPrefix", text -> Names.dnsSubdomain(prefix(text)));
        add(formats, "dns1035LabelPrefix", text -> Names.dns1035Label(prefix(text)));
        add(formats, "labelValue", Names::labelValue);
        add(formats, "uri", FormatFunctions::uri);
        check(formats, "uuid", "does not match the UUID format", UUID.asMatchPredicate());
        check(formats, "byte", "invalid base64", FormatFunctions::isBase64);
        check(formats, "date", "invalid date", FormatFunctions::isDate);
        check(formats, "datetime", "invalid datetime", FormatFunctions::isTime);
        return formats;
    }

    private static void add(
            Map<String, Format> formats,
            String name,
            java.util.function.Function<String, List<String>> complaints) {
        formats.put(name, new Format(name, complaints));
    }

    private static void check(
            Map<String, Format> formats, String name, String complaint, Predicate<String> valid) {
        add(formats, name, text -> valid.test(text) ? List.of() : List.of(complaint));
    }

    /** A prefix may end with the dash that separates it from what follows. */
    private static String prefix(String text) {
        return text.endsWith("-") ? text.substring(0, text.length() - 1) + "a" : text;
    }

    private static List<String> uri(String text) {
        try {
            return new URI(text).isAbsolute() || text.startsWith("/")
                    ? List.of()
                    : List.of("parse \"" + text + "\": invalid URI for request");
        } catch (URISyntaxException _) {
            return List.of("parse \"" + text + "\": invalid URI for request");
        }
    }

    private static boolean isBase64(String text) {
        try {
            Base64.getDecoder().decode(text);
            return text.length() % 4 == 0;
        } catch (IllegalArgumentException _) {
            return false;
        }
    }

    private static boolean isDate(String text) {
        try {
            LocalDate.parse(text);
            return true;
        } catch (DateTimeException _) {
            return false;
        }
    }

    private static boolean isTime(String text) {
        try {
            OffsetDateTime.parse(text);
            return true;
        } catch (DateTimeException _) {
            return false;
        }
    }
}
