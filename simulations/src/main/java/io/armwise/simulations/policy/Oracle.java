package io.armwise.simulations.policy;

/** Plays today's best arm: what no policy can beat, so every report shows it. */
public record Oracle() implements Policy {
  @Override
  public double[] divide(Situation situation) {
    return Indices.largest(situation, situation::trueMean);
  }
}
