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
import java.util.function.IntFunction;
import java.util.function.ObjLongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Callers that ask for one decision after the other, as fast as they are answered up to a few
 * hundred a second, and note whatever is no decision. As many others ask for a page that does not
 * exist: what they wait, the machine makes them wait, not a server behind the service. Thread-safe.
 */
final class DecisionLoad implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final List<String> EXPERIMENTS = List.of("shown-later", "shown-at-once", "half");

  private final List<Thread> callers = new ArrayList<>();
  private final Queue<String> failures = new ConcurrentLinkedQueue<>();
  private final AtomicLong decisions = new AtomicLong();
  private final AtomicLong longestDecision = new AtomicLong();
  private final AtomicLong longestElse = new AtomicLong();
  private volatile boolean stopping;

  private DecisionLoad() {}

  static DecisionLoad start(URI address, @Nullable String key, int callers) {
    DecisionLoad load = new DecisionLoad();
    HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    for (int i = 0; i < callers; i++) {
      int caller = i;
      load.start(http, number -> decision(address, key, caller, number), load::decided);
      load.start(http, _ -> nothing(address), load::answered);
    }
    return load;
  }

  private static HttpRequest decision(URI address, @Nullable String key, int caller, int number) {
    String body =
        String.format(
            Locale.ROOT,
            "{\"experiment\":\"%s\",\"unit\":\"%d-%d\"}",
            EXPERIMENTS.get(number % EXPERIMENTS.size()),
            caller,
            number);
    return HttpRequest.newBuilder(address.resolve("/v1/decisions"))
        .header("Authorization", "Bearer " + key)
        .header("Content-Type", "application/json")
        .timeout(PATIENCE)
        .POST(BodyPublishers.ofString(body))
        .build();
  }

  private static HttpRequest nothing(URI address) {
    return HttpRequest.newBuilder(address.resolve("/v1/nothing")).timeout(PATIENCE).build();
  }

  private void decided(HttpResponse<String> answer, long nanos) {
    if (answer.statusCode() != 200 || !answer.body().contains("\"arm\":")) {
      failures.add(answer.statusCode() + " " + answer.body());
    }
    decisions.incrementAndGet();
    longestDecision.accumulateAndGet(nanos, Math::max);
  }

  private void answered(HttpResponse<String> answer, long nanos) {
    longestElse.accumulateAndGet(nanos, Math::max);
  }

  private void start(
      HttpClient http,
      IntFunction<HttpRequest> requests,
      ObjLongConsumer<HttpResponse<String>> heard) {
    callers.add(Thread.ofPlatform().daemon().start(() -> ask(http, requests, heard)));
  }

  private void ask(
      HttpClient http,
      IntFunction<HttpRequest> requests,
      ObjLongConsumer<HttpResponse<String>> heard) {
    for (int i = 0; !stopping; i++) {
      HttpRequest request = requests.apply(i);
      long start = System.nanoTime();
      try {
        HttpResponse<String> answer = http.send(request, BodyHandlers.ofString());
        heard.accept(answer, System.nanoTime() - start);
        Thread.sleep(5);
      } catch (IOException e) {
        failures.add(e.toString());
      } catch (InterruptedException e) {
        return;
      }
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

  /** How much longer the longest decision took than the longest answer that takes no server. */
  Duration waited() {
    return Duration.ofNanos(Math.max(0, longestDecision.get() - longestElse.get()));
  }

  @Override
  public void close() {
    stopping = true;
  }
}
