package io.armwise.bandits.token;

import java.util.Arrays;

/**
 * Appends numbers to a byte array: fixed-width big-endian, and varints (LEB128, low bits first).
 */
final class TokenWriter {

  private final byte[] bytes;
  private int length;

  TokenWriter(int capacity) {
    this.bytes = new byte[capacity];
  }

  TokenWriter fixed(long value, int width) {
    for (int i = width - 1; i >= 0; i--) {
      bytes[length++] = (byte) (value >>> (8 * i));
    }
    return this;
  }

  TokenWriter varint(long value) {
    long rest = value;
    while (rest > 0x7f) {
      bytes[length++] = (byte) ((rest & 0x7f) | 0x80);
      rest >>>= 7;
    }
    bytes[length++] = (byte) rest;
    return this;
  }

  /** The bytes so far, signed. */
  byte[] signedBy(TokenKey key) {
    byte[] mac = key.mac(bytes, length);
    byte[] signed = Arrays.copyOf(bytes, length + mac.length);
    System.arraycopy(mac, 0, signed, length, mac.length);
    return signed;
  }
}
