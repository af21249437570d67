package io.armwise.service.certificate;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.armwise.service.certificate.CertificateView.Figure;
import io.armwise.service.certificate.CertificateView.Threshold;
import io.armwise.simulations.certificate.Calibration;
import io.armwise.simulations.certificate.Certificate;
import io.armwise.simulations.certificate.Estimate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The figures of a certificate in the form in which they are stored. */
@JsonInclude(JsonInclude.Include.NON_NULL)
record CertificateFigures(
    Figure falseWinner,
    Figure power,
    Figure days,
    Figure days90,
    Figure daysWithoutEffect,
    Figure expectedLoss,
    Figure regretSaved,
    @Nullable Threshold calibration,
    List<Integer> replications,
    List<String> assumptions) {

  static CertificateFigures of(Certificate made, List<String> assumptions) {
    return new CertificateFigures(
        figure(made.falseWinner()),
        figure(made.power()),
        figure(made.days()),
        figure(made.days90()),
        figure(made.daysWithoutEffect()),
        figure(made.expectedLoss()),
        figure(made.regretSaved()),
        made.calibration() == null ? null : threshold(made.calibration()),
        List.of(made.replicationsWithout(), made.replicationsWith()),
        assumptions);
  }

  private static Threshold threshold(Calibration calibration) {
    return new Threshold(
        calibration.threshold(),
        figure(calibration.falseWinner()),
        figure(calibration.power()),
        figure(calibration.days()));
  }

  private static Figure figure(Estimate estimate) {
    return new Figure(estimate.value(), estimate.standardError());
  }
}
