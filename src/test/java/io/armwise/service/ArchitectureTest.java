package io.armwise.service;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import org.jspecify.annotations.NullMarked;

/** The arrows and bans of the design, for this module. */
@AnalyzeClasses(
    packages = "io.armwise.service",
    importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  private static final String ROOT = "io.armwise.service.";

  /** Each feature knows only those before it; none knows who comes after. */
  @ArchTest
  static final ArchRule featuresDependInOneDirection =
      layeredArchitecture()
          .consideringOnlyDependenciesInLayers()
          .withOptionalLayers(true)
          .layer("platform")
          .definedBy(ROOT + "platform..")
          .layer("experiment")
          .definedBy(ROOT + "experiment..")
          .layer("flag")
          .definedBy(ROOT + "flag..")
          .layer("snapshot")
          .definedBy(ROOT + "snapshot..")
          .layer("event")
          .definedBy(ROOT + "event..")
          .layer("evidence")
          .definedBy(ROOT + "evidence..")
          .layer("learning")
          .definedBy(ROOT + "learning..")
          .layer("decision")
          .definedBy(ROOT + "decision..")
          .layer("analysis")
          .definedBy(ROOT + "analysis..")
          .layer("rollout")
          .definedBy(ROOT + "rollout..")
          .layer("dashboard")
          .definedBy(ROOT + "dashboard..")
          .layer("replay")
          .definedBy(ROOT + "replay..")
          .whereLayer("replay")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("dashboard")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("learning")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("decision")
          .mayOnlyBeAccessedByLayers("dashboard")
          .whereLayer("flag")
          .mayOnlyBeAccessedByLayers("snapshot", "decision", "dashboard")
          .whereLayer("rollout")
          .mayOnlyBeAccessedByLayers("dashboard")
          .whereLayer("analysis")
          .mayOnlyBeAccessedByLayers("rollout", "dashboard", "replay")
          .whereLayer("evidence")
          .mayOnlyBeAccessedByLayers("learning", "analysis", "dashboard", "replay")
          .whereLayer("event")
          .mayOnlyBeAccessedByLayers("evidence", "decision", "analysis", "dashboard", "replay")
          .whereLayer("snapshot")
          .mayOnlyBeAccessedByLayers(
              "event", "evidence", "learning", "decision", "analysis", "dashboard", "replay");

  @ArchTest
  static final ArchRule thePlatformKnowsNoFeature =
      noClasses()
          .that()
          .resideInAPackage(ROOT + "platform..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              ROOT + "experiment..",
              ROOT + "flag..",
              ROOT + "snapshot..",
              ROOT + "event..",
              ROOT + "evidence..",
              ROOT + "learning..",
              ROOT + "decision..",
              ROOT + "analysis..",
              ROOT + "rollout..",
              ROOT + "dashboard..",
              ROOT + "replay..");

  /** What can be replayed years later rests on no random numbers of the moment. */
  @ArchTest
  static final ArchRule evidenceAndLearningDrawNothing =
      noClasses()
          .that()
          .resideInAnyPackage(ROOT + "evidence..", ROOT + "learning..", ROOT + "analysis..")
          .should()
          .dependOnClassesThat()
          .areAssignableTo(java.util.random.RandomGenerator.class);

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
  static void testsMockNothing(JavaClasses classes) {
    ClassLoader loader = ArchitectureTest.class.getClassLoader();
    assertThat(loader.getResource("org/mockito/Mockito.class")).isNull();
    assertThat(loader.getResource("org/easymock/EasyMock.class")).isNull();
  }

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
