package io.armwise.service.event;

import io.armwise.bandits.assignment.UnitHash;
import io.armwise.bandits.token.DecisionToken;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Something that happened to a unit, understood but not yet checked against any experiment. */
public sealed interface Event {
  /** Unique, from source and id. */
  UUID id();

  /** When it happened. */
  Instant time();

  /** The unit it happened to. */
  UnitHash unit();

  /**
   * A unit has seen an arm.
   *
   * @param reference which arm of which experiment
   * @param covariates what is known of the unit from before, by name
   */
  record Exposure(
      UUID id,
      Instant time,
      UnitHash unit,
      ArmReference reference,
      Map<String, BigDecimal> covariates)
      implements Event {

    public Exposure {
      covariates = Map.copyOf(covariates);
    }

    /** An exposure that tells nothing of the unit's past. */
    public Exposure(UUID id, Instant time, UnitHash unit, ArmReference reference) {
      this(id, time, unit, reference, Map.of());
    }
  }

  /**
   * A unit has done something that a metric counts.
   *
   * @param reference the arm it is due to; null if every experiment in which the unit was exposed
   *     gets the credit
   * @param experiment the only experiment to credit, if named without an arm
   * @param metric key of the metric
   * @param value exact
   * @param exposedAt when the request was exposed, for outcomes without a token
   * @param attributes by which metrics choose the outcomes they read: values of JSON
   */
  record Outcome(
      UUID id,
      Instant time,
      UnitHash unit,
      @Nullable ArmReference reference,
      @Nullable String experiment,
      String metric,
      BigDecimal value,
      @Nullable Instant exposedAt,
      Map<String, Object> attributes)
      implements Event {

    public Outcome {
      attributes = Map.copyOf(attributes);
    }

    /** An outcome without attributes. */
    public Outcome(
        UUID id,
        Instant time,
        UnitHash unit,
        @Nullable ArmReference reference,
        @Nullable String experiment,
        String metric,
        BigDecimal value,
        @Nullable Instant exposedAt) {
      this(id, time, unit, reference, experiment, metric, value, exposedAt, Map.of());
    }
  }

  /**
   * Something has turned out not to have happened: a refund, or a unit that was no person.
   *
   * @param reference the decision that led to it; null if every experiment is meant
   * @param experiment the only experiment that is meant, if named without an arm
   * @param retracted id of the outcome that does not count; null if the whole unit does not
   */
  record Retraction(
      UUID id,
      Instant time,
      UnitHash unit,
      @Nullable ArmReference reference,
      @Nullable String experiment,
      @Nullable UUID retracted)
      implements Event {}

  /** An arm of an experiment. */
  sealed interface ArmReference {
    /** By the token of the decision. */
    record ByToken(DecisionToken token) implements ArmReference {}

    /**
     * By name, from a system that made the choice itself.
     *
     * @param experiment key
     * @param arm key
     * @param share the propensity in units of 2^-32; 0 if unknown
     */
    record ByName(String experiment, String arm, long share) implements ArmReference {}
  }
}
