package io.armwise.bandits.experiment;

/**
 * What is randomised. With {@link #REQUEST} every decision is a unit of its own and repeated
 * decisions for one person are independent; with a named entity, such as {@code user}, the unit
 * keeps its arm and all its outcomes count as one value.
 *
 * @param name {@code request} or the name of an entity
 */
public record RandomizationUnit(String name) {
  /** Every decision is its own unit. */
  public static final RandomizationUnit REQUEST = new RandomizationUnit("request");

  /** Whether every decision is its own unit. */
  public boolean isRequest() {
    return name.equals(REQUEST.name);
  }
}
