package dev.pilothouse.server;

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

    private static final JavaClasses SERVER =
            new ClassFileImporter()
                    .withImportOption(new ImportOption.DoNotIncludeTests())
                    .withImportOption(location -> !location.contains("/test/"))
                    .importPackages("dev.pilothouse.server");

    @Test
    void packagesHaveNoCycles() {
        slices().matching("dev.pilothouse.(**)").should().beFreeOfCycles().check(SERVER);
    }

    @Test
    void sqlStaysInItsPackage() {
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.pilothouse.server.storage.h2..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.sql..", "javax.sql..", "org.h2..")
                .check(SERVER);
    }

    @Test
    void undertowStaysInItsPackage() {
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.pilothouse.server.http..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.undertow..", "org.xnio..")
                .check(SERVER);
    }

    @Test
    void theExpressionLanguageStaysInItsPackage() {
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.pilothouse.server.registry.apiextensions.cel..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "dev.cel..", "com.google.common..", "com.google.re2j..", "org.antlr..")
                .because("loading it costs start-up time and memory")
                .check(SERVER);
    }

    @Test
    void bouncyCastleStaysWhereCertificatesAreMade() {
        noClasses()
                .that()
                .doNotHaveFullyQualifiedName("dev.pilothouse.server.pki.CertificateMaker")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.bouncycastle..")
                .because("loading it costs start-up time")
                .check(SERVER);
    }

    @Test
    void joseStaysWhereTokensAreSigned() {
        noClasses()
                .that()
                .doNotHaveFullyQualifiedName("dev.pilothouse.server.tokens.Rs256")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("com.nimbusds..")
                .because("loading it costs start-up time")
                .check(SERVER);
    }

    @Test
    void serverKnowsNoUserInterface() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "dev.pilothouse.ui..", "dev.pilothouse.icons..", "javafx..", "java.awt..")
                .check(SERVER);
    }

    @Test
    void componentsSpeakOnlyTheApi() {
        noClasses()
                .that()
                .resideInAnyPackage(
                        "dev.pilothouse.server.controller..",
                        "dev.pilothouse.server.scheduler..",
                        "dev.pilothouse.server.kubelet..",
                        "dev.pilothouse.server.proxy..",
                        "dev.pilothouse.server.dns..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "dev.pilothouse.server.storage..",
                        "dev.pilothouse.server.registry..",
                        "dev.pilothouse.server.http..")
                .allowEmptyShould(true)
                .check(SERVER);
    }

    @Test
    void everyPackageIsNullMarked() {
        List<String> unmarked =
                SERVER.stream()
                        .map(type -> type.getPackage())
                        .distinct()
                        .filter(part -> !part.isAnnotatedWith(NullMarked.class))
                        .map(JavaPackage::getName)
                        .sorted()
                        .toList();

        assertEquals(List.of(), unmarked);
    }
}
