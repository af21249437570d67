package io.armwise.client;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(
    packages = "io.armwise.client",
    importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  /** Whoever adds the client to a program adds nothing that could clash with it. */
  @ArchTest
  static final ArchRule needsThePlatformAndOurOwnClassesOnly =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.armwise.client.openfeature..")
          .should()
          .dependOnClassesThat()
          .resideOutsideOfPackages("java..", "io.armwise..", "org.jspecify..");
}
