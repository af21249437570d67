package io.armwise.service.calculator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.armwise.posterior.Direction;
import io.armwise.posterior.NormalPosterior;
import io.armwise.service.calculator.ArmGroup.NamedArm;
import io.armwise.service.calculator.ExperimentAnalysis.ArmAnalysis;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** Laws that hold whatever the data. */
class AnalyzePropertyTest {

  @Property(tries = 40)
  void theOrderOfRowsDoesNotMatter(
      @ForAll @Size(min = 2, max = 5) List<@IntRange(max = 100) Integer> successes,
      @ForAll long seed)
      throws IOException {
    List<String> rows = new ArrayList<>();
    for (int k = 0; k < successes.size(); k++) {
      rows.add("e,arm" + k + ",100," + successes.get(k));
    }
    List<String> shuffled = new ArrayList<>(rows);
    Collections.shuffle(shuffled, new Random(seed));
    assertThat(byArm(shuffled)).isEqualTo(byArm(rows));
  }

  private static Map<String, JsonNode> byArm(List<String> rows) throws IOException {
    Path folder = Files.createTempDirectory("analyze");
    try {
      Run run =
          Run.analyze(
              folder,
              "experiment,arm,trials,successes\n" + String.join("\n", rows),
              "--json",
              "--control",
              "arm0");
      Map<String, JsonNode> arms = new TreeMap<>();
      run.json().getFirst().get("arms").forEach(arm -> arms.put(arm.get("arm").textValue(), arm));
      return arms;
    } finally {
      Files.delete(folder.resolve("data"));
      Files.delete(folder);
    }
  }

  @Property(tries = 40)
  void minimisingIsMaximisingTheNegative(
      @ForAll @Size(min = 2, max = 5) List<@DoubleRange(min = -3, max = 3) Double> means)
      throws InputException {
    List<NamedArm> arms = new ArrayList<>();
    List<NamedArm> mirrored = new ArrayList<>();
    for (double mean : means) {
      String name = "arm" + arms.size();
      arms.add(new NamedArm(name, new ArmData.Given(new NormalPosterior(mean, 1)), ""));
      mirrored.add(new NamedArm(name, new ArmData.Given(new NormalPosterior(-mean, 1)), ""));
    }
    ExperimentAnalysis low = analysis(Direction.DECREASE, arms);
    ExperimentAnalysis high = analysis(Direction.INCREASE, mirrored);
    assertThat(low.thompsonShares()).isEqualTo(high.thompsonShares());
    assertThat(low.topTwoShares()).isEqualTo(high.topTwoShares());
    for (int k = 0; k < arms.size(); k++) {
      ArmAnalysis a = low.arms().get(k);
      ArmAnalysis b = high.arms().get(k);
      assertThat(a.probabilityToBeBest()).isEqualTo(b.probabilityToBeBest());
      assertThat(a.expectedLoss()).isEqualTo(b.expectedLoss());
      assertThat(a.versusControl().map(v -> v.probabilityToBeatControl()))
          .isEqualTo(b.versusControl().map(v -> v.probabilityToBeatControl()));
      assertThat(a.interval().lower()).isEqualTo(-b.interval().upper());
    }
  }

  private static ExperimentAnalysis analysis(Direction direction, List<NamedArm> arms)
      throws InputException {
    return new Analyst(new Analyst.Question(direction, 0.95, 5000, null, null))
        .analyse("test", List.of(new ArmGroup("e", arms)))
        .getFirst();
  }
}
