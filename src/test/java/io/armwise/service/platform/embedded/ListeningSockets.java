package io.armwise.service.platform.embedded;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** The addresses at which the system listens, read from the kernel's tables. */
final class ListeningSockets {
  private static final String LISTEN = "0A";

  private ListeningSockets() {}

  /** Every local address that accepts connections at this port, IPv4 and IPv6. */
  static List<String> addressesOf(int port) throws IOException {
    List<String> addresses = new ArrayList<>();
    for (String table : List.of("/proc/net/tcp", "/proc/net/tcp6")) {
      for (String line : Files.readAllLines(Path.of(table))) {
        String[] fields = line.strip().split("\\s+", 5);
        if (fields[3].equals(LISTEN) && fields[1].endsWith(String.format(":%04X", port))) {
          addresses.add(address(fields[1].substring(0, fields[1].indexOf(':'))));
        }
      }
    }
    return addresses;
  }

  /** The kernel prints 32-bit words in the machine's byte order, here little-endian. */
  private static String address(String hex) throws IOException {
    byte[] bytes = HexFormat.of().parseHex(hex);
    byte[] ordered = new byte[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      ordered[i] = bytes[i - i % 4 + 3 - i % 4];
    }
    return InetAddress.getByAddress(ordered).getHostAddress();
  }
}
