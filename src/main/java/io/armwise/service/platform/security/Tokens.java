package io.armwise.service.platform.security;

import io.armwise.bandits.token.DecisionTokens;
import io.armwise.bandits.token.TokenKey;
import io.micronaut.context.annotation.Factory;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;

/** Gives the token codec its keys. */
@Factory
final class Tokens {
  @Singleton
  DecisionTokens decisionTokens(SigningKeys keys) {
    SortedMap<Short, byte[]> secrets = keys.all();
    List<TokenKey> accepted = new ArrayList<>();
    secrets.forEach((id, secret) -> accepted.add(TokenKey.of(id, secret)));
    TokenKey signing = accepted.removeLast();
    return DecisionTokens.of(signing, accepted);
  }
}
