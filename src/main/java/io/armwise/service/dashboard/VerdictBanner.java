package io.armwise.service.dashboard;

import org.jspecify.annotations.Nullable;

/**
 * The answer, before any figure.
 *
 * @param style of the verdict: a type of the report, or {@code draft}
 * @param label two or three words
 * @param headline what the evidence allows, in one sentence
 * @param grounds what that rests on and would cost; may be empty
 * @param advice what to do next
 * @param trust how far to trust it, where the sentence does not say
 * @param step that follows from it; null where nothing is to be done here
 */
public record VerdictBanner(
    String style,
    String label,
    String headline,
    String grounds,
    String advice,
    String trust,
    @Nullable Step step) {

  /** Keeps percent signs at their numbers. */
  public VerdictBanner {
    headline = Words.unbroken(headline);
    grounds = Words.unbroken(grounds);
    advice = Words.unbroken(advice);
    trust = Words.unbroken(trust);
  }

  /**
   * What a person would do next, on a page that asks before it does anything.
   *
   * @param label for example {@code Ship Green}
   * @param address of the page
   * @param restricted to those who may change experiments
   */
  public record Step(String label, String address, boolean restricted) {}
}
