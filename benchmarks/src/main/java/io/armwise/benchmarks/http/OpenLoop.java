package io.armwise.benchmarks.http;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * Sends requests at a fixed rate, whatever the answers do: a request that has to wait for its
 * connection counts from the moment when it was due, so that a stall is charged to all requests
 * that it held up. One thread serves all connections, so that it takes little of the processors
 * that it shares with what it measures.
 */
final class OpenLoop {
  private static final int CONNECTIONS = 32;
  private static final int LONGEST_ANSWER = 1 << 16;
  private static final long PAUSE_NANOS = 20_000;
  private static final byte[] STATUS = "http/1.1 200 ".getBytes(StandardCharsets.ISO_8859_1);
  private static final byte[] LENGTH = "content-length:".getBytes(StandardCharsets.ISO_8859_1);

  private final URI address;
  private final List<byte[]> requests;
  private final int perConnection;
  private final double gapNanos;

  OpenLoop(URI address, List<byte[]> requests, double perSecond, double seconds) {
    this.address = address;
    this.requests = requests;
    this.perConnection = (int) (perSecond * seconds / CONNECTIONS);
    this.gapNanos = 1e9 * CONNECTIONS / perSecond;
  }

  /** Latencies in milliseconds: median, 99th and 99.9th percentile, and the longest. */
  double[] run() throws IOException {
    List<Connection> connections = new ArrayList<>();
    try (Selector selector = Selector.open()) {
      long start = System.nanoTime() + 100_000_000;
      for (int i = 0; i < CONNECTIONS; i++) {
        connections.add(new Connection(i, start, selector));
      }
      boolean open = true;
      while (open) {
        open = false;
        boolean moved = false;
        for (Connection connection : connections) {
          moved |= connection.sendIfDue();
          open |= connection.isOpen();
        }
        moved |= selector.selectNow(key -> ((Connection) key.attachment()).read()) > 0;
        if (!moved) {
          LockSupport.parkNanos(PAUSE_NANOS);
        }
      }
    } finally {
      for (Connection connection : connections) {
        connection.channel.close();
      }
    }
    long[] all =
        connections.stream()
            .flatMapToLong(connection -> Arrays.stream(connection.latencies))
            .sorted()
            .toArray();
    return new double[] {at(all, 0.5), at(all, 0.99), at(all, 0.999), at(all, 1)};
  }

  private static double at(long[] sorted, double quantile) {
    return sorted[(int) Math.min(sorted.length - 1.0, quantile * sorted.length)] / 1e6;
  }

  /** A connection with at most one request under way. */
  private final class Connection {
    private final int number;
    private final long start;
    private final SocketChannel channel;
    private final ByteBuffer answer = ByteBuffer.allocate(LONGEST_ANSWER);
    private final long[] latencies = new long[perConnection];
    private int sent;
    private int answered;

    Connection(int number, long start, Selector selector) throws IOException {
      this.number = number;
      this.start = start;
      channel =
          SocketChannel.open(
              new InetSocketAddress(InetAddress.getLoopbackAddress(), address.getPort()));
      channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
      channel.configureBlocking(false);
      channel.register(selector, SelectionKey.OP_READ, this);
    }

    boolean isOpen() {
      return answered < perConnection;
    }

    private long due(int request) {
      return start + (long) (gapNanos * (request + (double) number / CONNECTIONS));
    }

    boolean sendIfDue() throws IOException {
      if (sent > answered || sent == perConnection || System.nanoTime() < due(sent)) {
        return false;
      }
      ByteBuffer request =
          ByteBuffer.wrap(requests.get((number + sent * CONNECTIONS) % requests.size()));
      while (request.hasRemaining()) {
        int _ = channel.write(request);
      }
      sent++;
      return true;
    }

    void read() {
      try {
        if (channel.read(answer) < 0) {
          throw new IOException("it was closed");
        }
        if (isWhole()) {
          latencies[answered] = System.nanoTime() - due(answered);
          answered++;
          answer.clear();
          boolean _ = sendIfDue();
        }
      } catch (IOException e) {
        throw new IllegalStateException("connection " + number + " broke", e);
      }
    }

    /**
     * Whether head and body have come. Makes no garbage: its collector would share the processors.
     */
    private boolean isWhole() throws IOException {
      byte[] bytes = answer.array();
      int end = answer.position();
      int length = -1;
      int line = 0;
      for (int i = 1; i < end; i++) {
        if (bytes[i] != '\n' || bytes[i - 1] != '\r') {
          continue;
        }
        if (i == line + 1) {
          return end == i + 1 + length;
        }
        if (line == 0 && !startsWith(bytes, line, STATUS)) {
          throw new IOException(
              "answered " + new String(bytes, 0, i, StandardCharsets.ISO_8859_1).strip());
        }
        if (startsWith(bytes, line, LENGTH)) {
          length = number(bytes, line + LENGTH.length, i - 1);
        }
        line = i + 1;
      }
      return false;
    }
  }

  /** Whether bytes from a place on are those of a text in lower case, whatever their own case. */
  private static boolean startsWith(byte[] bytes, int from, byte[] text) {
    for (int i = 0; i < text.length; i++) {
      int letter = bytes[from + i];
      if (text[i] != (letter >= 'A' && letter <= 'Z' ? letter + ('a' - 'A') : letter)) {
        return false;
      }
    }
    return true;
  }

  /** The number in bytes that may begin with spaces. */
  private static int number(byte[] bytes, int from, int to) {
    int number = 0;
    for (int i = from; i < to; i++) {
      number = bytes[i] == ' ' ? number : 10 * number + bytes[i] - '0';
    }
    return number;
  }
}
