package io.armwise.service.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import io.armwise.service.platform.json.StrictJson;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TableFileTest {
  @ParameterizedTest
  @ValueSource(strings = {"=1+1", "+1", "-1", "@SUM(A1)", "\t=1"})
  void keepsSpreadsheetsFromCalculatingNames(String name) {
    assertThat(TableFile.text(name)).isEqualTo("'" + name);
  }

  @Test
  void quotesWhatWouldEndAFieldOrARow() {
    assertThat(TableFile.text("a,b")).isEqualTo("\"a,b\"");
    assertThat(TableFile.text("say \"hi\"")).isEqualTo("\"say \"\"hi\"\"\"");
    assertThat(TableFile.text("=HYPERLINK(\"http://x\",\"y\")"))
        .isEqualTo("\"'=HYPERLINK(\"\"http://x\"\",\"\"y\"\")\"");
    assertThat(TableFile.text("two\nlines")).isEqualTo("\"two\nlines\"");
  }

  @Test
  void leavesPlainTextAlone() {
    assertThat(TableFile.text("Green no. 2")).isEqualTo("Green no. 2");
    assertThat(TableFile.text("")).isEmpty();
  }

  @Test
  void writesTheSameRowsInBothFormats() {
    TableFile table =
        new TableFile(
            "t",
            List.of("name", "units", "rate", "sum", "control"),
            List.of(
                TableFiles.row("=A", 3L, 0.1, new BigDecimal("10.5"), true),
                TableFiles.row("b, c", 0L, null, BigDecimal.ZERO, false)));
    assertThat(table.csv())
        .isEqualTo("name,units,rate,sum,control\r\n'=A,3,0.1,10.5,true\r\n\"b, c\",0,,0,false\r\n");
    assertThat(StrictJson.tree(table.json()))
        .isEqualTo(
            StrictJson.tree(
                """
                [{"name": "=A", "units": 3, "rate": 0.1, "sum": 10.5, "control": true},
                 {"name": "b, c", "units": 0, "rate": null, "sum": 0, "control": false}]
                """));
  }
}
