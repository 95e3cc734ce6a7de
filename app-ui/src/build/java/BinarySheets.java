import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;
import javafx.css.CssParser;
import javafx.css.Stylesheet;

/**
 * Run by the build: writes the binary form of the style sheets beside them, which JavaFX prefers;
 * reading text instead takes a tenth of a second of each start. Ends with code 1 at a sheet with a
 * mistake.
 */
final class BinarySheets {

    private static final String THEME = "dev/pilothouse/ui/theme";
    private static final String GLYPHS = "/dev/pilothouse/icons/glyphs.css";

    private BinarySheets() {}

    /** Takes the directory of classes. */
    public static void main(String[] arguments) throws IOException {
        Path theme = Path.of(arguments[0]).resolve(THEME);
        List<Path> sheets;
        try (Stream<Path> files = Files.list(theme)) {
            sheets = files.filter(file -> file.toString().endsWith(".css")).sorted().toList();
        }
        for (Path sheet : sheets) {
            convert(sheet.toFile(), binary(theme, sheet.getFileName().toString()));
        }
        glyphs(theme);
        if (!CssParser.errorsProperty().isEmpty()) {
            CssParser.errorsProperty().forEach(error -> System.err.println(error.getMessage()));
            System.exit(1);
        }
    }

    /** They belong to another module. */
    private static void glyphs(Path theme) throws IOException {
        Path copy = Files.createTempFile("glyphs", ".css");
        try (InputStream in = BinarySheets.class.getResourceAsStream(GLYPHS)) {
            Files.copy(in, copy, StandardCopyOption.REPLACE_EXISTING);
            convert(copy.toFile(), binary(theme, "glyphs.css"));
        } finally {
            Files.delete(copy);
        }
    }

    private static File binary(Path theme, String name) {
        return theme.resolve(name.replaceFirst("css$", "bss")).toFile();
    }

    private static void convert(File sheet, File binary) throws IOException {
        Stylesheet.convertToBinary(sheet, binary);
    }
}
