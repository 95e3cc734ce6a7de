package dev.pilothouse.ui;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import javafx.application.Platform;
import org.junit.jupiter.api.Test;

/** The walls of the house, as docs/architecture.md draws them. */
class WallsTest {

    private static final JavaClasses UI =
            new ClassFileImporter()
                    .withImportOption(new ImportOption.DoNotIncludeTests())
                    .importPackages("dev.pilothouse.ui");

    @Test
    void packagesHaveNoCycles() {
        slices().matching("dev.pilothouse.ui.(**)").should().beFreeOfCycles().check(UI);
    }

    @Test
    void onlyLaunchSeesTheServer() {
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.pilothouse.ui.launch")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("dev.pilothouse.server..")
                .check(UI);
    }

    @Test
    void onlyFxHopsToItsThread() {
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.pilothouse.ui.fx")
                .should()
                .callMethod(Platform.class, "runLater", Runnable.class)
                .check(UI);
    }
}
