package io.armwise.posterior;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The engine is pure: what it computes depends on its arguments and on nothing else. */
@AnalyzeClasses(
    packages = "io.armwise.posterior",
    importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

  @ArchTest
  static final ArchRule dependsOnTheJdkAndHipparchusOnly =
      classes()
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "io.armwise.posterior..",
              "org.hipparchus..",
              "org.jspecify.annotations..",
              "java.lang..",
              "java.math..",
              "java.time..",
              "java.util..");

  @ArchTest
  static final ArchRule hasNoInputOutputThreadsOrGlobalRandomness =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "java.io..",
              "java.net..",
              "java.nio..",
              "java.util.concurrent..",
              "java.util.logging..",
              "java.util.random..")
          .orShould()
          .dependOnClassesThat()
          .haveNameMatching("java\\.lang\\.(Thread|Runtime|Process|ProcessBuilder)")
          .orShould()
          .dependOnClassesThat()
          .haveNameMatching("java\\.util\\.(Random|SplittableRandom|UUID|Timer)")
          .orShould()
          .callMethod(Math.class, "random");

  @ArchTest
  static final ArchRule readsNoClock =
      noClasses()
          .should()
          .callMethod(System.class, "nanoTime")
          .orShould()
          .callMethod(System.class, "currentTimeMillis")
          .orShould()
          .dependOnClassesThat()
          .areAssignableTo(java.time.Clock.class)
          .orShould()
          .callMethod(java.time.Instant.class, "now")
          .orShould()
          .callMethod(java.time.LocalDate.class, "now")
          .orShould()
          .callMethod(java.time.LocalDateTime.class, "now")
          .orShould()
          .callMethod(java.time.ZonedDateTime.class, "now");

  @ArchTest
  static final ArchRule readsNoSystemProperties =
      noClasses()
          .should()
          .callMethod(System.class, "getProperty", String.class)
          .orShould()
          .callMethod(System.class, "getenv", String.class)
          .orShould()
          .accessField(System.class, "out")
          .orShould()
          .accessField(System.class, "err");

  @ArchTest
  static final ArchRule namesSayWhatAClassIs =
      noClasses().should().haveNameMatching(".*(Impl|Util|Utils|Helper|Manager)");

  @ArchTest
  static final ArchRule packagesFormNoCycles =
      slices().matching("io.armwise.posterior.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule specialFunctionsKnowNothingOfStatistics =
      noClasses()
          .that()
          .resideInAPackage("io.armwise.posterior.special..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.armwise.posterior",
              "io.armwise.posterior.comparison..",
              "io.armwise.posterior.sequential..",
              "io.armwise.posterior.classical..");

  @ArchTest
  static final ArchRule evidenceAndPosteriorsKnowNothingOfWhatIsBuiltOnThem =
      noClasses()
          .that()
          .resideInAPackage("io.armwise.posterior")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.armwise.posterior.comparison..",
              "io.armwise.posterior.sequential..",
              "io.armwise.posterior.classical..");
}
