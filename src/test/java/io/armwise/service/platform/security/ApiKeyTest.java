package io.armwise.service.platform.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import org.junit.jupiter.api.Test;

class ApiKeyTest {
  private final ApiKey key = ApiKey.random(new SecureRandom());

  @Test
  void readsWhatItWrites() {
    assertThat(ApiKey.parse(key.text())).contains(key);
  }

  @Test
  void noticesATypingErrorWithoutALookUp() {
    String text = key.text();
    for (int i = 3; i < text.length(); i++) {
      char other = text.charAt(i) == 'a' ? 'b' : 'a';
      String changed = text.substring(0, i) + other + text.substring(i + 1);
      assertThat(ApiKey.parse(changed)).as("character %d", i).isEmpty();
    }
  }

  @Test
  void refusesWhatIsNoKey() {
    assertThat(ApiKey.parse("")).isEmpty();
    assertThat(ApiKey.parse("aw_")).isEmpty();
    assertThat(ApiKey.parse(key.text() + "0")).isEmpty();
    assertThat(ApiKey.parse(key.text().toUpperCase(java.util.Locale.ROOT))).isEmpty();
  }

  @Test
  void keepsItsSecretOutOfLogs() {
    assertThat(key.toString()).contains(key.id()).doesNotContain(key.secret());
  }

  @Test
  void hashesTheSecretAlone() {
    assertThat(key.secretHash()).hasSize(32);
    assertThat(new ApiKey("000000000000", key.secret()).secretHash()).isEqualTo(key.secretHash());
  }
}
