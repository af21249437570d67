package io.armwise.client;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Answers as the service does, and misbehaves when told to. The real one is asked in the service's
 * own tests. Thread-safe.
 */
final class StubService implements AutoCloseable {
  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final List<OutputStream> streams = new CopyOnWriteArrayList<>();
  final List<Map<?, ?>> events = new CopyOnWriteArrayList<>();
  final AtomicInteger snapshotRequests = new AtomicInteger();
  final AtomicInteger unchangedAnswers = new AtomicInteger();
  final AtomicInteger eventRequests = new AtomicInteger();
  private volatile String snapshot;
  private final AtomicInteger etag = new AtomicInteger(1);
  volatile boolean down;

  /** Stores the events and breaks the connection before it says so. */
  volatile boolean loseReceipts;

  volatile boolean streamsWork = true;
  volatile int eventStatus = 202;

  StubService(String snapshot) throws IOException {
    this.snapshot = snapshot;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/base/v1/sdk/snapshot", this::snapshot);
    server.createContext("/base/v1/sdk/stream", this::stream);
    server.createContext("/base/v1/events", this::events);
    server.start();
  }

  URI address() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/base");
  }

  /** Another snapshot is in force from now on, and the streams tell it. */
  synchronized void change(String next) {
    snapshot = next;
    etag.incrementAndGet();
    tell("snapshot");
  }

  /** Tells all streams that nothing has changed, as the service does every few seconds. */
  synchronized void beat() {
    if (!down) {
      tell("heartbeat");
    }
  }

  private void tell(String name) {
    streams.removeIf(
        stream -> {
          try {
            stream.write(notice(name));
            stream.flush();
            return false;
          } catch (IOException gone) {
            return true;
          }
        });
  }

  private byte[] notice(String name) {
    int tag = etag.get();
    String data = "{\"sequence\":" + tag + ",\"etag\":\"\\\"" + tag + "\\\"\",\"ageSeconds\":0}";
    return ("event: " + name + "\ndata: " + data + "\n\n").getBytes(StandardCharsets.UTF_8);
  }

  private void snapshot(HttpExchange exchange) throws IOException {
    snapshotRequests.incrementAndGet();
    String tag = "\"" + etag.get() + "\"";
    exchange.getResponseHeaders().add("ETag", tag);
    if (down) {
      answer(exchange, 503, "{}");
    } else if (tag.equals(exchange.getRequestHeaders().getFirst("If-None-Match"))) {
      unchangedAnswers.incrementAndGet();
      exchange.sendResponseHeaders(304, -1);
      exchange.close();
    } else {
      answer(exchange, 200, snapshot);
    }
  }

  private void stream(HttpExchange exchange) throws IOException {
    if (down || !streamsWork) {
      answer(exchange, 503, "{}");
      return;
    }
    exchange.sendResponseHeaders(200, 0);
    OutputStream out = exchange.getResponseBody();
    // Together, or a change between the two would be told to nobody.
    synchronized (this) {
      out.write(notice("snapshot"));
      out.flush();
      streams.add(out);
    }
  }

  private void events(HttpExchange exchange) throws IOException {
    eventRequests.incrementAndGet();
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    if (down || eventStatus != 202) {
      answer(exchange, down ? 503 : eventStatus, "{\"code\":\"no\"}");
      return;
    }
    List<Map<?, ?>> batch = new ArrayList<>();
    if (Json.parse(body) instanceof List<?> list) {
      list.forEach(event -> batch.add((Map<?, ?>) event));
    }
    events.addAll(batch);
    if (loseReceipts) {
      exchange.close();
      return;
    }
    answer(exchange, 202, "{\"accepted\":" + batch.size() + ",\"rejected\":[]}");
  }

  private static void answer(HttpExchange exchange, int status, @Nullable String body)
      throws IOException {
    byte[] bytes = String.valueOf(body).getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  /** Breaks every stream. */
  void breakStreams() {
    streams.forEach(
        stream -> {
          try {
            stream.close();
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
    streams.clear();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
