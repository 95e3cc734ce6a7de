package dev.pilothouse.ui.logs.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Escape sequences in lines of logs. */
class AnsiTest {

    private static final int NO = Ansi.DEFAULT;

    @Test
    void leavesPlainTextAsItIs() {
        Ansi.Line line = Ansi.parse("plain – text");
        assertEquals("plain – text", line.text());
        assertTrue(line.spans().isEmpty());
    }

    @Test
    void readsColoursOfAllKinds() {
        Ansi.Line line =
                Ansi.parse(
                        "\u001b[31mred\u001b[0m \u001b[1;92mgreen\u001b[m"
                                + " \u001b[38;5;200;48;2;1;2;3mx\u001b[39;49m\u001b[7;44my");
        assertEquals("red green xy", line.text());
        assertEquals(
                List.of(
                        new Ansi.Span(0, 3, 1, NO, false, false, false),
                        new Ansi.Span(4, 9, 10, NO, true, false, false),
                        new Ansi.Span(
                                10, 11, 200, Ansi.TRUE_COLOUR | 0x010203, false, false, false),
                        new Ansi.Span(11, 12, 4, NO, false, false, false)),
                line.spans());
    }

    @Test
    void showsControlCharactersAndSkipsOtherSequences() {
        assertEquals("a␀b", Ansi.parse("a\u0000b").text());
        assertEquals("title", Ansi.parse("\u001b]0;window\u0007title\u001b[2K").text());
        assertEquals("a       b", Ansi.parse("a\tb").text());
        assertEquals("end", Ansi.parse("end\u001b[").text());
        assertEquals("", Ansi.parse("\u001b").text());
    }
}
