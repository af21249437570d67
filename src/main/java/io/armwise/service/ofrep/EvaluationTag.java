package io.armwise.service.ofrep;

import com.fasterxml.jackson.databind.JsonNode;
import io.armwise.service.flag.Flag;
import io.armwise.service.snapshot.LiveExperiment;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * Stands for everything a bulk answer depends on, so that equal tags mean equal arms: the context,
 * the experiments in their versions, their allocation versions, and the stream's address. Decision
 * tokens are not part of it: an old one stays good.
 *
 * @param quoted the tag as it stands in a header
 */
record EvaluationTag(String quoted) {
  private static final int BYTES = 16;

  static EvaluationTag of(
      JsonNode context,
      List<LiveExperiment> experiments,
      List<Flag> flags,
      boolean stale,
      String streamToken) {
    MessageDigest digest = sha256();
    // The parts before the context cannot contain a line feed, so no two inputs run together.
    update(digest, streamToken + "\n" + stale + "\n" + experiments.size() + "\n");
    flags.forEach(flag -> update(digest, flag.key() + " " + flag.version() + "\n"));
    for (LiveExperiment live : experiments) {
      update(
          digest,
          live.experiment().id()
              + " "
              + live.experiment().version()
              + " "
              + live.allocation().version()
              + " "
              + live.plan().state().holdouts()
              + "\n");
    }
    update(digest, context.toString());
    return new EvaluationTag('"' + HexFormat.of().formatHex(digest.digest(), 0, BYTES) + '"');
  }

  /**
   * Whether an {@code If-None-Match} header names this tag. A proxy that compresses makes tags weak
   * on their way; they are compared weakly, as RFC 9110 §13.1.2 wants.
   */
  boolean isIn(String header) {
    for (String candidate : header.split(",", -1)) {
      String tag = candidate.strip();
      if (tag.equals("*") || (tag.startsWith("W/") ? tag.substring(2) : tag).equals(quoted)) {
        return true;
      }
    }
    return false;
  }

  private static void update(MessageDigest digest, String text) {
    digest.update(text.getBytes(StandardCharsets.UTF_8));
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
