package io.armwise.benchmarks.http;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;

/**
 * Sends requests at a fixed rate, whatever the answers do: a request that has to wait for its
 * connection counts from the moment when it was due, so that a stall is charged to all requests
 * that it held up.
 */
final class OpenLoop {
  private static final int CONNECTIONS = 32;
  private static final byte[] LENGTH = "content-length: ".getBytes(StandardCharsets.US_ASCII);

  private final URI address;
  private final List<byte[]> requests;
  private final double perSecond;
  private final double seconds;

  OpenLoop(URI address, List<byte[]> requests, double perSecond, double seconds) {
    this.address = address;
    this.requests = requests;
    this.perSecond = perSecond;
    this.seconds = seconds;
  }

  /** Latencies in milliseconds: median, 99th and 99.9th percentile, and the longest. */
  double[] run() throws InterruptedException {
    List<long[]> latencies = new ArrayList<>();
    List<Thread> threads = new ArrayList<>();
    long start = System.nanoTime() + 100_000_000;
    int each = (int) (perSecond * seconds / CONNECTIONS);
    for (int i = 0; i < CONNECTIONS; i++) {
      long[] own = new long[each];
      latencies.add(own);
      int connection = i;
      threads.add(Thread.ofPlatform().start(() -> send(connection, start, own)));
    }
    for (Thread thread : threads) {
      thread.join();
    }
    long[] all = latencies.stream().flatMapToLong(Arrays::stream).sorted().toArray();
    return new double[] {at(all, 0.5), at(all, 0.99), at(all, 0.999), at(all, 1)};
  }

  private static double at(long[] sorted, double quantile) {
    return sorted[(int) Math.min(sorted.length - 1.0, quantile * sorted.length)] / 1e6;
  }

  private void send(int connection, long start, long[] latencies) {
    double gap = 1e9 * CONNECTIONS / perSecond;
    long first = start + (long) (gap * connection / CONNECTIONS);
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), address.getPort())) {
      socket.setTcpNoDelay(true);
      OutputStream out = socket.getOutputStream();
      InputStream in = new BufferedInputStream(socket.getInputStream(), 8_192);
      for (int i = 0; i < latencies.length; i++) {
        long due = first + (long) (i * gap);
        long left = due - System.nanoTime();
        if (left > 0) {
          LockSupport.parkNanos(left);
        }
        out.write(requests.get((connection + i * CONNECTIONS) % requests.size()));
        readAnswer(in);
        latencies[i] = System.nanoTime() - due;
      }
    } catch (IOException e) {
      throw new IllegalStateException("connection " + connection + " broke", e);
    }
  }

  private static void readAnswer(InputStream in) throws IOException {
    int length = -1;
    byte[] line = new byte[512];
    boolean status = true;
    while (true) {
      int size = readLine(in, line);
      if (status && !new String(line, 0, size, StandardCharsets.US_ASCII).contains(" 200 ")) {
        throw new IOException("answered " + new String(line, 0, size, StandardCharsets.US_ASCII));
      }
      status = false;
      if (size == 0) {
        in.skipNBytes(length);
        return;
      }
      if (size > LENGTH.length && startsWithLength(line)) {
        String number =
            new String(line, LENGTH.length, size - LENGTH.length, StandardCharsets.US_ASCII);
        length = Integer.parseInt(number.toLowerCase(Locale.ROOT).strip());
      }
    }
  }

  private static boolean startsWithLength(byte[] line) {
    for (int i = 0; i < LENGTH.length; i++) {
      if (Character.toLowerCase(line[i]) != LENGTH[i]) {
        return false;
      }
    }
    return true;
  }

  private static int readLine(InputStream in, byte[] line) throws IOException {
    int size = 0;
    while (true) {
      int next = in.read();
      if (next < 0) {
        throw new IOException("the connection has ended");
      }
      if (next == '\n') {
        return size;
      }
      if (next != '\r') {
        line[size++] = (byte) next;
      }
    }
  }
}
