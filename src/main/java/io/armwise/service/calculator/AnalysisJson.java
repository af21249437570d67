package io.armwise.service.calculator;

import com.fasterxml.jackson.core.JsonGenerator;
import io.armwise.posterior.Interval;
import io.armwise.service.calculator.ExperimentAnalysis.ArmAnalysis;
import io.armwise.service.calculator.ExperimentAnalysis.UpliftSummary;
import io.armwise.service.calculator.ExperimentAnalysis.VersusControl;
import java.io.IOException;
import java.util.List;
import java.util.OptionalDouble;

/** An analysis as JSON. */
final class AnalysisJson {
  private AnalysisJson() {}

  /** One experiment, one line. */
  static String line(ExperimentAnalysis analysis) {
    return JsonOutput.object(
        json -> {
          json.writeStringField("experiment", analysis.experiment());
          json.writeArrayFieldStart("arms");
          for (ArmAnalysis arm : analysis.arms()) {
            arm(json, arm);
          }
          json.writeEndArray();
          shares(json, "thompsonShares", analysis.thompsonShares());
          shares(json, "topTwoShares", analysis.topTwoShares());
          JsonOutput.number(json, "numericalError", analysis.numericalError());
        });
  }

  private static void arm(JsonGenerator json, ArmAnalysis arm) throws IOException {
    json.writeStartObject();
    json.writeStringField("arm", arm.arm());
    number(json, "mean", arm.mean());
    number(json, "sd", arm.standardDeviation());
    interval(json, "interval", arm.interval());
    if (arm.anytimeInterval().isPresent()) {
      interval(json, "anytimeInterval", arm.anytimeInterval().get());
    } else {
      json.writeNullField("anytimeInterval");
    }
    JsonOutput.number(json, "probabilityToBeBest", arm.probabilityToBeBest());
    if (arm.versusControl().isPresent()) {
      VersusControl versus = arm.versusControl().get();
      JsonOutput.number(json, "probabilityToBeatControl", versus.probabilityToBeatControl());
      number(json, "expectedLoss", arm.expectedLoss());
      json.writeObjectFieldStart("uplift");
      uplift(json, "absolute", versus.absolute());
      uplift(json, "relative", versus.relative());
      json.writeEndObject();
    } else {
      json.writeNullField("probabilityToBeatControl");
      number(json, "expectedLoss", arm.expectedLoss());
      json.writeNullField("uplift");
    }
    json.writeEndObject();
  }

  private static void uplift(JsonGenerator json, String field, UpliftSummary uplift)
      throws IOException {
    json.writeObjectFieldStart(field);
    number(json, "mean", uplift.mean());
    interval(json, "interval", uplift.interval());
    json.writeEndObject();
  }

  private static void interval(JsonGenerator json, String field, Interval interval)
      throws IOException {
    json.writeArrayFieldStart(field);
    JsonOutput.number(json, interval.lower());
    JsonOutput.number(json, interval.upper());
    json.writeEndArray();
  }

  private static void shares(JsonGenerator json, String field, List<Double> shares)
      throws IOException {
    json.writeArrayFieldStart(field);
    for (double share : shares) {
      JsonOutput.number(json, share);
    }
    json.writeEndArray();
  }

  private static void number(JsonGenerator json, String field, OptionalDouble value)
      throws IOException {
    JsonOutput.number(json, field, value.orElse(Double.NaN));
  }
}
