package io.armwise.service.calculator;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.armwise.service.Armwise;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine;

/**
 * One run of the command line.
 *
 * @param status exit status
 * @param out standard output
 * @param err standard error
 */
record Run(int status, String out, String err) {

  static Run of(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine line = Armwise.commandLine();
    line.setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
    int status = line.execute(arguments);
    return new Run(status, out.toString(), err.toString());
  }

  /** Analyses a text that is put into {@code folder/data}. */
  static Run analyze(Path folder, String text, String... options) {
    try {
      Path file = Files.writeString(folder.resolve("data"), text);
      String[] arguments = new String[options.length + 2];
      arguments[0] = "analyze";
      arguments[1] = file.toString();
      System.arraycopy(options, 0, arguments, 2, options.length);
      return of(arguments);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The lines of the output as JSON. */
  List<JsonNode> json() {
    return out.lines().map(Run::parse).toList();
  }

  private static JsonNode parse(String line) {
    try {
      return new ObjectMapper().readTree(line);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }
}
