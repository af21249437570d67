package io.armwise.posterior.sequential;

import static io.armwise.posterior.sequential.ReferenceCases.number;
import static io.armwise.posterior.sequential.ReferenceCases.numbers;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.armwise.posterior.Interval;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Outputs of the authors' Python package confseq, commit 70b1ef30 (MIT), on listed data. Closed
 * forms agree to 1e-9, as do the betting fortunes; betting intervals lie on a grid of 1000 cells,
 * of which the library's may differ by two.
 */
class BoundedMeanReferenceTest {
  @Test
  void sequencesAgreeWithTheAuthorsLibrary() {
    List<JsonNode> cases = ReferenceCases.of("bounded_mean_confidence_sequences");
    int looks = 0;
    int fortunes = 0;
    for (JsonNode c : cases) {
      Map<Integer, JsonNode> at = new HashMap<>();
      c.get("at").forEach(look -> at.put(look.get("t").asInt(), look));
      double alpha = number(c.get("alpha"));
      EmpiricalBernsteinSequence bernstein = new EmpiricalBernsteinSequence(alpha);
      HoeffdingSequence hoeffding = new HoeffdingSequence(alpha);
      BettingSequence betting = new BettingSequence(alpha, 1000);
      Interval running = new Interval(0, 1);
      int t = 0;
      for (double x : numbers(c.get("x"))) {
        t++;
        bernstein.add(x);
        hoeffding.add(x);
        betting.add(x);
        running = intersection(running, betting.interval());
        JsonNode look = at.remove(t);
        if (look != null) {
          looks++;
          String label = c.get("id").asText() + " at " + t;
          near(label, bernstein.interval(), look.get("predmix_emp_bernstein"), 1e-9);
          near(label, hoeffding.interval(), look.get("predmix_hoeffding"), 1e-9);
          near(label, running, look.get("hedged_betting_grid1000"), 0.002);
          for (Map.Entry<String, JsonNode> e :
              look.get("ln_betting_mart_max_theta_half").properties()) {
            fortunes++;
            int index = (int) Math.round(1000 * Double.parseDouble(e.getKey()));
            double expected =
                e.getValue().isNull() ? Double.NEGATIVE_INFINITY : number(e.getValue());
            if (Double.isInfinite(expected)) {
              assertThat(betting.logEValue(index)).as(label).isEqualTo(expected);
            } else {
              assertThat(betting.logEValue(index)).as(label).isCloseTo(expected, within(1e-9));
            }
          }
        }
      }
      assertThat(at).as("every look was reached").isEmpty();
    }
    assertThat(cases).hasSize(12);
    assertThat(looks).isEqualTo(expectedLooks(cases));
    assertThat(fortunes).isGreaterThanOrEqualTo(5 * looks);
  }

  private static Interval intersection(Interval a, Interval b) {
    return new Interval(Math.max(a.lower(), b.lower()), Math.min(a.upper(), b.upper()));
  }

  private static int expectedLooks(List<JsonNode> cases) {
    return cases.stream().mapToInt(c -> c.get("at").size()).sum();
  }

  private static void near(String label, Interval actual, JsonNode expected, double tolerance) {
    assertThat(actual.lower()).as(label).isCloseTo(number(expected.get(0)), within(tolerance));
    assertThat(actual.upper()).as(label).isCloseTo(number(expected.get(1)), within(tolerance));
  }
}
