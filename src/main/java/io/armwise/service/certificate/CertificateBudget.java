package io.armwise.service.certificate;

import io.armwise.simulations.certificate.Budget;
import io.micronaut.context.annotation.Value;
import jakarta.inject.Singleton;

/**
 * How much this node simulates per certificate: what standard errors need, or a number of
 * replications that its operator sets. Immutable.
 */
@Singleton
final class CertificateBudget {
  private static final Budget OF_WHAT_IFS = new Budget(500, 2_000, 0.006);

  private final int replications;

  /**
   * The budget.
   *
   * @param replications of each world; 0 for as many as the wanted precision takes
   */
  CertificateBudget(@Value("${armwise.certificate.replications:0}") int replications) {
    if (!(replications == 0 || replications >= 100)) {
      throw new IllegalArgumentException(
          "armwise.certificate.replications must be 0 or >= 100, got " + replications);
    }
    this.replications = replications;
  }

  Budget ofCertificates() {
    return replications == 0 ? Budget.STANDARD : Budget.exactly(replications);
  }

  Budget ofWhatIfs() {
    return replications == 0 ? OF_WHAT_IFS : Budget.exactly(replications);
  }
}
