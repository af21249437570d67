package io.armwise.bandits.assignment;

import io.armwise.bandits.allocation.Shares;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The test vectors of the assignment: what any client in any language must reproduce. {@link #main}
 * writes them; once published they never change, only grow.
 */
final class AssignmentVectors {

  static final String SALTS = "salts.csv";
  static final String ALLOCATIONS = "allocations.csv";
  static final String ASSIGNMENTS = "assignments.csv";

  /** An allocation among arms under the salt of an experiment's key. */
  private record Example(String name, Slots slots, String key, Shares shares) {

    int arm(UnitHash unit) {
      return ArmChoice.of(shares, slots, Salt.of(Stage.ARM, key)).arm(unit);
    }
  }

  private static final String EXPERIMENT = "checkout-button";
  private static final String LAYER = "front-page";
  private static final String HOLDOUT = "2026";

  private AssignmentVectors() {}

  /** Writes the files into the folder that is the first argument. */
  public static void main(String[] arguments) throws IOException {
    Path folder = Path.of(arguments[0]);
    Files.writeString(folder.resolve(SALTS), text(salts()));
    Files.writeString(folder.resolve(ALLOCATIONS), text(allocations()));
    Files.writeString(folder.resolve(ASSIGNMENTS), text(assignments()));
  }

  private static String text(List<String> lines) {
    return String.join("\n", lines) + "\n";
  }

  static List<String> salts() {
    List<String> lines = new ArrayList<>(List.of("stage,key,salt"));
    for (Stage stage : Stage.values()) {
      for (String key : List.of(EXPERIMENT, LAYER, HOLDOUT, "préférences 🙂")) {
        lines.add(stage.tag() + "," + key + "," + hex(Salt.of(stage, key).value()));
      }
    }
    return lines;
  }

  static List<String> allocations() {
    List<String> lines = new ArrayList<>(List.of("allocation,slots,key,arm_salt,shares"));
    for (Example example : examples()) {
      String shares =
          Arrays.stream(example.shares().toArray())
              .mapToObj(Long::toString)
              .collect(Collectors.joining(" "));
      lines.add(
          String.join(
              ",",
              example.name(),
              Integer.toString(example.slots().count()),
              example.key(),
              hex(Salt.of(Stage.ARM, example.key()).value()),
              shares));
    }
    return lines;
  }

  static List<String> assignments() {
    List<Example> examples = examples();
    TrafficGate gate = TrafficGate.ofFraction(Salt.of(Stage.TRAFFIC, EXPERIMENT), 0.25);
    Layer layer = new Layer(Salt.of(Stage.LAYER, LAYER));
    Layer holdout = new Layer(Salt.of(Stage.HOLDOUT, HOLDOUT));
    List<String> lines = new ArrayList<>();
    lines.add(
        "unit_utf8_hex,hash64,hash128,in_traffic_0.25,layer_bucket,holdout_bucket,"
            + examples.stream().map(Example::name).collect(Collectors.joining(",")));
    for (String id : units()) {
      UnitHash unit = UnitHash.of(id);
      lines.add(
          String.join(
              ",",
              HexFormat.of().formatHex(id.getBytes(StandardCharsets.UTF_8)),
              hex(unit.first()),
              unit.hex(),
              Boolean.toString(gate.admits(unit)),
              Integer.toString(layer.bucket(unit)),
              Integer.toString(holdout.bucket(unit)),
              examples.stream()
                  .map(example -> Integer.toString(example.arm(unit)))
                  .collect(Collectors.joining(","))));
    }
    return lines;
  }

  private static String hex(long value) {
    return HexFormat.of().toHexDigits(value);
  }

  private static List<Example> examples() {
    return List.of(
        new Example("only-arm", Slots.SLOTS_16, EXPERIMENT, Shares.of(Shares.TOTAL)),
        new Example("halves", Slots.SLOTS_16, EXPERIMENT, Shares.equal(2)),
        new Example(
            "with-a-retired-arm",
            Slots.SLOTS_16,
            EXPERIMENT,
            Shares.of(429_496_730L, 0, 3_006_477_107L, 858_993_459L)),
        new Example("almost-one", Slots.SLOTS_16, EXPERIMENT, Shares.of(1, Shares.TOTAL - 1)),
        new Example("full-16", Slots.SLOTS_16, "other-key", harmonic(16)),
        new Example("harmonic-17-of-64", Slots.SLOTS_64, "préférences 🙂", harmonic(17)),
        new Example("thirds-of-256", Slots.SLOTS_256, EXPERIMENT, Shares.equal(3)),
        new Example("full-1024", Slots.SLOTS_1024, EXPERIMENT, harmonic(1024)));
  }

  /** Shares in proportion to 1, 1/2, 1/3, … */
  private static Shares harmonic(int arms) {
    double sum = IntStream.rangeClosed(1, arms).mapToDouble(i -> 1.0 / i).sum();
    return Shares.ofProbabilities(
        IntStream.rangeClosed(1, arms).mapToDouble(i -> 1.0 / i / sum).toArray());
  }

  private static List<String> units() {
    List<String> units = new ArrayList<>();
    // Every length of the hash's tail, with and without blocks before it.
    String letters = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    for (int length = 1; length <= 50; length++) {
      units.add(letters.substring(0, length));
    }
    units.add("x".repeat(255));
    units.add("x".repeat(256));
    units.addAll(
        List.of(
            "0",
            "A",
            " a",
            "a ",
            "\u0000",
            "\t",
            "user@example.org",
            "3f2504e0-4f89-11d3-9a0c-0305e82c3301",
            "Zo\u00eb",
            "Zoe\u0308",
            "stra\u00dfe",
            "\u6570\u636e",
            "\u0645\u0633\u062a\u062e\u062f\u0645",
            "\ud83d\ude42",
            "\ud83d\udc68\u200d\ud83d\udc69\u200d\ud83d\udc67",
            "\uffff",
            "\ufeffbom",
            "\u6570".repeat(85)));
    for (int i = 0; i < 100; i++) {
      units.add("unit-" + i);
    }
    return units;
  }
}
