package io.armwise.simulations.suite;

/** Writes down what made the results, so that they can be made again. */
public final class Manifest {
  private Manifest() {}

  /**
   * Writes {@code manifest.json}.
   *
   * @param folder of the results
   * @param version of Armwise
   */
  public static void write(ResultFolder folder, String version) {
    SuiteFile file = folder.suite();
    Suite suite = file.suite();
    folder.write(
        "manifest.json",
        """
        {
          "suite": %s,
          "suiteHash": "%s",
          "seed": %d,
          "replications": %d,
          "cells": %d,
          "armwise": %s,
          "jvm": %s,
          "os": %s
        }
        """
            .formatted(
                NodeWriter.quoted(suite.name()),
                file.hash(),
                suite.seed(),
                suite.replications(),
                suite.cells().size(),
                NodeWriter.quoted(version),
                NodeWriter.quoted(Runtime.version().toString()),
                NodeWriter.quoted(
                    System.getProperty("os.name") + " " + System.getProperty("os.arch"))));
  }
}
