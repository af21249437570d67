package io.armwise.service.dashboard;

/**
 * The answer, before any figure.
 *
 * @param style of the verdict: a type of the report, or {@code draft}
 * @param label two or three words
 * @param sentence what the evidence allows
 * @param advice what to do next
 * @param trust how far to trust it, where the sentence does not say
 */
public record VerdictBanner(
    String style, String label, String sentence, String advice, String trust) {}
