package io.armwise.benchmarks.assignment;

import io.armwise.bandits.assignment.UnitHash;
import io.armwise.bandits.token.DecisionToken;
import io.armwise.bandits.token.DecisionTokens;
import io.armwise.bandits.token.TokenKey;
import io.armwise.bandits.token.TokenReading;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Writing and reading decision tokens, beside the MAC that both must compute. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class DecisionTokenBenchmark {

  private static final byte[] SECRET = new byte[32];

  private final DecisionTokens tokens = DecisionTokens.of(TokenKey.of(1, SECRET), List.of());
  private final DecisionToken token =
      new DecisionToken(12, 3, 45_678, UnitHash.of("user-1"), 1_790_000_000_000L, 1_234_567_890L);
  private final String text = tokens.encode(token);
  private final String forged =
      text.substring(0, text.length() - 1) + (text.endsWith("A") ? "Q" : "A");
  private final byte[] claim = new byte[34];
  private final Mac mac = mac();

  private static Mac mac() {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(SECRET, "HmacSHA256"));
      return mac;
    } catch (NoSuchAlgorithmException | InvalidKeyException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A token's string. */
  @Benchmark
  public String encode() {
    return tokens.encode(token);
  }

  /** A genuine token. */
  @Benchmark
  public TokenReading decode() {
    return tokens.decode(text);
  }

  /** A token with a wrong MAC. */
  @Benchmark
  public TokenReading decodeForged() {
    return tokens.decode(forged);
  }

  /** The limit: HMAC-SHA-256 of as many bytes with an object of one's own, no copy, no text. */
  @Benchmark
  public byte[] macAlone() {
    return mac.doFinal(claim);
  }
}
