package dev.pilothouse.model;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/** The walls of the house, as docs/architecture.md draws them. */
class WallsTest {

    private static final JavaClasses MODEL =
            new ClassFileImporter()
                    .withImportOption(new ImportOption.DoNotIncludeTests())
                    .withImportOption(location -> !location.contains("/test/"))
                    .importPackages("dev.pilothouse.model");

    @Test
    void packagesHaveNoCycles() {
        slices().matching("dev.pilothouse.(**)").should().beFreeOfCycles().check(MODEL);
    }

    @Test
    void modelKnowsNobody() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "dev.pilothouse.server..",
                        "dev.pilothouse.ui..",
                        "dev.pilothouse.icons..",
                        "java.sql..",
                        "org.h2..",
                        "io.undertow..",
                        "org.xnio..",
                        "javafx..")
                .check(MODEL);
    }

    @Test
    void everyPackageIsNullMarked() {
        List<String> unmarked =
                MODEL.stream()
                        .map(type -> type.getPackage())
                        .distinct()
                        .filter(part -> !part.isAnnotatedWith(NullMarked.class))
                        .map(JavaPackage::getName)
                        .sorted()
                        .toList();

        assertEquals(List.of(), unmarked);
    }
}
