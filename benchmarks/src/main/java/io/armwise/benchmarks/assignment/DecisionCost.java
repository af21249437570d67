package io.armwise.benchmarks.assignment;

import io.armwise.benchmarks.ProcessorTime;
import java.util.Locale;
import java.util.function.Supplier;

/** Prints what the parts of a decision cost in processor time of one thread. */
public final class DecisionCost {

  private static final ProcessorTime COST = new ProcessorTime(2_000);

  private DecisionCost() {}

  /** Measures everything; takes no arguments and about fifteen seconds. */
  public static void main(String[] arguments) {
    for (int slots : new int[] {16, 64, 256, 1024}) {
      ArmChoiceBenchmark choice = new ArmChoiceBenchmark();
      choice.slots = slots;
      choice.setUp();
      print("choose an arm from " + slots + " slots", choice::arm);
      if (slots == 16) {
        print("hash a UUID", choice::hash);
      }
    }
    DecisionTokenBenchmark token = new DecisionTokenBenchmark();
    print("write a token", token::encode);
    print("read a token", token::decode);
    print("refuse a forged token", token::decodeForged);
    print("HMAC-SHA-256 of its bytes alone", token::macAlone);
    System.out.println("checksum " + COST.checksum());
  }

  private static void print(String what, Supplier<Object> operation) {
    System.out.printf(
        Locale.ROOT, "%-32s %8.1f ns%n", what, COST.nanos(() -> operation.get().hashCode()));
  }
}
