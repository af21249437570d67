package io.armwise.service.calculator;

import java.util.List;

/**
 * The arms of one experiment, as the input gives them.
 *
 * @param experiment its name
 * @param arms at least one, of different names, in the order of the input
 */
record ArmGroup(String experiment, List<NamedArm> arms) {

  /**
   * One arm.
   *
   * @param name of the arm
   * @param data what is known of it
   * @param where it stands in the input, for messages
   */
  record NamedArm(String name, ArmData data, String where) {}

  /** Copies the list. */
  ArmGroup {
    arms = List.copyOf(arms);
  }

  /** The names of the arms. */
  List<String> names() {
    return arms.stream().map(NamedArm::name).toList();
  }
}
