package io.armwise.benchmarks.http;

import java.io.IOException;
import java.net.ConnectException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Requests per second of {@code POST /v1/decisions} and of an empty controller with bodies of the
 * same sizes, in turns, on the same processors as the load generator, {@code wrk} with 32
 * connections; then latencies at half of the empty controller's rate, and a batch of 1,000 units a
 * request.
 *
 * <p>Needs {@code wrk} and the built service. Arguments: the service's jar; optionally a folder
 * where npm has installed {@code unleash-server}, to have it evaluate a flag beside.
 */
public final class HttpComparison {
  private static final int ROUNDS = 5;
  private static final int ROUND_SECONDS = 6;
  private static final int OPEN_LOOP_ROUNDS = 3;
  private static final int OPEN_LOOP_SECONDS = 10;

  /** Of the empty controller's rate; 0.35 is half of the part that decisions should reach. */
  private static final double[] OPEN_LOOP_PARTS = {0.125, 0.25, 0.35, 0.5};

  private static final int BATCH = 1_000;
  private static final Pattern RATE = Pattern.compile("Requests/sec:\\s+([0-9.]+)");
  private static final Pattern FAILED = Pattern.compile("Non-2xx.*|Socket errors.*");
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private final Path folder;
  private final URI service;
  private final URI empty;
  private final String key;
  private final Process serviceProcess;
  private final Process emptyProcess;

  private HttpComparison(
      Path folder,
      URI service,
      URI empty,
      String key,
      Process serviceProcess,
      Process emptyProcess) {
    this.serviceProcess = serviceProcess;
    this.emptyProcess = emptyProcess;
    this.folder = folder;
    this.service = service;
    this.empty = empty;
    this.key = key;
  }

  /** Prints the table. */
  public static void main(String[] arguments)
      throws IOException, InterruptedException, SQLException {
    Path folder = Files.createTempDirectory("armwise-http");
    Path data = folder.resolve("data");
    Process service =
        java(folder, "service", "-jar", arguments[0], "serve", "--port", "0", "--data", data + "");
    Process empty = null;
    try {
      URI address = URI.create(awaitFile(data.resolve("service-address")));
      String admin = awaitFile(data.resolve("admin-key"));
      post(address, "/v1/experiments", admin, EXPERIMENT);
      post(address, "/v1/experiments/http/start", admin, "");
      int bytes = awaitDecision(address, admin);
      empty =
          java(
              folder,
              "empty",
              "-cp",
              System.getProperty("java.class.path"),
              EmptyServer.class.getName(),
              "18999",
              String.valueOf(bytes));
      URI emptyAddress = URI.create("http://127.0.0.1:18999");
      awaitListening(emptyAddress, empty);
      HttpComparison comparison =
          new HttpComparison(folder, address, emptyAddress, admin, service, empty);
      comparison.run(bytes);
      if (arguments.length > 1) {
        comparison.compareUnleash(Path.of(arguments[1]), data);
      }
    } finally {
      service.destroy();
      if (empty != null) {
        empty.destroy();
      }
      service.waitFor();
    }
  }

  private static final String EXPERIMENT =
      """
      {"key":"http","unit":"user","metric":{"key":"m","kind":"binary"},
       "allocation":{"policy":"fixed","weights":{"a":0.3,"b":0.7}},
       "arms":[{"key":"a","payload":{"color":"blue"}},{"key":"b","payload":{"color":"green"}}]}
      """;

  private static final String CERTIFICATE =
      "{\"baseline\": 0.1, \"unitsPerDay\": 1000, \"days\": 28}";

  private static Process java(Path folder, String name, String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of("-Xms512m", "-Xmx512m", "-XX:+UseG1GC", "--enable-native-access=ALL-UNNAMED"));
    command.add("-Xlog:gc:file=" + folder.resolve(name + ".gc"));
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve(name + ".log").toFile())
        .start();
  }

  private static String awaitFile(Path file) throws IOException, InterruptedException {
    for (int i = 0; !Files.exists(file); i++) {
      if (i == 600) {
        throw new IOException("no " + file + "; see the log beside it");
      }
      Thread.sleep(100);
    }
    return Files.readString(file).strip();
  }

  private static void awaitListening(URI address, Process server)
      throws IOException, InterruptedException {
    for (int i = 0; i < 600; i++) {
      try (Socket _ = new Socket(address.getHost(), address.getPort())) {
        return;
      } catch (ConnectException e) {
        if (!server.isAlive()) {
          throw new IOException("the empty server has ended; see its log", e);
        }
        Thread.sleep(100);
      }
    }
    throw new IOException("nothing listens at " + address);
  }

  private static HttpResponse<String> post(URI address, String path, String key, String body)
      throws IOException, InterruptedException {
    return HTTP.send(
        HttpRequest.newBuilder(address.resolve(path))
            .header("Authorization", "Bearer " + key)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body))
            .build(),
        BodyHandlers.ofString());
  }

  private static int awaitDecision(URI address, String key)
      throws IOException, InterruptedException {
    for (int i = 0; i < 100; i++) {
      HttpResponse<String> answer = post(address, "/v1/decisions", key, body(1));
      if (answer.statusCode() == 200) {
        return answer.body().length();
      }
      Thread.sleep(100);
    }
    throw new IOException("no decision");
  }

  private static String unit(int i) {
    return String.format(Locale.ROOT, "6f1c2b0e-5a1d-4a53-9c57-%012d", i);
  }

  private static String body(int i) {
    return "{\"experiment\":\"http\",\"unit\":\"" + unit(i) + "\"}";
  }

  private void run(int bytes) throws IOException, InterruptedException {
    Path single = script("single", "\"" + escaped(body(1)) + "\"");
    String units =
        IntStream.range(0, BATCH)
            .mapToObj(i -> "\"" + unit(i) + "\"")
            .collect(Collectors.joining(","));
    Path batch =
        script(
            "batch", "\"" + escaped("{\"experiment\":\"http\",\"units\":[" + units + "]}") + "\"");
    wrk(decisions(empty), single, 8);
    wrk(decisions(service), single, 12);
    Path gc = folder.resolve("service.gc");
    int before = GcLog.lines(gc);
    Duration processorBefore = processorTime(serviceProcess);
    Duration emptyBefore = processorTime(emptyProcess);
    double[] emptyRates = new double[ROUNDS];
    double[] rates = new double[ROUNDS];
    for (int i = 0; i < ROUNDS; i++) {
      emptyRates[i] = wrk(decisions(empty), single, ROUND_SECONDS);
      rates[i] = wrk(decisions(service), single, ROUND_SECONDS);
    }
    GcLog garbage = GcLog.read(gc, before);
    double requests = Arrays.stream(rates).sum() * ROUND_SECONDS;
    double emptyRequests = Arrays.stream(emptyRates).sum() * ROUND_SECONDS;
    double micros = microsSince(processorBefore, serviceProcess) / requests;
    double emptyMicros = microsSince(emptyBefore, emptyProcess) / emptyRequests;
    System.out.printf(
        Locale.ROOT, "bytes of a request, an answer: %d, %d%n", body(1).length(), bytes);
    System.out.printf(
        Locale.ROOT,
        "empty controller   %8.0f requests/s, %.1f µs of processor time each%n",
        median(emptyRates),
        emptyMicros);
    System.out.printf(
        Locale.ROOT,
        "decisions          %8.0f requests/s, %.1f µs of processor time each%n",
        median(rates),
        micros);
    double[] ratios =
        IntStream.range(0, ROUNDS).mapToDouble(i -> rates[i] / emptyRates[i]).toArray();
    System.out.printf(
        Locale.ROOT,
        "ratio              %8.2f of the requests (rounds %s), %.2f of the processor time%n",
        median(ratios),
        Arrays.toString(ratios),
        emptyMicros / micros);
    System.out.printf(
        Locale.ROOT,
        "garbage            %8.0f bytes a request; %d pauses, longest %.1f ms, %.2f %% of the"
            + " time%n",
        garbage.allocatedMegabytes() * 1_048_576 / requests,
        garbage.pauses(),
        garbage.longestMs(),
        garbage.totalMs() / (10.0 * ROUNDS * ROUND_SECONDS));
    compareLatencies(median(emptyRates));
    wrk(decisions(service), batch, 6);
    System.out.printf(
        Locale.ROOT,
        "batches of 1,000   %8.0f decisions/s%n",
        wrk(decisions(service), batch, 10) * BATCH);
    HttpResponse<String> begun =
        post(service, "/v1/experiments/http/certificate", key, CERTIFICATE);
    if (begun.statusCode() != 202) {
      throw new IOException("no certificate is being made: " + begun.body());
    }
    print(
        "decisions beside a certificate",
        median(emptyRates) / 8,
        latencies(service, median(emptyRates) / 8));
  }

  /** In turns, of each the round whose 99th percentile is the median. */
  private void compareLatencies(double whole) throws IOException {
    for (double part : OPEN_LOOP_PARTS) {
      double rate = part * whole;
      List<double[]> ofEmpty = new ArrayList<>();
      List<double[]> ofDecisions = new ArrayList<>();
      for (int i = 0; i < OPEN_LOOP_ROUNDS; i++) {
        ofEmpty.add(latencies(empty, rate));
        ofDecisions.add(latencies(service, rate));
      }
      print("empty", rate, middle(ofEmpty));
      print("decisions", rate, middle(ofDecisions));
    }
  }

  private static double[] middle(List<double[]> rounds) {
    return rounds.stream()
        .sorted(Comparator.comparingDouble(round -> round[1]))
        .toList()
        .get(rounds.size() / 2);
  }

  /** A flag that is on for half of the units, beside a decision of two arms. */
  private void compareUnleash(Path packages, Path data)
      throws IOException, InterruptedException, SQLException {
    Path single = script("single", "\"" + escaped(body(1)) + "\"");
    try (UnleashServer unleash =
        UnleashServer.start(packages, data, folder.resolve("unleash.log"))) {
      Path flag =
          Files.writeString(
              folder.resolve("flag.lua"),
              "wrk.headers['Authorization'] = '" + unleash.key() + "'\n");
      wrk(unleash.evaluation(), flag, 8);
      double[] flags = new double[ROUNDS];
      double[] rates = new double[ROUNDS];
      for (int i = 0; i < ROUNDS; i++) {
        flags[i] = wrk(unleash.evaluation(), flag, ROUND_SECONDS);
        rates[i] = wrk(decisions(service), single, ROUND_SECONDS);
      }
      System.out.printf(
          Locale.ROOT,
          "unleash-server     %8.0f requests/s, decisions %.0f in the same run%n",
          median(flags),
          median(rates));
    }
  }

  private static URI decisions(URI server) {
    return server.resolve("/v1/decisions");
  }

  private static Duration processorTime(Process process) {
    return process.info().totalCpuDuration().orElse(Duration.ZERO);
  }

  private static double microsSince(Duration before, Process process) {
    return processorTime(process).minus(before).toNanos() / 1e3;
  }

  private double[] latencies(URI address, double rate) throws IOException {
    List<byte[]> requests =
        IntStream.range(0, 1_000)
            .mapToObj(i -> request(body(i)).getBytes(StandardCharsets.US_ASCII))
            .toList();
    return new OpenLoop(address, requests, rate, OPEN_LOOP_SECONDS).run();
  }

  private static void print(String name, double rate, double[] ms) {
    System.out.printf(
        Locale.ROOT,
        "%-30s at %6.0f/s: p50 %.2f ms, p99 %.2f ms, p99.9 %.2f ms, longest %.1f ms%n",
        name,
        rate,
        ms[0],
        ms[1],
        ms[2],
        ms[3]);
  }

  private String request(String body) {
    return "POST /v1/decisions HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
        + "Authorization: Bearer "
        + key
        + "\r\nContent-Length: "
        + body.length()
        + "\r\n\r\n"
        + body;
  }

  private Path script(String name, String body) throws IOException {
    String lua =
        "wrk.method = 'POST'\nwrk.headers['Content-Type'] = 'application/json'\n"
            + "wrk.headers['Authorization'] = 'Bearer "
            + key
            + "'\nwrk.body = "
            + body
            + "\n";
    return Files.writeString(folder.resolve(name + ".lua"), lua);
  }

  private static String escaped(String text) {
    return text.replace("\"", "\\\"");
  }

  private static double wrk(URI target, Path script, int seconds)
      throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                "wrk",
                "-t1",
                "-c32",
                "-d" + seconds + "s",
                "-s",
                script.toString(),
                target.toString())
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    Matcher failed = FAILED.matcher(output);
    Matcher rate = RATE.matcher(output);
    if (failed.find() || !rate.find()) {
      throw new IOException("wrk: " + output);
    }
    return Double.parseDouble(rate.group(1));
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }
}
