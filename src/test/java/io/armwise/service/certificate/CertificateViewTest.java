package io.armwise.service.certificate;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CertificateViewTest {
  @ParameterizedTest
  @CsvSource({
    "0.012, 0.0031, 1.2 % (± 0.3)",
    "0.5, 0.02, 50.0 % (± 2.0)",
    "0.001, 0.0004, 0.1 % (± 0.0)",
    // 0 of 6,000 and 0 of 500: half an event for the standard error.
    "0, 0.000118, under 0.1 %",
    "0, 0.001, under 0.2 %",
    "0.0002, 0.0003, under 0.1 %",
    "1, 0.001, over 99.8 %",
    "0.9997, 0.00001, over 99.9 %",
  })
  void readsARateWithoutEverSoundingCertain(double rate, double error, String text) {
    assertThat(new CertificateView.Figure(rate, error).percent()).isEqualTo(text);
  }
}
