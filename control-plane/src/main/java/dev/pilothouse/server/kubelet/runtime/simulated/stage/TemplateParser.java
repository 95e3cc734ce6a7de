package dev.pilothouse.server.kubelet.runtime.simulated.stage;

import dev.pilothouse.server.kubelet.runtime.simulated.stage.GoTemplate.Item;
import dev.pilothouse.server.kubelet.runtime.simulated.stage.GoTemplate.Pipeline;
import java.util.ArrayList;
import java.util.List;

/** Takes a template apart. Used once. */
final class TemplateParser {

    private final String text;
    private int at;

    /** A part of the template: text, or what stands between braces. */
    private record Piece(String content, boolean action, int line) {}

    private final List<Piece> pieces = new ArrayList<>();
    private int next;

    TemplateParser(String text) {
        this.text = text;
    }

    List<Item> parse() {
        cut();
        List<Item> items = items();
        if (next < pieces.size()) {
            throw wrong(pieces.get(next), "unexpected {{" + pieces.get(next).content() + "}}");
        }
        return items;
    }

    private void cut() {
        boolean trim = false;
        while (at < text.length()) {
            int open = text.indexOf("{{", at);
            int end = open < 0 ? text.length() : open;
            String plain = text.substring(at, end);
            boolean trimsBefore = open >= 0 && text.startsWith("{{- ", open);
            plain = trim ? plain.stripLeading() : plain;
            plain = trimsBefore ? plain.stripTrailing() : plain;
            if (!plain.isEmpty()) {
                pieces.add(new Piece(plain, false, line(at)));
            }
            if (open < 0) {
                return;
            }
            int close = text.indexOf("}}", open);
            if (close < 0) {
                throw new IllegalArgumentException(
                        "}} is missing in line " + line(open) + " of the template");
            }
            String inside = text.substring(open + (trimsBefore ? 3 : 2), close);
            trim = inside.endsWith(" -");
            inside = (trim ? inside.substring(0, inside.length() - 1) : inside).strip();
            if (!inside.startsWith("/*")) {
                pieces.add(new Piece(inside, true, line(open)));
            }
            at = close + 2;
        }
    }

    private int line(int position) {
        return 1 + (int) text.substring(0, position).chars().filter(c -> c == '\n').count();
    }

    /** Items up to an {@code else}, an {@code end} or the end. */
    private List<Item> items() {
        List<Item> items = new ArrayList<>();
        while (next < pieces.size()) {
            Piece piece = pieces.get(next);
            if (!piece.action()) {
                items.add(new Item.Text(piece.content()));
                next++;
                continue;
            }
            String word = firstWord(piece.content());
            if (word.equals("end") || word.equals("else")) {
                return items;
            }
            next++;
            items.add(item(piece, word));
        }
        return items;
    }

    private Item item(Piece piece, String word) {
        String rest = piece.content().substring(word.length()).strip();
        return switch (word) {
            case "if" -> {
                Pipeline condition = pipeline(piece, rest);
                List<Item> then = items();
                yield new Item.If(condition, then, otherwise(piece));
            }
            case "with" -> {
                Pipeline value = pipeline(piece, rest);
                List<Item> then = items();
                yield new Item.With(value, then, otherwise(piece));
            }
            case "range" -> range(piece, rest);
            case "define", "template", "block", "break", "continue" ->
                    throw wrong(piece, "{{" + word + "}} is not supported");
            default -> plain(piece);
        };
    }

    private Item plain(Piece piece) {
        String content = piece.content();
        int assign = content.indexOf('=');
        boolean assigns = content.startsWith("$") && content.matches("(?s)\\$\\w+\\s*:?=(?!=).*");
        if (!assigns) {
            return new Item.Output(pipeline(piece, content));
        }
        String name = content.substring(0, assign).replace(":", "").strip();
        return new Item.Assign(name, pipeline(piece, content.substring(assign + 1).strip()));
    }

    private Item range(Piece piece, String rest) {
        String index = "";
        String item = "";
        String values = rest;
        int assign = rest.indexOf(":=");
        if (assign >= 0) {
            String[] names = rest.substring(0, assign).split(",", -1);
            index = names.length == 2 ? names[0].strip() : "";
            item = names[names.length - 1].strip();
            values = rest.substring(assign + 2).strip();
        }
        Pipeline pipeline = pipeline(piece, values);
        List<Item> body = items();
        return new Item.Range(index, item, pipeline, body, otherwise(piece));
    }

    /** What follows {@code else}, up to the {@code end} that belongs to the piece. */
    private List<Item> otherwise(Piece opening) {
        if (next >= pieces.size()) {
            throw wrong(opening, "{{end}} is missing for {{" + opening.content() + "}}");
        }
        Piece piece = pieces.get(next++);
        if (piece.content().equals("end")) {
            return List.of();
        }
        String rest = piece.content().substring("else".length()).strip();
        if (!rest.isEmpty()) {
            // Its own end ends the whole chain.
            return List.of(item(new Piece(rest, true, piece.line()), firstWord(rest)));
        }
        List<Item> items = items();
        if (next >= pieces.size() || !pieces.get(next).content().equals("end")) {
            throw wrong(opening, "{{end}} is missing for {{" + opening.content() + "}}");
        }
        next++;
        return items;
    }

    private static Pipeline pipeline(Piece piece, String text) {
        try {
            return new PipelineParser(text).parse();
        } catch (IllegalArgumentException e) {
            throw wrong(piece, e.getMessage() + " in {{" + piece.content() + "}}");
        }
    }

    private static String firstWord(String content) {
        int end = 0;
        while (end < content.length() && Character.isLetter(content.charAt(end))) {
            end++;
        }
        return content.substring(0, end);
    }

    private static IllegalArgumentException wrong(Piece piece, String what) {
        return new IllegalArgumentException(
                what + ", in line " + piece.line() + " of the template");
    }
}
