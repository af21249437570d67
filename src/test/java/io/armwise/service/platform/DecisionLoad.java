package io.armwise.service.platform;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Callers that ask for one decision after the other, as fast as they are answered up to a few
 * hundred a second, and note whatever is no decision. Thread-safe.
 */
final class DecisionLoad implements AutoCloseable {
  private static final List<String> EXPERIMENTS = List.of("shown-later", "shown-at-once", "half");

  private final List<Thread> callers = new ArrayList<>();
  private final Queue<String> failures = new ConcurrentLinkedQueue<>();
  private final AtomicLong decisions = new AtomicLong();
  private final AtomicLong longestNanos = new AtomicLong();
  private volatile boolean stopping;

  private DecisionLoad() {}

  static DecisionLoad start(URI address, @Nullable String key, int callers) {
    DecisionLoad load = new DecisionLoad();
    HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    for (int i = 0; i < callers; i++) {
      int caller = i;
      load.callers.add(
          Thread.ofPlatform().daemon().start(() -> load.ask(http, address, key, caller)));
    }
    return load;
  }

  private void ask(HttpClient http, URI address, @Nullable String key, int caller) {
    for (int i = 0; !stopping; i++) {
      String body =
          String.format(
              Locale.ROOT,
              "{\"experiment\":\"%s\",\"unit\":\"%d-%d\"}",
              EXPERIMENTS.get(i % EXPERIMENTS.size()),
              caller,
              i);
      HttpRequest request =
          HttpRequest.newBuilder(address.resolve("/v1/decisions"))
              .header("Authorization", "Bearer " + key)
              .header("Content-Type", "application/json")
              .timeout(Duration.ofSeconds(20))
              .POST(BodyPublishers.ofString(body))
              .build();
      long start = System.nanoTime();
      try {
        HttpResponse<String> answer = http.send(request, BodyHandlers.ofString());
        if (answer.statusCode() != 200 || !answer.body().contains("\"arm\":")) {
          failures.add(answer.statusCode() + " " + answer.body());
        }
        Thread.sleep(5);
      } catch (IOException e) {
        failures.add(e.toString());
      } catch (InterruptedException e) {
        return;
      }
      decisions.incrementAndGet();
      longestNanos.accumulateAndGet(System.nanoTime() - start, Math::max);
    }
  }

  void stop() throws InterruptedException {
    stopping = true;
    for (Thread caller : callers) {
      caller.join();
    }
  }

  List<String> failures() {
    return List.copyOf(failures);
  }

  long decisions() {
    return decisions.get();
  }

  Duration longest() {
    return Duration.ofNanos(longestNanos.get());
  }

  @Override
  public void close() {
    stopping = true;
  }
}
