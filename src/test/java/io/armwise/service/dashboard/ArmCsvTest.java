package io.armwise.service.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArmCsvTest {
  @ParameterizedTest
  @ValueSource(strings = {"=1+1", "+1", "-1", "@SUM(A1)", "\t=1"})
  void keepsSpreadsheetsFromCalculatingNames(String name) {
    assertThat(ArmCsv.text(name)).isEqualTo("'" + name);
  }

  @Test
  void quotesWhatWouldEndAFieldOrARow() {
    assertThat(ArmCsv.text("a,b")).isEqualTo("\"a,b\"");
    assertThat(ArmCsv.text("say \"hi\"")).isEqualTo("\"say \"\"hi\"\"\"");
    assertThat(ArmCsv.text("=HYPERLINK(\"http://x\",\"y\")"))
        .isEqualTo("\"'=HYPERLINK(\"\"http://x\"\",\"\"y\"\")\"");
    assertThat(ArmCsv.text("two\nlines")).isEqualTo("\"two\nlines\"");
  }

  @Test
  void leavesPlainTextAlone() {
    assertThat(ArmCsv.text("Green no. 2")).isEqualTo("Green no. 2");
    assertThat(ArmCsv.text("")).isEmpty();
  }
}
