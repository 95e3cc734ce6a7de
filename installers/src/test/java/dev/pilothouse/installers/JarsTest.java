package dev.pilothouse.installers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.attribute.ModuleAttribute;
import java.lang.constant.ModuleDesc;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarOutputStream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JarsTest {

    @TempDir Path directory;

    @Test
    void putsJavaFxIntoTheRunTimeImageAndTheRestOnTheClassPath() throws IOException {
        Path main = jar("app-ui-1.2.3-SNAPSHOT.jar", null);
        Path library = jar("lib/h2-2.4.240.jar", "com.h2database");
        Path module = jar("lib/javafx-base-26.0.2-linux.jar", "javafx.base");
        jar("lib/javafx-base-26.0.2.jar", null);

        Jars jars = Jars.of(directory);

        assertEquals(
                new Jars(main, "1.2.3", List.of(library), List.of(module)),
                jars,
                "the empty jar of JavaFX for all systems is nowhere");
        assertEquals(List.of("javafx.base"), jars.moduleNames());
    }

    @Test
    void passesOverTheJarOfTheTests() throws IOException {
        Path main = jar("app-ui-0.1.0.jar", null);
        jar("app-ui-0.1.0-tests.jar", null);

        assertEquals(main, Jars.of(directory).main());
    }

    @Test
    void saysWhenNothingIsBuilt() {
        PackagingException thrown =
                assertThrows(PackagingException.class, () -> Jars.of(directory));

        assertEquals("there is no application in " + directory, thrown.getMessage());
    }

    private Path jar(String name, @org.jspecify.annotations.Nullable String module)
            throws IOException {
        Path file = directory.resolve(name);
        Files.createDirectories(file.getParent());
        try (OutputStream out = Files.newOutputStream(file);
                var jar = new JarOutputStream(out)) {
            if (module != null) {
                jar.putNextEntry(new ZipEntry("module-info.class"));
                jar.write(
                        ClassFile.of()
                                .buildModule(
                                        ModuleAttribute.of(
                                                ModuleDesc.of(module),
                                                builder ->
                                                        builder.requires(
                                                                ModuleDesc.of("java.base"),
                                                                0,
                                                                null))));
            }
        }
        return file;
    }
}
