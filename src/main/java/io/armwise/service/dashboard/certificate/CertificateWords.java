package io.armwise.service.dashboard.certificate;

import io.armwise.bandits.experiment.ExperimentDefinition;
import io.armwise.bandits.experiment.MetricKind;
import io.armwise.service.certificate.CertificateView;
import io.armwise.service.dashboard.Words;
import io.armwise.service.dashboard.certificate.CertificatePage.Figure;
import io.armwise.service.dashboard.certificate.CertificatePage.Result;
import java.util.ArrayList;
import java.util.List;

/** Says what a certificate promises, each figure with its standard error. Pure. */
public final class CertificateWords {
  /** Standard errors above the limit from which a rate is said to break it. */
  private static final double CLEARLY = 2;

  /** Less power than that is seldom worth the wait. */
  private static final double ENOUGH = 0.5;

  private final ExperimentDefinition definition;

  /** Words for a certificate of a definition. */
  public CertificateWords(ExperimentDefinition definition) {
    this.definition = definition;
  }

  /** False winner, found, days and what is saved, to be held beside those of other designs. */
  public List<String> brief(CertificateView.Made made) {
    return List.of(
        percent(made.falseWinner()),
        percent(made.power()),
        days(made.days()),
        total(made.regretSaved()));
  }

  /** The whole certificate. */
  public Result of(CertificateView.Made made) {
    double limit = definition.rule().falseWinnerRate();
    CertificateView.Figure wrong = made.falseWinner();
    boolean within = wrong.value() <= limit + CLEARLY * wrong.standardError();
    int days = made.plan().longest();
    return new Result(
        made.current(),
        within,
        made.power().value() >= ENOUGH,
        "If no arm is better, "
            + percent(wrong)
            + " of such experiments name a winner all the same; your limit is "
            + Words.percent(limit, 1)
            + ". If one arm is better by "
            + amount(definition.metric().smallestEffect())
            + ", "
            + percent(made.power())
            + " of them find it within "
            + Words.count(days, "day")
            + ".",
        figures(made),
        made.assumptions(),
        "Made "
            + Words.minute(made.madeAt())
            + " from "
            + Words.count(made.replications().getFirst())
            + " simulated experiments with equal arms and "
            + Words.count(made.replications().getLast())
            + " with a better one.");
  }

  private List<Figure> figures(CertificateView.Made made) {
    List<Figure> figures = new ArrayList<>();
    figures.add(
        new Figure(
            "False winner",
            percent(made.falseWinner()),
            "How often some arm is named although all are equal, over the whole life."));
    figures.add(
        new Figure(
            "Found",
            percent(made.power()),
            "How often the arm that is better by the smallest effect is named."));
    figures.add(
        new Figure(
            "Ends after",
            days(made.days()) + ", nine of ten by day " + Words.decimal(made.days90().value(), 0),
            "With that effect. Among equal arms after " + days(made.daysWithoutEffect()) + "."));
    figures.add(
        new Figure(
            "Loss of the choice",
            amount(made.expectedLoss()),
            "What the arm chosen at the end falls short of the best one, on average."));
    figures.add(
        new Figure(
            "Saved on the way",
            total(made.regretSaved()),
            "Against splitting the same days equally, all units together. Below zero it costs."));
    CertificateView.Threshold threshold = made.calibration();
    if (threshold != null) {
      figures.add(
          new Figure(
              "If you go by P(best) instead",
              Words.percent(threshold.probability(), 2),
              "The threshold that would keep your limit in this design: "
                  + percent(threshold.power())
                  + " found, after "
                  + days(threshold.days())
                  + "."));
    }
    return figures;
  }

  private static String percent(CertificateView.Figure figure) {
    return Words.unbroken(figure.percent()).replace("± ", "±" + Words.NO_BREAK);
  }

  private static String days(CertificateView.Figure figure) {
    return Words.decimal(figure.value(), 1)
        + Words.NO_BREAK
        + "days (±"
        + Words.NO_BREAK
        + Words.decimal(figure.standardError(), 1)
        + ")";
  }

  private static String total(CertificateView.Figure figure) {
    return Words.decimal(figure.value(), 0)
        + " (±"
        + Words.NO_BREAK
        + Words.decimal(figure.standardError(), 0)
        + ")";
  }

  private String amount(CertificateView.Figure figure) {
    return amount(figure.value()) + " (±" + Words.NO_BREAK + amount(figure.standardError()) + ")";
  }

  private String amount(double value) {
    return Words.amount(definition.metric().kind() == MetricKind.BINARY, value);
  }
}
