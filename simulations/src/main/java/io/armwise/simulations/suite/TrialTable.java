package io.armwise.simulations.suite;

import io.armwise.simulations.parquet.Column;
import io.armwise.simulations.parquet.Column.Kind;
import io.armwise.simulations.parquet.ParquetWriter;
import io.armwise.simulations.trial.RuleOutcome;
import java.io.IOException;
import java.io.OutputStream;
import java.io.Writer;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The table of all trials, a row per trial and rule: as text and, with its types, as Parquet. */
final class TrialTable implements AutoCloseable {
  private static final List<Column> COLUMNS =
      List.of(
          new Column("world", Kind.TEXT),
          new Column("policy", Kind.TEXT),
          new Column("days", Kind.WHOLE),
          new Column("rule", Kind.TEXT),
          new Column("replication", Kind.WHOLE),
          new Column("total_regret", Kind.REAL),
          new Column("saved_against_equal_split", Kind.REAL),
          new Column("best_share", Kind.REAL),
          new Column("moved", Kind.REAL),
          new Column("ending", Kind.TEXT),
          new Column("stop_day", Kind.WHOLE),
          new Column("arm", Kind.WHOLE),
          new Column("false_winner", Kind.FLAG),
          new Column("correct", Kind.FLAG),
          new Column("simple_regret", Kind.REAL),
          new Column("probability", Kind.REAL),
          new Column("expected_loss", Kind.REAL),
          new Column("estimate", Kind.REAL),
          new Column("effect", Kind.REAL),
          new Column("in_credible_interval", Kind.FLAG),
          new Column("regret_at_stop", Kind.REAL));

  private final Writer csv;
  private final ParquetWriter parquet;

  /** Begins the table; both are closed with it. */
  TrialTable(Writer csv, OutputStream parquet) throws IOException {
    this.csv = csv;
    this.parquet = new ParquetWriter(parquet, COLUMNS);
    csv.write(COLUMNS.stream().map(Column::name).collect(Collectors.joining(",", "", "\n")));
  }

  void add(Cell cell, List<String> rules, Part part) throws IOException {
    String place = Csv.row(cell.world(), cell.policy(), Integer.toString(cell.horizon()));
    for (Part.TrialRow trial : part.trials()) {
      for (int i = 0; i < trial.outcomes().size(); i++) {
        String rule = i == 0 ? CellSummary.AT_THE_END : rules.get(i - 1);
        RuleOutcome outcome = trial.outcomes().get(i);
        csv.write(place);
        csv.write(',');
        csv.write(Csv.cell(rule));
        csv.write("," + trial.text());
        csv.write("," + Part.outcomeText(outcome) + "\n");
        parquet.row(
            cell.world(),
            cell.policy(),
            (long) cell.horizon(),
            rule,
            trial.replication(),
            trial.regret(),
            trial.saved(),
            trial.bestShare(),
            trial.moved(),
            outcome.ending().name().toLowerCase(Locale.ROOT),
            (long) outcome.day(),
            (long) outcome.arm(),
            outcome.falseWinner(),
            outcome.correct(),
            outcome.choiceRegret(),
            outcome.probability(),
            outcome.expectedLoss(),
            outcome.estimate(),
            outcome.effect(),
            outcome.inInterval(),
            outcome.regret());
      }
    }
  }

  @Override
  public void close() throws IOException {
    try (csv) {
      parquet.close();
    }
  }
}
