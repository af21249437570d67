package io.armwise.simulations;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.armwise.bandits.allocation.Shares;
import io.armwise.bandits.experiment.ExperimentDefinition;
import io.armwise.bandits.inference.ArmPosterior;
import io.armwise.bandits.inference.Standings;
import io.armwise.bandits.verdict.Progress;
import io.armwise.bandits.verdict.VerdictRule;
import io.armwise.posterior.sequential.BestArmInference;
import io.armwise.simulations.policy.BayesUcb;
import io.armwise.simulations.policy.ServicePolicy;
import io.armwise.simulations.policy.Situation;
import io.armwise.simulations.rule.AnytimeWinner;
import io.armwise.simulations.rule.ProductVerdict;
import java.util.List;

/** The arrows and bans of the design, for this module. */
@AnalyzeClasses(
    packages = "io.armwise.simulations",
    importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

  /** What the simulator proves holds for the service because both run the same classes. */
  @ArchTest
  static final ArchRule allocatesByTheServicesOwnStandings =
      classes()
          .that()
          .areAssignableTo(ServicePolicy.class)
          .should()
          .callMethod(Standings.class, "allocate", Shares.class);

  @ArchTest
  static final ArchRule infersByTheServicesOwnStandings =
      classes()
          .that()
          .areAssignableTo(Situation.class)
          .should()
          .callMethod(Standings.class, "of", ExperimentDefinition.class, List.class);

  @ArchTest
  static final ArchRule judgesByTheServicesOwnVerdict =
      classes()
          .that()
          .areAssignableTo(ProductVerdict.class)
          .should()
          .callMethod(VerdictRule.class, "of", ExperimentDefinition.class, Progress.class);

  @ArchTest
  static final ArchRule namesWinnersByTheServicesOwnSequentialInference =
      classes()
          .that()
          .areAssignableTo(AnytimeWinner.class)
          .should()
          .callMethod(BestArmInference.class, "winner", List.class, double.class);

  @ArchTest
  static final ArchRule hasNoPosteriorOfItsOwn =
      noClasses()
          .that()
          .doNotBelongToAnyOf(BayesUcb.class)
          .should()
          .dependOnClassesThat()
          .areAssignableTo(ArmPosterior.class);

  @ArchTest
  static final ArchRule theKernelIsPure =
      noClasses()
          .that()
          .resideInAnyPackage("..random..", "..world..", "..policy..", "..rule..", "..trial..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "java.io..", "java.net..", "java.nio.file..", "java.util.concurrent..");

  @ArchTest
  static final ArchRule packagesFormNoCycle =
      slices().matching("io.armwise.simulations.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule knowsNothingOfTheService =
      noClasses().should().dependOnClassesThat().resideInAPackage("io.armwise.service..");

  @ArchTest
  static final ArchRule namesSayWhatAClassIs =
      noClasses()
          .should()
          .haveNameMatching(".*(Impl|Utils?|Helper|Manager)")
          .orShould()
          .resideInAnyPackage("..common..", "..misc..", "..impl..");
}
