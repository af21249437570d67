package io.armwise.posterior.comparison;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.armwise.posterior.BetaPosterior;
import io.armwise.posterior.NormalPosterior;
import io.armwise.posterior.Posterior;
import io.armwise.posterior.StudentTPosterior;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Reads the cases of {@code reference/pbest}; each file states its source and precision. */
final class ReferenceFile {
  private ReferenceFile() {}

  static Stream<JsonNode> cases(String name) {
    String path = "/reference/pbest/" + name + ".json";
    try (InputStream stream = ReferenceFile.class.getResourceAsStream(path)) {
      if (stream == null) {
        throw new IllegalStateException("missing resource " + path);
      }
      JsonNode file = new ObjectMapper().readTree(stream);
      JsonNode cases = file.get("cases");
      if (cases.size() != file.get("count").asInt()) {
        throw new IllegalStateException(path + " has " + cases.size() + " cases");
      }
      return StreamSupport.stream(cases.spliterator(), false);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static List<Posterior> betas(JsonNode row) {
    double[] alpha = numbers(row.get("alpha"));
    double[] beta = numbers(row.get("beta"));
    List<Posterior> arms = new ArrayList<>();
    for (int k = 0; k < alpha.length; k++) {
      arms.add(new BetaPosterior(alpha[k], beta[k]));
    }
    return arms;
  }

  static List<Posterior> normals(JsonNode row) {
    double[] mean = numbers(row.get("mean"));
    double[] sd = numbers(row.get("sd"));
    List<Posterior> arms = new ArrayList<>();
    for (int k = 0; k < mean.length; k++) {
      arms.add(new NormalPosterior(mean[k], sd[k]));
    }
    return arms;
  }

  static List<Posterior> studentTs(JsonNode row) {
    double[] nu = numbers(row.get("nu"));
    double[] location = numbers(row.get("location"));
    double[] scale = numbers(row.get("scale"));
    List<Posterior> arms = new ArrayList<>();
    for (int k = 0; k < nu.length; k++) {
      arms.add(new StudentTPosterior(nu[k], location[k], scale[k]));
    }
    return arms;
  }

  static double[] numbers(JsonNode array) {
    double[] values = new double[array.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = number(array.get(i));
    }
    return values;
  }

  static double number(JsonNode node) {
    return Double.parseDouble(node.asText());
  }
}
