package io.armwise.client.openfeature;

import static org.assertj.core.api.Assertions.assertThat;

import dev.openfeature.sdk.Client;
import dev.openfeature.sdk.ErrorCode;
import dev.openfeature.sdk.FlagEvaluationDetails;
import dev.openfeature.sdk.ImmutableContext;
import dev.openfeature.sdk.MutableTrackingEventDetails;
import dev.openfeature.sdk.OpenFeatureAPI;
import dev.openfeature.sdk.Reason;
import dev.openfeature.sdk.Value;
import io.armwise.client.ArmwiseClient;
import io.armwise.client.ClientOptions;
import io.armwise.client.testing.FixedClient;
import io.armwise.client.testing.FixedClient.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Through the stock OpenFeature SDK. */
class ArmwiseProviderTest {
  private static final ImmutableContext USER = new ImmutableContext("user-17");

  private final FixedClient armwise = new FixedClient();
  private Client flags;

  @BeforeEach
  void start() {
    OpenFeatureAPI.getInstance().setProviderAndWait("test", new ArmwiseProvider(armwise));
    flags = OpenFeatureAPI.getInstance().getClient("test");
  }

  @AfterEach
  void stop() {
    OpenFeatureAPI.getInstance().shutdown();
  }

  @Test
  void givesTheArmsPayloadWithItsMetadata() {
    armwise.give("color", "b", "green");
    FlagEvaluationDetails<String> details = flags.getStringDetails("color", "red", USER);
    assertThat(details.getValue()).isEqualTo("green");
    assertThat(details.getVariant()).isEqualTo("b");
    assertThat(details.getReason()).isEqualTo(Reason.SPLIT.name());
    assertThat(details.getFlagMetadata().getDouble("propensity")).isEqualTo(1.0);
    assertThat(details.getFlagMetadata().getString("assignment")).isEqualTo("allocated");
    assertThat(details.getFlagMetadata().getBoolean("stale")).isFalse();
  }

  @Test
  void givesEveryType() {
    armwise
        .give("truth", "b", true)
        .give("count", "b", 3L)
        .give("ratio", "b", 0.5)
        .give("object", "b", Map.of("k", 1L))
        .give("list", "b", List.of("x"));
    assertThat(flags.getBooleanValue("truth", false, USER)).isTrue();
    assertThat(flags.getIntegerValue("count", 0, USER)).isEqualTo(3);
    assertThat(flags.getDoubleValue("ratio", 0.0, USER)).isEqualTo(0.5);
    assertThat(flags.getDoubleValue("count", 0.0, USER)).isEqualTo(3.0);
    Value object = flags.getObjectValue("object", new Value(), USER);
    assertThat(object.asStructure().getValue("k").asLong()).isEqualTo(1);
    assertThat(flags.getObjectValue("list", new Value(), USER).asList()).hasSize(1);
  }

  @Test
  void givesTheDefaultWithTheReason() {
    armwise.give("color", "b", "green").give("large", "b", 3_000_000_000L);
    assertThat(flags.getStringDetails("nothing", "red", USER).getErrorCode())
        .isEqualTo(ErrorCode.FLAG_NOT_FOUND);
    assertThat(flags.getBooleanDetails("color", true, USER).getErrorCode())
        .isEqualTo(ErrorCode.TYPE_MISMATCH);
    assertThat(flags.getBooleanDetails("color", true, USER).getValue()).isTrue();
    assertThat(flags.getIntegerDetails("large", 1, USER).getErrorCode())
        .isEqualTo(ErrorCode.TYPE_MISMATCH);
    assertThat(flags.getStringDetails("color", "red").getErrorCode())
        .isEqualTo(ErrorCode.TARGETING_KEY_MISSING);
  }

  @Test
  void saysThatTheConditionOfAFlagHolds(@TempDir Path folder) throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("snapshot.json"),
            """
            {"format":1,"epoch":"e","sequence":1,"experiments":[],"flags":[
              {"key":"beta","version":4,"enabled":true,"otherwise":1,"shares":[4294967296,0],
               "variants":[{"key":"on","name":"on","payload":true},
                           {"key":"off","name":"off","payload":false}],
               "targeting":{"expression":"staff","attributes":{"staff":"bool"},
                            "portable":["attribute","staff","bool"]}}]}
            """);
    OpenFeatureAPI.getInstance()
        .setProviderAndWait(
            "file", new ArmwiseProvider(ArmwiseClient.connect(ClientOptions.offline(file))));
    Client local = OpenFeatureAPI.getInstance().getClient("file");
    assertThat(reason(local, true)).isEqualTo(Reason.TARGETING_MATCH.name());
    assertThat(reason(local, false)).isEqualTo(Reason.STATIC.name());
  }

  private static String reason(Client flags, boolean staff) {
    return flags
        .getBooleanDetails(
            "beta", false, new ImmutableContext("u", Map.of("staff", new Value(staff))))
        .getReason();
  }

  @Test
  void tracksOutcomes() {
    flags.track("bought", USER);
    flags.track("spent", USER, new MutableTrackingEventDetails(12.5));
    flags.track("nobody");
    assertThat(armwise.outcomes())
        .containsExactly(
            new Outcome("user-17", "bought", 1), new Outcome("user-17", "spent", 12.5));
  }
}
