package dev.pilothouse.server.endpoints.resource;

/**
 * Warning headers. Source: apimachinery util/net/http.go NewWarningHeader, RFC 7234 section 5.5.
 */
final class Warnings {

    private Warnings() {}

    /**
     * The header's value for a warning. Control characters are left out: they would end the header.
     */
    static String header(String text) {
        StringBuilder quoted = new StringBuilder("299 - \"");
        text.chars()
                .forEach(c -> {
                    if (c == '"' || c == '\\') {
                        quoted.append('\\').append((char) c);
                    } else if (c >= ' ' && c != 0x7f) {
                        quoted.append((char) c);
                    }
                });
        return quoted.append('"').toString();
    }
}
