package dev.pilothouse.ui.list;

import dev.pilothouse.model.meta.ApiException;
import dev.pilothouse.model.selector.LabelSelector;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a filter's text says of labels, and the rest of it: {@code app=web}, {@code tier!=db},
 * {@code app in (web, api)}.
 *
 * @param terms requirements of a label selector
 * @param rest words to be found in the rows
 */
record LabelTerms(List<String> terms, String rest) {

    private static final Pattern TERM =
            Pattern.compile(
                    "(?<!\\S)[A-Za-z0-9][-A-Za-z0-9_./]*"
                            + "(?:\\s*(?:==?|!=)[^\\s,]*|\\s+(?:not)?in\\s*\\([^)]*\\))(?=[\\s,]|$)");

    /** Reads a text. */
    static LabelTerms of(String text) {
        List<String> terms = new ArrayList<>();
        Matcher matcher = TERM.matcher(text);
        StringBuilder rest = new StringBuilder();
        while (matcher.find()) {
            terms.add(matcher.group().strip());
            matcher.appendReplacement(rest, "");
        }
        matcher.appendTail(rest);
        String left = terms.isEmpty() ? text : rest.toString().replace(",", " ");
        return new LabelTerms(terms, left.strip().replaceAll("\\s+", " "));
    }

    /**
     * A requirement in the usual form.
     *
     * @throws IllegalArgumentException when it cannot be read; the message says why
     */
    static String normal(String term) {
        try {
            return LabelSelector.parse(term).format();
        } catch (ApiException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    /** The requirements of a selector, one by one; none when it cannot be read. */
    static List<String> split(String selector) {
        try {
            return LabelSelector.parse(selector).requirements().stream()
                    .map(each -> new LabelSelector(List.of(each)).format())
                    .toList();
        } catch (ApiException e) {
            return List.of();
        }
    }
}
