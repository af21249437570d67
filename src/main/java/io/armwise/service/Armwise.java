package io.armwise.service;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command line: one subcommand per job. */
@Command(
    name = "armwise",
    description = "Decision service for adaptive experiments.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND")
public final class Armwise {

  /** Runs one command; the exit status is 0 for success, 1 for failure, 2 for wrong usage. */
  public static void main(String[] arguments) {
    System.exit(new CommandLine(new Armwise()).execute(arguments));
  }
}
