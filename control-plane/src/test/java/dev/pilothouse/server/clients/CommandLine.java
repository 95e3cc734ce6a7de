package dev.pilothouse.server.clients;

import java.util.ArrayList;
import java.util.List;

/** The part of a shell's syntax that scripts use: blanks, single and double quotes, backslashes. */
final class CommandLine {

    private CommandLine() {}

    /** The words of a command line; a backslash escapes outside of single quotes. */
    static List<String> split(String text) {
        var words = new ArrayList<String>();
        var word = new StringBuilder();
        boolean inWord = false;
        char quote = 0;
        for (int at = 0; at < text.length(); at++) {
            char c = text.charAt(at);
            if (quote != 0 && c == quote) {
                quote = 0;
            } else if (c == '\\' && quote != '\'' && at + 1 < text.length()) {
                word.append(text.charAt(++at));
                inWord = true;
            } else if (quote != 0) {
                word.append(c);
            } else if (c == '\'' || c == '"') {
                quote = c;
                inWord = true;
            } else if (c != ' ') {
                word.append(c);
                inWord = true;
            } else if (inWord) {
                words.add(word.toString());
                word.setLength(0);
                inWord = false;
            }
        }
        if (quote != 0) {
            throw new IllegalArgumentException("a quote is not closed: " + text);
        }
        if (inWord) {
            words.add(word.toString());
        }
        return words;
    }
}
