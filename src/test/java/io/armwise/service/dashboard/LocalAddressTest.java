package io.armwise.service.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LocalAddressTest {
  @ParameterizedTest
  @ValueSource(strings = {"/", "/experiments/checkout", "/?q=a%20b&status=running&page=2"})
  void keepsPathsOnThisHost(String path) {
    assertThat(LocalAddress.or(path)).isEqualTo(path);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "experiments",
        "https://evil.example/",
        "//evil.example/",
        "/\\evil.example/",
        "/\t/evil.example/",
        "/\n//evil.example",
        "javascript:alert(1)",
        "/a\r\nSet-Cookie: x=y",
        "/ä"
      })
  void sendsAnythingElseHome(String address) {
    assertThat(LocalAddress.or(address)).isEqualTo("/");
  }

  @Test
  void sendsMissingAndOverlongAddressesHome() {
    assertThat(LocalAddress.or(null)).isEqualTo("/");
    assertThat(LocalAddress.or("/" + "a".repeat(500))).isEqualTo("/");
  }
}
