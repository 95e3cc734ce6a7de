package dev.pilothouse.server.kubelet.env;

import java.util.Map;

/**
 * Puts variables into text: {@code $(NAME)} becomes the value when there is one and stays when
 * there is none; {@code $$} is a dollar sign. Source: third_party/forked/golang/expansion.
 */
public final class Expansion {

    private Expansion() {}

    /** The text with variables put in. */
    public static String expand(String text, Map<String, String> variables) {
        StringBuilder out = new StringBuilder(text.length());
        int at = 0;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c != '$' || at + 1 >= text.length()) {
                out.append(c);
                at++;
                continue;
            }
            char next = text.charAt(at + 1);
            int end = next == '(' ? text.indexOf(')', at + 2) : -1;
            if (next == '$') {
                out.append('$');
                at += 2;
            } else if (end >= 0) {
                String name = text.substring(at + 2, end);
                String value = variables.get(name);
                out.append(value == null ? "$(" + name + ")" : value);
                at = end + 1;
            } else if (next == '(') {
                out.append("$(");
                at += 2;
            } else {
                out.append('$').append(next);
                at += 2;
            }
        }
        return out.toString();
    }
}
