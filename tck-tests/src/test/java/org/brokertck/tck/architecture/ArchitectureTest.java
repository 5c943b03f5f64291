package org.brokertck.tck.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import net.jqwik.api.ArbitrarySupplier;
import org.brokertck.api.partitioned.PartitionedBroker;
import org.brokertck.api.queue.MessageQueue;
import org.brokertck.tck.workload.Shrinking;
import org.junit.jupiter.api.Test;

/** The arrows of DESIGN.md, as far as they can be seen from the kit. */
class ArchitectureTest {
    /** Tests run in the folder of their module. */
    private static final Path ROOT = Path.of("").toAbsolutePath().resolveSibling("");

    private static final JavaClasses MAIN = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("org.brokertck");

    private static final JavaClasses EVERYTHING = new ClassFileImporter().importPackages("org.brokertck");

    /** What is not bounded is made smaller for minutes when it fails. */
    @Test
    void everySupplierBoundsHowLongItsWorkloadsAreMadeSmaller() {
        classes()
                .that()
                .implement(ArbitrarySupplier.class)
                .should()
                .dependOnClassesThat()
                .belongToAnyOf(Shrinking.class)
                .orShould()
                .dependOnClassesThat()
                .haveSimpleName("Workloads")
                .check(MAIN);
    }

    @Test
    void theKitDependsOnTheContractAndOnTestLibrariesOnly() {
        classes()
                .that()
                .resideInAPackage("org.brokertck.tck..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "org.brokertck.tck..",
                        "org.brokertck.api..",
                        "java..",
                        "javax..",
                        "org.junit..",
                        "net.jqwik..",
                        "org.opentest4j..",
                        "org.apiguardian..",
                        "org.jspecify..",
                        "org.awaitility..",
                        "com.fasterxml.jackson.core..",
                        "com.samskivert.mustache..")
                .check(MAIN);
    }

    @Test
    void theContractDependsOnNothing() {
        classes()
                .that()
                .resideInAPackage("org.brokertck.api..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("org.brokertck.api..", "java..", "org.jspecify..")
                .check(MAIN);
    }

    @Test
    void checksCallNoBrokerAndKnowNoThreads() {
        noClasses()
                .that()
                .resideInAPackage("org.brokertck.tck.check..")
                .should()
                .dependOnClassesThat()
                .belongToAnyOf(MessageQueue.class, PartitionedBroker.class, Thread.class)
                .orShould()
                .dependOnClassesThat()
                .resideInAnyPackage("java.util.concurrent..", "java.io..", "java.net..")
                .check(MAIN);
    }

    @Test
    void implementationsNeverSeeTheKit() throws IOException {
        JavaClasses implementations = new ClassFileImporter().importPaths(compiledImplementations());
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.brokertck.tck..")
                .allowEmptyShould(true)
                .check(implementations);
    }

    @Test
    void theReferenceNeverSeesTheKit() {
        noClasses()
                .that()
                .resideInAPackage("org.brokertck.reference..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.brokertck.tck..")
                .check(MAIN);
    }

    /** The modules that were built before this one; none where it is built alone. */
    private static List<Path> compiledImplementations() throws IOException {
        try (Stream<Path> adapters = Files.list(ROOT.resolve("adapters"))) {
            return Stream.concat(Stream.of(ROOT.resolve("reference-impl")), adapters)
                    .map(it -> it.resolve("target/classes"))
                    .filter(Files::isDirectory)
                    .toList();
        }
    }

    @Test
    void nobodySeesTheInternalsOfTheReference() {
        noClasses()
                .that()
                .resideOutsideOfPackage("org.brokertck.reference..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.brokertck.reference..internal..")
                .check(EVERYTHING);
    }

    @Test
    void nobodySleeps() {
        noClasses()
                .should()
                .callMethod(Thread.class, "sleep", long.class)
                .orShould()
                .callMethod(Thread.class, "sleep", long.class, int.class)
                .orShould()
                .callMethod(TimeUnit.class, "sleep", long.class)
                .orShould()
                .callMethod(Thread.class, "sleep", Duration.class)
                .check(EVERYTHING);
    }

    @Test
    void thePackagesOfTheKitHaveNoCycles() {
        slices().matching("org.brokertck.tck.(*)..").should().beFreeOfCycles().check(MAIN);
    }

    @Test
    void thePackagesOfTheContractHaveNoCycles() {
        slices().matching("org.brokertck.api.(*)..").should().beFreeOfCycles().check(MAIN);
    }
}
