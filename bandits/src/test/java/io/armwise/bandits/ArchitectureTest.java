package io.armwise.bandits;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.NullMarked;

/** The arrows and bans of the design, for this module. */
@AnalyzeClasses(
    packages = "io.armwise.bandits",
    importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

  @ArchTest
  static final ArchRule doesNoInputOutputLoggingOrThreading =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "java.io..",
              "java.nio.file..",
              "java.nio.channels..",
              "java.net..",
              "java.sql..",
              "java.util.logging..",
              "java.util.concurrent..",
              "org.slf4j..")
          .orShould()
          .dependOnClassesThat()
          .areAssignableTo(Thread.class);

  @ArchTest
  static final ArchRule readsNoClockAndNoGlobalRandomness =
      noClasses()
          .should()
          .accessTargetWhere(
              DescribedPredicate.describe(
                  "reads a clock or global randomness", ArchitectureTest::isAmbient));

  private static boolean isAmbient(JavaAccess<?> access) {
    JavaClass owner = access.getTarget().getOwner();
    String name = access.getTarget().getName();
    boolean readsTime =
        (owner.isEquivalentTo(System.class)
                && Set.of("currentTimeMillis", "nanoTime").contains(name))
            || owner.isAssignableTo(Clock.class)
            || (owner.getPackageName().equals("java.time") && name.equals("now"));
    boolean drawsFromNowhere =
        (owner.isEquivalentTo(Math.class) && name.equals("random"))
            || (owner.isEquivalentTo(UUID.class) && name.equals("randomUUID"))
            || ((owner.isAssignableTo(Random.class) || owner.isAssignableTo(SplittableRandom.class))
                && name.equals("<init>"))
            || (owner.isEquivalentTo(RandomGenerator.class)
                && Set.of("getDefault", "of").contains(name));
    return readsTime || drawsFromNowhere;
  }

  @ArchTest
  static final ArchRule keepsNoGlobalState = fields().that().areStatic().should().beFinal();

  @ArchTest
  static final ArchRule arrowsPointFromTokensToAssignmentToAllocation =
      layeredArchitecture()
          .consideringOnlyDependenciesInLayers()
          .withOptionalLayers(true)
          .layer("index")
          .definedBy("io.armwise.bandits.index..")
          .layer("allocation")
          .definedBy("io.armwise.bandits.allocation..")
          .layer("assignment")
          .definedBy("io.armwise.bandits.assignment..")
          .layer("token")
          .definedBy("io.armwise.bandits.token..")
          .layer("experiment")
          .definedBy("io.armwise.bandits.experiment..")
          .layer("decision")
          .definedBy("io.armwise.bandits.decision..")
          .layer("condition")
          .definedBy("io.armwise.bandits.condition..")
          .whereLayer("condition")
          .mayOnlyBeAccessedByLayers("decision")
          .whereLayer("decision")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("experiment")
          .mayOnlyBeAccessedByLayers("decision", "condition")
          .whereLayer("token")
          .mayOnlyBeAccessedByLayers("experiment", "decision")
          .whereLayer("assignment")
          .mayOnlyBeAccessedByLayers("token", "experiment", "decision")
          .whereLayer("index")
          .mayOnlyBeAccessedByLayers("experiment");

  @ArchTest
  static final ArchRule knowsNothingOfTheModulesThatUseIt =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.armwise.simulations..", "io.armwise.service..");

  @ArchTest
  static final ArchRule namesSayWhatAClassIs =
      noClasses()
          .should()
          .haveSimpleNameEndingWith("Impl")
          .orShould()
          .haveSimpleNameEndingWith("Util")
          .orShould()
          .haveSimpleNameEndingWith("Utils")
          .orShould()
          .haveSimpleNameEndingWith("Helper")
          .orShould()
          .haveSimpleNameEndingWith("Manager")
          .orShould()
          .resideInAnyPackage("..common..", "..misc..", "..impl..");

  @ArchTest
  static void everyPackageIsNullMarked(JavaClasses classes) {
    assertThat(classes).isNotEmpty();
    for (JavaClass type : classes) {
      assertThat(type.getPackage().tryGetPackageInfo())
          .as("package-info of %s", type.getPackageName())
          .hasValueSatisfying(info -> assertThat(info.isAnnotatedWith(NullMarked.class)).isTrue());
    }
  }
}
