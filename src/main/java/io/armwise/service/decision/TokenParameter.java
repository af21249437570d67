package io.armwise.service.decision;

import io.armwise.bandits.experiment.Violation;
import io.armwise.bandits.token.DecisionToken;
import io.armwise.bandits.token.DecisionTokens;
import io.armwise.bandits.token.TokenReading;
import io.armwise.service.platform.problem.ProblemCode;
import io.armwise.service.platform.problem.ProblemException;
import jakarta.inject.Singleton;
import java.util.List;

/** Reads tokens from requests, with a problem for what is none. Thread-safe. */
@Singleton
final class TokenParameter {
  private static final int SHOWN = 100;

  private final DecisionTokens tokens;

  TokenParameter(DecisionTokens tokens) {
    this.tokens = tokens;
  }

  /** The decision that a token stands for. */
  DecisionToken read(String text) {
    return switch (tokens.decode(text)) {
      case TokenReading.Valid(DecisionToken token, int _) -> token;
      case TokenReading.Malformed(String reason) -> throw invalid(reason, text);
      case TokenReading.UnknownKey(int keyId) ->
          throw invalid("signed with the unknown key " + keyId, text);
      case TokenReading.Forged(int _) -> throw invalid("the signature is wrong", text);
    };
  }

  /** Refuses a token of another experiment. */
  void requireExperiment(DecisionToken token, int experiment, String text) {
    if (token.experiment() != experiment) {
      throw invalid("it belongs to another experiment", text);
    }
  }

  private static ProblemException invalid(String reason, String text) {
    return new ProblemException(
        ProblemCode.INVALID_TOKEN,
        "The decision token is not valid: " + reason + ".",
        List.of(new Violation("token", "must be a token of this service", shortened(text))));
  }

  /** At most the first {@value #SHOWN} characters of what somebody sent. */
  static String shortened(String text) {
    return text.length() > SHOWN ? text.substring(0, SHOWN) + "…" : text;
  }
}
