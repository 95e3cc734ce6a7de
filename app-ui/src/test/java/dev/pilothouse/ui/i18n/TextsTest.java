package dev.pilothouse.ui.i18n;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.text.MessageFormat;
import java.util.Locale;
import java.util.MissingResourceException;
import java.util.ResourceBundle;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class TextsTest {

    private static final ResourceBundle ENGLISH = Texts.bundle(Locale.ROOT);
    private static final ResourceBundle GERMAN = Texts.bundle(Locale.GERMAN);

    @Test
    void everyLanguageHasEveryText() {
        assertEquals(Locale.GERMAN, GERMAN.getLocale());
        assertEquals(new TreeSet<>(ENGLISH.keySet()), new TreeSet<>(GERMAN.keySet()));
    }

    @Test
    void translationsTakeTheSameValues() {
        for (String key : ENGLISH.keySet()) {
            assertEquals(places(ENGLISH, key), places(GERMAN, key), key);
        }
    }

    @Test
    void countsObjectsInGrammaticalNumbers() {
        var format = new MessageFormat(ENGLISH.getString("status.objects"), Locale.ENGLISH);

        assertEquals("No objects", format.format(new Object[] {0}));
        assertEquals("1 object", format.format(new Object[] {1}));
        assertEquals("12,000 objects", format.format(new Object[] {12_000}));
    }

    @Test
    void refusesUnknownKeys() {
        assertThrows(MissingResourceException.class, () -> Texts.text("no.such.text"));
    }

    private static int places(ResourceBundle bundle, String key) {
        return new MessageFormat(bundle.getString(key), Locale.ENGLISH)
                .getFormatsByArgumentIndex()
                .length;
    }
}
