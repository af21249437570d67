package io.armwise.bandits.experiment;

/**
 * One variant of an experiment. Its position in {@link ExperimentDefinition#arms()} is its slot for
 * life: arms are added at the end and retired in place, never removed or moved.
 *
 * @param key unique in the experiment, see {@link Key}
 * @param name what people read
 * @param payload what the caller receives, a JSON value as text
 * @param control whether other arms are compared with this one
 * @param retired whether the arm gets no more traffic
 */
public record Arm(String key, String name, String payload, boolean control, boolean retired) {
  /** The same arm without further traffic. */
  public Arm retire() {
    return new Arm(key, name, payload, control, true);
  }
}
