package io.armwise.service.analysis;

import io.armwise.bandits.allocation.Shares;
import io.armwise.bandits.experiment.Arm;
import io.armwise.bandits.experiment.ExperimentDefinition;
import io.armwise.bandits.experiment.ExperimentStatus;
import io.armwise.bandits.experiment.LearnFrom;
import io.armwise.bandits.experiment.Metric;
import io.armwise.bandits.experiment.MetricKind;
import io.armwise.bandits.inference.Standings;
import io.armwise.bandits.verdict.Progress;
import io.armwise.bandits.verdict.Verdict;
import io.armwise.bandits.verdict.VerdictRule;
import io.armwise.posterior.BetaPosterior;
import io.armwise.posterior.ExactSums;
import io.armwise.posterior.GammaPosterior;
import io.armwise.posterior.Interval;
import io.armwise.posterior.NormalPosterior;
import io.armwise.posterior.Posterior;
import io.armwise.posterior.StudentTPosterior;
import io.armwise.posterior.comparison.ControlComparison;
import io.armwise.posterior.comparison.Uplift;
import io.armwise.posterior.sequential.BernoulliConfidenceSequence;
import io.armwise.posterior.sequential.SampleRatioMartingale;
import io.armwise.service.analysis.AdjustedReports.AdjustedSums;
import io.armwise.service.analysis.Report.SampleRatioView;
import io.armwise.service.analysis.SideMetricReports.SideSums;
import io.armwise.service.certificate.CertificateView;
import io.armwise.service.certificate.Certificates;
import io.armwise.service.event.LogLag;
import io.armwise.service.evidence.EventCount;
import io.armwise.service.evidence.EvidenceStore;
import io.armwise.service.evidence.EvidenceStore.ArmSums;
import io.armwise.service.experiment.Experiment;
import io.armwise.service.platform.database.Database;
import io.armwise.service.snapshot.AllocationStore;
import io.armwise.service.snapshot.AllocationVersion;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Makes reports from the evidence as it stands. Thread-safe. */
@Singleton
public final class Reports {
  static final double LEVEL = 0.95;
  private static final Duration HOUR = Duration.ofHours(1);

  private final Database database;
  private final EvidenceStore evidence;
  private final AllocationStore allocations;
  private final Certificates certificates;
  private final LogLag lag;
  private final Clock clock;

  Reports(
      Database database,
      EvidenceStore evidence,
      AllocationStore allocations,
      Certificates certificates,
      LogLag lag,
      Clock clock) {
    this.database = database;
    this.evidence = evidence;
    this.allocations = allocations;
    this.certificates = certificates;
    this.lag = lag;
    this.clock = clock;
  }

  private record Reading(
      List<ArmSums> sums,
      List<SideSums> sideSums,
      List<AdjustedSums> adjustedSums,
      Map<Integer, Long> positions,
      Optional<AllocationVersion> allocation,
      boolean stoodStill,
      List<SampleRatioMartingale.Arm> arrivals,
      Map<EventCount, Long> counts) {}

  /** The report of an experiment, all from one moment of the database. */
  public Report of(Experiment experiment) {
    ExperimentDefinition definition = experiment.definition();
    Instant now = clock.instant();
    LearnFrom learnFrom = definition.measurement().learnFrom();
    int firstPendingHour = EvidenceStore.firstPendingHour(now, definition.attributionWindow());
    int exposedBefore =
        switch (learnFrom) {
          case ALL -> AllocationVersion.FROM_ALL;
          case MATURED -> firstPendingHour;
        };
    Reading reading =
        database.snapshotResult(
            transaction ->
                new Reading(
                    evidence.sums(
                        transaction,
                        experiment.id(),
                        definition.metric().key(),
                        definition.arms().size(),
                        firstPendingHour),
                    SideMetricReports.read(evidence, transaction, experiment, exposedBefore),
                    AdjustedReports.read(evidence, transaction, experiment, exposedBefore),
                    evidence.positions(transaction),
                    allocations.newest(transaction, experiment.id()),
                    allocations.haveStoodStill(transaction, experiment.id()),
                    evidence.arrivals(transaction, experiment.id()),
                    evidence.counts(transaction, experiment.key())));
    List<ExactSums> seen = reading.sums().stream().map(ArmSums::total).toList();
    Standings standings =
        Standings.of(
            definition, reading.sums().stream().map(sums -> sums.learned(learnFrom)).toList());
    double days = days(experiment, now);
    long switched = reading.sums().stream().mapToLong(ArmSums::switched).sum();
    Progress progress = new Progress(days, seen, mature(experiment, reading), switched);
    Verdict verdict = VerdictRule.of(definition, progress);
    SampleRatioView ratio =
        SampleRatios.of(
            definition,
            reading.arrivals(),
            seen.stream().map(ExactSums::count).toList(),
            reading.stoodStill() ? reading.allocation() : Optional.empty());
    CertificateView.Made certificate = certificates.newest(experiment).orElse(null);
    Wording wording = new Wording(definition, citation(certificate));
    boolean mismatch = ratio.mismatch() && !(verdict instanceof Verdict.Collecting);
    OptionalLong behind = lag.behind(reading.positions());
    return new Report(
        experiment.key(),
        lower(experiment.status()),
        now,
        experiment.startedAt(),
        days,
        metric(definition.metric()),
        lower(learnFrom),
        reading.allocation().map(AllocationVersion::version).orElse(null),
        arms(standings, reading, verdict),
        SideMetricReports.of(
            definition, reading.sideSums(), !(verdict instanceof Verdict.Collecting)),
        AdjustedReports.of(
            definition, reading.adjustedSums(), !(verdict instanceof Verdict.Collecting)),
        mismatch
            ? wording.mismatch(ratio)
            : expecting(experiment, wording.view(verdict, standings), progress, reading),
        certificate,
        new Report.LogView(reading.positions(), behind.isPresent() ? behind.getAsLong() : null),
        counts(reading),
        ratio,
        standings.numericalError());
  }

  /** A verdict with what is to be expected of waiting. */
  private static Report.VerdictView expecting(
      Experiment experiment, Report.VerdictView verdict, Progress progress, Reading reading) {
    if (experiment.status() != ExperimentStatus.RUNNING) {
      return verdict;
    }
    ExperimentDefinition definition = experiment.definition();
    return verdict.type().equals("collecting")
        ? Wording.expectingUnits(
            verdict,
            Forecast.daysToEnoughUnits(
                definition,
                progress,
                IntStream.range(0, definition.arms().size())
                    .mapToObj(arm -> share(reading.allocation(), arm))
                    .toList()))
        : Wording.expecting(verdict, Forecast.daysLeft(definition, progress));
  }

  /**
   * The evidence that verdicts rest on. Exposures are told apart by the hour, so where the window
   * is shorter than that, all units count as mature.
   */
  private static List<ExactSums> mature(Experiment experiment, Reading reading) {
    boolean resolved = experiment.definition().attributionWindow().compareTo(HOUR) >= 0;
    return reading.sums().stream().map(resolved ? ArmSums::mature : ArmSums::total).toList();
  }

  /** What the certificate of the design promised; nothing once the design has changed. */
  private static String citation(CertificateView.@Nullable Made certificate) {
    return certificate == null || !certificate.current() ? "" : " " + certificate.sentence();
  }

  private static double days(Experiment experiment, Instant now) {
    Instant startedAt = experiment.startedAt();
    if (startedAt == null) {
      return 0;
    }
    Instant stoppedAt = experiment.stoppedAt();
    Duration ran = Duration.between(startedAt, stoppedAt == null ? now : stoppedAt);
    return ran.toMillis() / 86_400_000.0;
  }

  private static Report.MetricView metric(Metric metric) {
    return new Report.MetricView(
        metric.key(), lower(metric.kind()), lower(metric.direction()), metric.smallestEffect());
  }

  private static List<Report.ArmReport> arms(
      Standings standings, Reading reading, Verdict verdict) {
    ExperimentDefinition definition = standings.definition();
    List<Report.ArmReport> arms = new ArrayList<>();
    for (int i = 0; i < definition.arms().size(); i++) {
      Arm arm = definition.arms().get(i);
      ArmSums sums = reading.sums().get(i);
      arms.add(
          new Report.ArmReport(
              arm.key(),
              arm.name(),
              arm.control(),
              arm.retired(),
              sums.total().count(),
              standings.evidence(i).count(),
              sums.responders(),
              sums.pending(),
              sums.switched(),
              sums.late(),
              standings.evidence(i).sum(),
              standings.evidence(i).sumOfSquares(),
              share(reading.allocation(), i),
              posterior(standings.posterior(i)),
              verdict instanceof Verdict.Collecting ? null : figures(standings, i, sums.mature())));
    }
    return arms;
  }

  private static double share(Optional<AllocationVersion> allocation, int arm) {
    return allocation
        .map(AllocationVersion::shares)
        .filter(shares -> arm < shares.arms())
        .map(shares -> (double) shares.share(arm) / Shares.TOTAL)
        .orElse(0.0);
  }

  private static Report.@Nullable Figures figures(Standings standings, int arm, ExactSums mature) {
    // Enough units may have been seen while hardly any of those that count are mature.
    if (standings.evidence(arm).count() == 0 || !standings.isComparable()) {
      return null;
    }
    ExperimentDefinition definition = standings.definition();
    Posterior posterior = standings.posterior(arm);
    boolean live = !definition.arms().get(arm).retired();
    int control = definition.controlIndex();
    ControlComparison comparison =
        arm == control
            ? null
            : ControlComparison.of(
                posterior, standings.posterior(control), definition.metric().direction());
    return new Report.Figures(
        posterior.mean(),
        interval(posterior.centralInterval(LEVEL)),
        anytimeInterval(definition, mature),
        live ? standings.probabilityToBeBest(arm) : null,
        live ? standings.expectedLoss(arm) : null,
        comparison == null ? null : comparison.probabilityToBeatControl(),
        comparison == null ? null : uplift(comparison, standings.posterior(control)));
  }

  private static @Nullable List<Double> anytimeInterval(
      ExperimentDefinition definition, ExactSums mature) {
    if (definition.metric().kind() != MetricKind.BINARY || mature.count() == 0) {
      return null;
    }
    // Tightest where decisions are usually taken: well above the minimum, not at it.
    return interval(
        BernoulliConfidenceSequence.tightestAt(10.0 * definition.rule().minimumUnits())
            .interval(mature.sum().doubleValue(), (double) mature.count(), 1 - LEVEL));
  }

  private static Report.UpliftView uplift(ControlComparison comparison, Posterior control) {
    // A relative change has a meaning only where the control cannot be zero or negative.
    boolean relative = control.supportLowerBound() >= 0;
    return new Report.UpliftView(
        change(comparison.absoluteUplift()), relative ? change(comparison.relativeUplift()) : null);
  }

  static Report.ChangeView change(Uplift uplift) {
    OptionalDouble mean = uplift.mean();
    return new Report.ChangeView(
        mean.isPresent() ? mean.getAsDouble() : null, interval(uplift.interval(LEVEL)));
  }

  static List<Double> interval(Interval interval) {
    return List.of(interval.lower(), interval.upper());
  }

  private static Report.PosteriorView posterior(Posterior posterior) {
    Map<String, Double> parameters = new LinkedHashMap<>();
    String type =
        switch (posterior) {
          case BetaPosterior(double alpha, double beta) -> {
            parameters.put("alpha", alpha);
            parameters.put("beta", beta);
            yield "beta";
          }
          case NormalPosterior(double mean, double sd) -> {
            parameters.put("mean", mean);
            parameters.put("sd", sd);
            yield "normal";
          }
          case StudentTPosterior(double df, double location, double scale) -> {
            parameters.put("df", df);
            parameters.put("location", location);
            parameters.put("scale", scale);
            yield "student-t";
          }
          case GammaPosterior(double shape, double rate) -> {
            parameters.put("shape", shape);
            parameters.put("rate", rate);
            yield "gamma";
          }
        };
    return new Report.PosteriorView(type, parameters);
  }

  private static Map<String, Long> counts(Reading reading) {
    Map<String, Long> named = new TreeMap<>();
    reading.counts().forEach((kind, count) -> named.put(lower(kind), count));
    // Late outcomes of requests are counted as events, those of units that return with the units.
    long late = reading.sums().stream().mapToLong(ArmSums::late).sum();
    if (late > 0) {
      named.merge(lower(EventCount.LATE), late, Long::sum);
    }
    return named;
  }

  static String lower(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
