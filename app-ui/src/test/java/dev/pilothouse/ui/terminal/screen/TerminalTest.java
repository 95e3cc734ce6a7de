package dev.pilothouse.ui.terminal.screen;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The terminal does what programs expect of an xterm. */
class TerminalTest {

    private final List<String> replies = new ArrayList<>();
    private final Terminal terminal =
            new Terminal(10, 4, bytes -> replies.add(new String(bytes, StandardCharsets.US_ASCII)));

    @Test
    void wrapsAndScrollsAndKeepsWhatLeaves() {
        write("0123456789abc\r\nsecond\r\nthird\r\nfourth");
        assertRows("abc", "second", "third", "fourth");
        assertEquals(1, terminal.picture(0).history());
        assertEquals("0123456789abc\nsecond\nthird\nfourth", terminal.text());
        assertEquals("0123456789", row(terminal.picture(1), 0));
        assertEquals("third", row(terminal.picture(1), 3));
    }

    @Test
    void wrapsOnlyWhenOneMoreLetterComes() {
        write("0123456789");
        assertEquals(0, terminal.picture(0).row());
        write("\r\nx");
        assertRows("0123456789", "x", "", "");
    }

    @Test
    void movesErasesInsertsAndDeletes() {
        write("abcdef\u001b[3D\u001b[1P");
        assertRows("abcef", "", "", "");
        write("\u001b[2@");
        assertRows("abc  ef", "", "", "");
        write("\u001b[1;2H\u001b[K\u001b[3;1Hthree\u001b[2;1H\u001b[L");
        assertRows("a", "", "", "three");
        write("\u001b[4;3H\u001b[1K");
        assertRows("a", "", "", "   ee");
        write("\u001b[2J");
        assertRows("", "", "", "");
    }

    @Test
    void scrollsInARegionOnly() {
        write("1\r\n2\r\n3\r\n4\u001b[2;3r\u001b[3;1H\nx");
        assertRows("1", "3", "x", "4");
        write("\u001b[2;1H\u001bMy");
        assertRows("1", "y", "3", "4");
        assertEquals(0, terminal.picture(0).history());
    }

    @Test
    void hasASecondScreenForEditors() {
        write("shell\u001b[?1049h\u001b[Hvi\u001b[?1h\u001b[?25l");
        assertRows("vi", "", "", "");
        assertTrue(terminal.isAlternate());
        assertTrue(terminal.isApplicationCursor());
        assertFalse(terminal.picture(0).cursor());
        write("\u001b[?1049l\u001b[?25h!");
        assertRows("shell!", "", "", "");
        assertFalse(terminal.isAlternate());
    }

    @Test
    void keepsColoursAndFlags() {
        write("\u001b[1;31;48;5;17mx\u001b[0;38;2;1;2;3my\u001b[mz");
        Line line = terminal.picture(0).lines().getFirst();
        assertEquals(1, Style.foreground(line.style(0)));
        assertEquals(17, Style.background(line.style(0)));
        assertTrue(Style.has(line.style(0), Style.BOLD));
        assertEquals(Style.RGB | 0x010203, Style.foreground(line.style(1)));
        assertEquals(Style.PLAIN, line.style(2));
    }

    @Test
    void takesLettersAndSequencesCutAnywhere() {
        byte[] bytes = "ä\u001b[31m漢\u001b]0;title\u0007é😀".getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < bytes.length; i++) {
            terminal.write(bytes, i, i + 1);
        }
        Terminal.Picture picture = terminal.picture(0);
        assertEquals("ä漢é😀", row(picture, 0));
        assertEquals(6, picture.column());
        assertEquals(Line.SECOND, picture.lines().getFirst().letter(2));
        assertEquals("title", picture.title());
        terminal.write(new byte[] {(byte) 0xff, (byte) 0xc3, 'x'}, 0, 3);
        assertEquals("ä漢é😀\ufffd\ufffdx", row(terminal.picture(0), 0));
    }

    @Test
    void answersWhatIsAsked() {
        write("ab\u001b[6n\u001b[5n\u001b[c");
        assertEquals(List.of("\u001b[1;3R", "\u001b[0n", "\u001b[?62;22c"), replies);
    }

    @Test
    void drawsLines() {
        write("\u001b(0lqk\u001b(B q");
        assertRows("┌─┐ q", "", "", "");
    }

    @Test
    void changesItsSizeAndLosesNothing() {
        write("1\r\n2\r\n3\r\n4");
        terminal.resize(6, 2);
        assertEquals("3", row(terminal.picture(0), 0));
        assertEquals("4", row(terminal.picture(0), 1));
        assertEquals(2, terminal.picture(0).history());
        terminal.resize(20, 4);
        assertRows("1", "2", "3", "4");
        assertEquals(3, terminal.picture(0).row());
        assertEquals("1\n2\n3\n4", terminal.text());
    }

    @Test
    void livesThroughRandomBytes() {
        var random = new java.util.Random(3);
        byte[] bytes = new byte[200_000];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] =
                    (byte)
                            (random.nextInt(4) == 0
                                    ? "\u001b[;?0123456789hlmHJKr@".charAt(random.nextInt(22))
                                    : random.nextInt());
        }
        terminal.write(bytes, 0, bytes.length);
        terminal.resize(3, 3);
        terminal.write(bytes, 0, bytes.length);
        assertEquals(3, terminal.picture(0).lines().size());
    }

    private void write(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        terminal.write(bytes, 0, bytes.length);
    }

    private void assertRows(String... rows) {
        Terminal.Picture picture = terminal.picture(0);
        List<String> seen = new ArrayList<>();
        for (int i = 0; i < rows.length; i++) {
            seen.add(row(picture, i));
        }
        assertEquals(List.of(rows), seen);
    }

    private static String row(Terminal.Picture picture, int row) {
        Line line = picture.lines().get(row);
        return line.text(0, line.columns());
    }
}
