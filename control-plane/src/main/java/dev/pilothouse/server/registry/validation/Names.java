package dev.pilothouse.server.registry.validation;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Syntax checks of names, labels and the like; each returns complaints in the words of
 * apimachinery's util/validation.
 */
public final class Names {

    private static final String LABEL = "[a-z0-9]([-a-z0-9]*[a-z0-9])?";
    private static final String SUBDOMAIN = LABEL + "(\\." + LABEL + ")*";

    private static final Pattern LABEL_1035_PATTERN = Pattern.compile("[a-z]([-a-z0-9]*[a-z0-9])?");
    private static final Pattern WILDCARD_PATTERN = Pattern.compile("\\*\\." + SUBDOMAIN);
    private static final Pattern ENV_PATTERN = Pattern.compile("[-._a-zA-Z][-._a-zA-Z0-9]*");
    private static final Pattern CONFIG_KEY_PATTERN = Pattern.compile("[-._a-zA-Z0-9]+");
    private static final Pattern PORT_CHARACTERS = Pattern.compile("[-a-z0-9]+");
    private static final Pattern LETTER = Pattern.compile("[a-z]");

    private Names() {}

    /** RFC 1123 label: most names of parts. */
    public static List<String> dnsLabel(String value) {
        List<String> complaints = new ArrayList<>();
        length(value, 63, complaints);
        if (!isLabel(value, 0, value.length())) {
            complaints.add(
                    "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must"
                            + " start and end with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used"
                            + " for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')");
        }
        return complaints;
    }

    /** RFC 1123 subdomain: most object names. */
    public static List<String> dnsSubdomain(String value) {
        List<String> complaints = new ArrayList<>();
        length(value, 253, complaints);
        if (!isSubdomain(value)) {
            complaints.add(
                    "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and"
                            + " must start and end with an alphanumeric character (e.g. 'example.com', regex used for"
                            + " validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')");
        }
        return complaints;
    }

    /** A subdomain that starts with {@code *.}. */
    public static List<String> wildcardDnsSubdomain(String value) {
        List<String> complaints = new ArrayList<>();
        length(value, 253, complaints);
        if (!WILDCARD_PATTERN.matcher(value).matches()) {
            complaints.add(
                    "a wildcard DNS-1123 subdomain must start with '*.', followed by a valid DNS subdomain, which must"
                            + " consist of lower case alphanumeric characters, '-' or '.' and end with an alphanumeric"
                            + " character (e.g. '*.example.com', regex used for validation is"
                            + " '\\*\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')");
        }
        return complaints;
    }

    /** RFC 1035 label: Service names. */
    public static List<String> dns1035Label(String value) {
        List<String> complaints = new ArrayList<>();
        length(value, 63, complaints);
        if (!LABEL_1035_PATTERN.matcher(value).matches()) {
            complaints.add(
                    "a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an"
                            + " alphabetic character, and end with an alphanumeric character (e.g. 'my-name',  or"
                            + " 'abc-123', regex used for validation is '[a-z]([-a-z0-9]*[a-z0-9])?')");
        }
        return complaints;
    }

    /** A name that can stand in a URL path. */
    public static List<String> pathSegment(String value) {
        List<String> complaints = new ArrayList<>();
        if (value.equals(".") || value.equals("..")) {
            complaints.add("may not be '" + value + "'");
        }
        for (String illegal : List.of("/", "%")) {
            if (value.contains(illegal)) {
                complaints.add("may not contain '" + illegal + "'");
            }
        }
        return complaints;
    }

    /** A label key, annotation key, finalizer or condition type: {@code prefix/name}. */
    public static List<String> qualifiedName(String value) {
        List<String> complaints = new ArrayList<>();
        String[] parts = value.split("/", -1);
        String name = parts[parts.length - 1];
        if (parts.length > 2) {
            complaints.add(
                    "a qualified name must consist of alphanumeric characters, '-', '_' or '.', and must start and end"
                            + " with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for"
                            + " validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]') with an optional DNS subdomain"
                            + " prefix and '/' (e.g. 'example.com/MyName')");
            return complaints;
        }
        if (parts.length == 2) {
            if (parts[0].isEmpty()) {
                complaints.add("prefix part must be non-empty");
            } else {
                dnsSubdomain(parts[0])
                        .forEach(complaint -> complaints.add("prefix part " + complaint));
            }
        }
        if (name.isEmpty()) {
            complaints.add("name part must be non-empty");
        } else if (name.length() > 63) {
            complaints.add("name part must be no more than 63 bytes");
        }
        if (!isQualified(name)) {
            complaints.add(
                    "name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an"
                            + " alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for"
                            + " validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')");
        }
        return complaints;
    }

    /** A label value. */
    public static List<String> labelValue(String value) {
        List<String> complaints = new ArrayList<>();
        length(value, 63, complaints);
        if (!value.isEmpty() && !isQualified(value)) {
            complaints.add(
                    "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and"
                            + " must start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or"
                            + " '12345', regex used for validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')");
        }
        return complaints;
    }

    /** A key of a ConfigMap or Secret. */
    public static List<String> configMapKey(String value) {
        List<String> complaints = new ArrayList<>();
        length(value, 253, complaints);
        if (!CONFIG_KEY_PATTERN.matcher(value).matches()) {
            complaints.add(
                    "a valid config key must consist of alphanumeric characters, '-', '_' or '.' (e.g. 'key.name',  or"
                            + " 'KEY_NAME',  or 'key-name', regex used for validation is '[-._a-zA-Z0-9]+')");
        }
        dots(value, complaints);
        return complaints;
    }

    /** The name of an environment variable. */
    public static List<String> environmentVariable(String value) {
        List<String> complaints = new ArrayList<>();
        if (!ENV_PATTERN.matcher(value).matches()) {
            complaints.add(
                    "a valid environment variable name must consist of alphabetic characters, digits, '_', '-', or '.',"
                            + " and must not start with a digit (e.g. 'my.env-name',  or 'MY_ENV.NAME',  or"
                            + " 'MyEnvName1', regex used for validation is '[-._a-zA-Z][-._a-zA-Z0-9]*')");
        }
        dots(value, complaints);
        return complaints;
    }

    /** The name of a port (IANA service name). */
    public static List<String> portName(String value) {
        List<String> complaints = new ArrayList<>();
        if (value.length() > 15) {
            complaints.add("must be no more than 15 characters");
        }
        if (!PORT_CHARACTERS.matcher(value).matches()) {
            complaints.add(
                    "must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)");
        }
        if (!LETTER.matcher(value).find()) {
            complaints.add("must contain at least one letter (a-z)");
        }
        if (value.contains("--")) {
            complaints.add("must not contain consecutive hyphens");
        }
        if (value.startsWith("-") || value.endsWith("-")) {
            complaints.add("must not begin or end with a hyphen");
        }
        return complaints;
    }

    /** A port number. */
    public static List<String> portNumber(long value) {
        return value >= 1 && value <= 65535
                ? List.of()
                : List.of("must be between 1 and 65535, inclusive");
    }

    /** A generateName with a trailing dash made checkable as a name. */
    static String maskTrailingDash(String name) {
        return name.length() > 1 && name.endsWith("-")
                ? name.substring(0, name.length() - 2) + "a"
                : name;
    }

    private static boolean isLabel(String value, int from, int to) {
        if (from >= to || value.charAt(from) == '-' || value.charAt(to - 1) == '-') {
            return false;
        }
        for (int i = from; i < to; i++) {
            char c = value.charAt(i);
            if (!isLowerOrDigit(c) && c != '-') {
                return false;
            }
        }
        return true;
    }

    private static boolean isSubdomain(String value) {
        int from = 0;
        for (int dot = value.indexOf('.'); dot >= 0; dot = value.indexOf('.', from)) {
            if (!isLabel(value, from, dot)) {
                return false;
            }
            from = dot + 1;
        }
        return isLabel(value, from, value.length());
    }

    private static boolean isQualified(String value) {
        int last = value.length() - 1;
        if (last < 0 || !isAlphanumeric(value.charAt(0)) || !isAlphanumeric(value.charAt(last))) {
            return false;
        }
        for (int i = 1; i < last; i++) {
            char c = value.charAt(i);
            if (!isAlphanumeric(c) && c != '-' && c != '_' && c != '.') {
                return false;
            }
        }
        return true;
    }

    private static boolean isLowerOrDigit(char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    }

    private static boolean isAlphanumeric(char c) {
        return isLowerOrDigit(c) || (c >= 'A' && c <= 'Z');
    }

    private static void dots(String value, List<String> complaints) {
        if (value.equals(".")) {
            complaints.add("must not be '.'");
        } else if (value.equals("..")) {
            complaints.add("must not be '..'");
        } else if (value.startsWith("..")) {
            complaints.add("must not start with '..'");
        }
    }

    private static void length(String value, int max, List<String> complaints) {
        // No text is longer in UTF-8 than three bytes for each char.
        if (value.length() * 3 > max && value.getBytes(StandardCharsets.UTF_8).length > max) {
            complaints.add("must be no more than " + max + " bytes");
        }
    }
}
