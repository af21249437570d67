package io.armwise.simulations.random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Random;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;

/** The platform's own generator is the reference. */
class L64X128MixTest {
  private static final RandomGeneratorFactory<RandomGenerator> PLATFORM =
      RandomGeneratorFactory.of("L64X128MixRandom");

  @Test
  void givesThePlatformsBitsForAnySeed() {
    Random seeds = new Random(20_260_903);
    for (int i = 0; i < 500; i++) {
      byte[] seed = new byte[32];
      seeds.nextBytes(seed);
      RandomGenerator platform = PLATFORM.create(seed);
      L64X128Mix own = new L64X128Mix(seed);
      for (int draw = 0; draw < 20; draw++) {
        assertThat(own.nextLong()).isEqualTo(platform.nextLong());
        assertThat(own.nextDouble()).isEqualTo(platform.nextDouble());
        assertThat(own.nextGaussian()).isEqualTo(platform.nextGaussian());
        assertThat(own.nextExponential()).isEqualTo(platform.nextExponential());
        assertThat(own.nextInt(1 + draw)).isEqualTo(platform.nextInt(1 + draw));
      }
    }
  }

  @Test
  void refusesASeedWithoutBits() {
    assertThatIllegalArgumentException().isThrownBy(() -> new L64X128Mix(new byte[32]));
  }
}
