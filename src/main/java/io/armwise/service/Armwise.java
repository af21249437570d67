package io.armwise.service;

import io.armwise.service.platform.ServeCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command line: one subcommand per job. */
@Command(
    name = "armwise",
    description = "Decision service for adaptive experiments.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {ServeCommand.class})
public final class Armwise {

  /** Runs one command; the exit status is 0 for success, 1 for failure, 2 for wrong usage. */
  public static void main(String[] arguments) {
    System.exit(new CommandLine(new Armwise()).execute(arguments));
  }
}
