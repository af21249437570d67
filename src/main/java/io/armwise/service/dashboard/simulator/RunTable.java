package io.armwise.service.dashboard.simulator;

import io.armwise.service.certificate.CertificateView;
import io.armwise.service.certificate.CertificateView.Figure;
import io.armwise.service.certificate.WhatIfs.WhatIf;
import io.armwise.service.dashboard.TableFile;
import io.armwise.service.dashboard.TableFiles;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The simulated designs as a table: what was asked and what came out. Pure. */
final class RunTable {
  private static final List<String> ASKED =
      List.of(
          "kind",
          "arms",
          "baseline",
          "deviation",
          "effect",
          "unitsPerDay",
          "days",
          "policy",
          "floor",
          "minimumUnits",
          "minimumDays",
          "falseWinnerRate");
  private static final List<String> FIGURES =
      List.of("false_winner", "power", "days_to_end", "expected_loss", "regret_saved");

  private RunTable() {}

  static TableFile of(List<WhatIf> runs) {
    List<String> columns = new ArrayList<>(List.of("id", "at", "status"));
    ASKED.forEach(field -> columns.add("design_" + field));
    for (String figure : FIGURES) {
      columns.add(figure);
      columns.add(figure + "_standard_error");
    }
    return new TableFile("simulations", columns, runs.stream().map(RunTable::row).toList());
  }

  private static List<@Nullable Object> row(WhatIf run) {
    Map<String, String> form = run.form();
    List<@Nullable Object> row =
        new ArrayList<>(TableFiles.row(run.id(), run.askedAt().toString(), run.view().status()));
    ASKED.forEach(field -> row.add(form.getOrDefault(field, "")));
    CertificateView.Made made = run.view().certificate();
    if (made == null) {
      FIGURES.forEach(_ -> row.addAll(TableFiles.row(null, null)));
      return row;
    }
    for (Figure figure :
        List.of(
            made.falseWinner(),
            made.power(),
            made.days(),
            made.expectedLoss(),
            made.regretSaved())) {
      row.add(figure.value());
      row.add(figure.standardError());
    }
    return row;
  }
}
