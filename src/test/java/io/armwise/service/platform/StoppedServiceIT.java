package io.armwise.service.platform;

import static org.assertj.core.api.Assertions.assertThat;

import io.armwise.service.testing.Await;
import io.armwise.service.testing.EventMaps;
import io.armwise.service.testing.JsonClient;
import io.armwise.service.testing.ServiceProcess;
import io.armwise.service.testing.ServiceUnderTest;
import io.armwise.service.testing.TestServers;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** A service that is told to stop in the middle of its callers' requests. */
class StoppedServiceIT {
  private static final int CALLERS = 6;
  private static final List<String> PAGES =
      List.of("/v1/experiments/stopped/report", "/v1/experiments", "/health/readiness");

  private final Set<Integer> statuses = ConcurrentHashMap.newKeySet();
  private final AtomicLong answers = new AtomicLong();
  private final AtomicBoolean enough = new AtomicBoolean();

  @Test
  void answersWhatItTakesInAndFailsNothingWhenItIsToldToStop()
      throws IOException, InterruptedException {
    Path folder = ServiceUnderTest.newFolder(StoppedServiceIT.class).toAbsolutePath();
    Map<String, String> environment =
        ServiceUnderTest.environment(TestServers.newPlace(StoppedServiceIT.class));
    List<Thread> callers = new ArrayList<>();
    try (ServiceProcess service = ServiceProcess.start(folder, environment)) {
      URI address =
          Await.until(() -> RunningService.lastAddress(folder), Optional::isPresent).orElseThrow();
      String key = RunningService.adminKey(folder).orElseThrow();
      EventMaps.start(
          new JsonClient(address, key),
          EventMaps.experiment("stopped", "user", EventMaps.metric("m", "binary"), Map.of()));
      for (int i = 0; i < CALLERS; i++) {
        int caller = i;
        callers.add(Thread.ofPlatform().daemon().start(() -> call(address, key, caller)));
      }
      Await.until(answers::get, count -> count > 300);
      long stopping = System.nanoTime();
      service.terminate();
      assertThat(Duration.ofNanos(System.nanoTime() - stopping)).isLessThan(Duration.ofSeconds(20));
    } finally {
      enough.set(true);
    }
    for (Thread caller : callers) {
      caller.join();
    }
    assertThat(statuses).contains(200).isSubsetOf(200, 503);
    assertThat(Files.readString(folder.resolve("output.log")))
        .contains("Stopped")
        .doesNotContain("Exception", "ERROR");
  }

  private void call(URI address, String key, int caller) {
    try (HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
      for (int i = 0; !enough.get(); i++) {
        HttpRequest.Builder request =
            HttpRequest.newBuilder()
                .header("Authorization", "Bearer " + key)
                .header("Content-Type", "application/json")
                .timeout(Duration.ofSeconds(20));
        if (i % 2 == 0) {
          request
              .uri(address.resolve("/v1/decisions"))
              .POST(
                  BodyPublishers.ofString(
                      "{\"experiment\":\"stopped\",\"unit\":\"%d-%d\"}".formatted(caller, i)));
        } else {
          request.uri(address.resolve(PAGES.get(i / 2 % PAGES.size())));
        }
        try {
          statuses.add(http.send(request.build(), BodyHandlers.discarding()).statusCode());
          answers.incrementAndGet();
        } catch (IOException e) {
          // No answer: the service has gone, or takes in no more.
          Thread.sleep(5);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
