package io.armwise.posterior;

/**
 * Answer of an estimate of a prior from past experiments.
 *
 * @param <P> the kind of prior
 */
public sealed interface PriorFit<P> {

  /**
   * The past experiments differ by more than their sampling error, and by how much is estimated.
   *
   * @param <P> the kind of prior
   * @param prior the estimate
   * @param logMarginalLikelihood of the history under it
   */
  record Fitted<P>(P prior, double logMarginalLikelihood) implements PriorFit<P> {}

  /**
   * The past experiments differ by no more than sampling error explains: the likelihood grows
   * without end as the prior narrows, so the prior is the narrowest that was allowed.
   *
   * @param <P> the kind of prior
   * @param prior the narrowest prior allowed
   * @param logMarginalLikelihood of the history under it
   */
  record Homogeneous<P>(P prior, double logMarginalLikelihood) implements PriorFit<P> {}

  /**
   * Too few experiments to tell their spread from sampling error.
   *
   * @param <P> the kind of prior
   * @param experiments how many had evidence
   * @param needed how many are needed
   */
  record TooFew<P>(int experiments, int needed) implements PriorFit<P> {}
}
