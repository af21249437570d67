package io.armwise.service.platform.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.armwise.service.testing.ServiceUnderTest;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class ApiKeysIT {

  /** While other threads refresh without a pause, whose reading may be older than the change. */
  @Test
  void aNewKeyIsKnownAtOnceAndARevokedOneNoMore() throws InterruptedException {
    try (ServiceUnderTest service = ServiceUnderTest.start(ApiKeysIT.class)) {
      ApiKeys keys = service.context().getBean(ApiKeys.class);
      AtomicBoolean going = new AtomicBoolean(true);
      Thread refreshing =
          Thread.ofPlatform()
              .start(
                  () -> {
                    while (going.get()) {
                      keys.refresh();
                    }
                  });
      try {
        for (int i = 0; i < 40; i++) {
          ApiKey key = keys.create("key " + i, Set.of(Role.READ), null);
          for (int ask = 0; ask < 20; ask++) {
            assertThat(keys.authenticate(key.text())).as("key %d", i).isPresent();
            Thread.sleep(0, 50_000);
          }
          assertThat(keys.revoke(key.id())).isTrue();
          for (int ask = 0; ask < 20; ask++) {
            assertThat(keys.authenticate(key.text())).as("key %d", i).isEmpty();
            Thread.sleep(0, 50_000);
          }
        }
      } finally {
        going.set(false);
        refreshing.join();
      }
    }
  }
}
