package io.armwise.service;

import io.armwise.service.archive.ArchiveCommand;
import io.armwise.service.calculator.AnalyzeCommand;
import io.armwise.service.calculator.BoundariesCommand;
import io.armwise.service.calculator.PowerCommand;
import io.armwise.service.erasure.EraseCommand;
import io.armwise.service.platform.BuildVersion;
import io.armwise.service.platform.ServeCommand;
import io.armwise.service.rebuild.RebuildCommand;
import io.armwise.service.rejected.RejectedCommand;
import io.armwise.service.replay.DemoCommand;
import io.armwise.service.replay.ReplayCommand;
import io.armwise.service.simulation.CertifyCommand;
import io.armwise.service.simulation.ListPoliciesCommand;
import io.armwise.service.simulation.ListWorldsCommand;
import io.armwise.service.simulation.MergeCommand;
import io.armwise.service.simulation.ReportCommand;
import io.armwise.service.simulation.SimulateCommand;
import io.swagger.v3.oas.annotations.OpenAPIDefinition;
import io.swagger.v3.oas.annotations.enums.SecuritySchemeType;
import io.swagger.v3.oas.annotations.info.Info;
import io.swagger.v3.oas.annotations.info.License;
import io.swagger.v3.oas.annotations.security.SecurityRequirement;
import io.swagger.v3.oas.annotations.security.SecurityScheme;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command line: one subcommand per job. */
@Command(
    name = "armwise",
    description = "Decision service for adaptive experiments.",
    mixinStandardHelpOptions = true,
    versionProvider = BuildVersion.class,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      ServeCommand.class,
      DemoCommand.class,
      ReplayCommand.class,
      RebuildCommand.class,
      ArchiveCommand.class,
      RejectedCommand.class,
      EraseCommand.class,
      AnalyzeCommand.class,
      PowerCommand.class,
      BoundariesCommand.class,
      SimulateCommand.class,
      ReportCommand.class,
      MergeCommand.class,
      CertifyCommand.class,
      ListWorldsCommand.class,
      ListPoliciesCommand.class
    })
@OpenAPIDefinition(
    info =
        @Info(
            title = "Armwise",
            version = "1",
            description = "Decision service for adaptive experiments.",
            license = @License(name = "Apache-2.0")),
    security = @SecurityRequirement(name = "apiKey"))
@SecurityScheme(name = "apiKey", type = SecuritySchemeType.HTTP, scheme = "bearer")
public final class Armwise {

  /** Runs one command; the exit status is 0 for success, 1 for failure, 2 for wrong usage. */
  public static void main(String[] arguments) {
    System.exit(commandLine().execute(arguments));
  }

  /** The command line with all its subcommands. */
  public static CommandLine commandLine() {
    return new CommandLine(new Armwise())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setParameterExceptionHandler(
            (error, wrong) -> {
              CommandLine command = error.getCommandLine();
              String name = command.getCommandSpec().qualifiedName();
              command.getErr().println("armwise: " + error.getMessage());
              command.getErr().println("Try '" + name + " --help'.");
              return CommandLine.ExitCode.USAGE;
            });
  }
}
