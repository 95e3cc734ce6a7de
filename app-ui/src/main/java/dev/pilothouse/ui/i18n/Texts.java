package dev.pilothouse.ui.i18n;

import java.text.MessageFormat;
import java.util.Locale;
import java.util.ResourceBundle;

/** Texts for people, in the language of the JVM's default locale; English where none fits. */
public final class Texts {

    private static final ResourceBundle BUNDLE = bundle(Locale.getDefault());

    private Texts() {}

    /**
     * A text with its places filled in, as {@link MessageFormat} does.
     *
     * @throws java.util.MissingResourceException when there is no such text
     */
    public static String text(String key, Object... values) {
        return new MessageFormat(BUNDLE.getString(key), BUNDLE.getLocale()).format(values);
    }

    /** All texts of a language. */
    static ResourceBundle bundle(Locale locale) {
        return ResourceBundle.getBundle(
                "dev.pilothouse.ui.i18n.texts",
                locale,
                ResourceBundle.Control.getNoFallbackControl(
                        ResourceBundle.Control.FORMAT_PROPERTIES));
    }
}
