package io.armwise.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class ArmwiseTest {
  @Test
  void saysItsVersionAndThatOfJava() {
    StringWriter out = new StringWriter();
    int status = Armwise.commandLine().setOut(new PrintWriter(out)).execute("--version");
    assertThat(status).isZero();
    assertThat(out.toString().lines())
        .containsExactly("armwise development", "Java " + Runtime.version());
  }
}
