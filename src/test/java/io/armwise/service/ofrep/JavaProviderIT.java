package io.armwise.service.ofrep;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.openfeature.contrib.providers.ofrep.OfrepProvider;
import dev.openfeature.contrib.providers.ofrep.OfrepProviderOptions;
import dev.openfeature.sdk.Client;
import dev.openfeature.sdk.ErrorCode;
import dev.openfeature.sdk.FlagEvaluationDetails;
import dev.openfeature.sdk.ImmutableContext;
import dev.openfeature.sdk.OpenFeatureAPI;
import dev.openfeature.sdk.Value;
import io.armwise.service.platform.security.Role;
import io.armwise.service.testing.ServiceUnderTest;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The stock Java provider, as an application would use it. */
class JavaProviderIT {
  private static final ServiceUnderTest SERVICE = ServiceUnderTest.start(JavaProviderIT.class);
  private static final FlagExperiments FLAGS = new FlagExperiments(SERVICE);
  private static final ImmutableContext USER = new ImmutableContext("user-1");

  private static Client client;

  @BeforeAll
  static void startExperiments() {
    FLAGS.start("whole-double", "5.0", "6.0");
    FLAGS.start("large", "3000000000", "1");
    FLAGS.start("count", "-2147483648", "2147483647");
    FLAGS.start("text", "\"\"", "\"blue\"");
    FLAGS.start("switch", "false", "true");
    FLAGS.start("object", "{\"n\": 1, \"x\": 0.5, \"none\": null}", "{\"n\": 3000000000}");
    FLAGS.start("Key-with.all_1", "true", "true");
    FLAGS.start("held", "\"off\"", "\"on\"");
    FLAGS.act("held", "pause");
    client = client("java", SERVICE.newKey(Role.SERVE));
  }

  @AfterAll
  static void stop() {
    OpenFeatureAPI.getInstance().shutdown();
    SERVICE.close();
  }

  private static Client client(String domain, String key) {
    OfrepProvider provider =
        OfrepProvider.constructProvider(
            OfrepProviderOptions.builder()
                .baseUrl(SERVICE.address().toString())
                .headers(ImmutableMap.of("Authorization", ImmutableList.of("Bearer " + key)))
                .build());
    OpenFeatureAPI.getInstance().setProviderAndWait(domain, provider);
    return OpenFeatureAPI.getInstance().getClient(domain);
  }

  @Test
  void readsWholeNumbersWrittenWithAFractionAsDoubles() {
    assertThat(client.getDoubleDetails("whole-double", -1.0, USER))
        .satisfies(JavaProviderIT::hasNoError)
        .satisfies(
            details ->
                assertThat(details.getValue())
                    .isEqualTo(details.getVariant().equals("a") ? 5.0 : 6.0));
  }

  @Test
  void readsNumbersBeyond32BitsAsDoubles() {
    ImmutableContext user = new ImmutableContext(FLAGS.unitWith("large", "a"));
    assertThat(client.getDoubleDetails("large", -1.0, user))
        .satisfies(JavaProviderIT::hasNoError)
        .satisfies(details -> assertThat(details.getValue()).isEqualTo(3e9));
  }

  @Test
  void readsTheSmallestAndTheLargestInteger() {
    assertThat(client.getIntegerValue("count", 0, user("count", "a"))).isEqualTo(Integer.MIN_VALUE);
    assertThat(client.getIntegerValue("count", 0, user("count", "b"))).isEqualTo(Integer.MAX_VALUE);
  }

  private static ImmutableContext user(String key, String arm) {
    return new ImmutableContext(FLAGS.unitWith(key, arm));
  }

  @Test
  void readsEmptyAndFalseValuesAsValues() {
    assertThat(client.getStringDetails("text", "default", user("text", "a")))
        .satisfies(JavaProviderIT::hasNoError)
        .satisfies(details -> assertThat(details.getValue()).isEmpty());
    assertThat(client.getBooleanDetails("switch", true, user("switch", "a")))
        .satisfies(JavaProviderIT::hasNoError)
        .satisfies(details -> assertThat(details.getValue()).isFalse());
  }

  @Test
  void readsObjectsWithAllKindsOfMembers() {
    FlagEvaluationDetails<Value> small =
        client.getObjectDetails("object", new Value(), user("object", "a"));
    hasNoError(small);
    Map<String, Object> members = small.getValue().asStructure().asObjectMap();
    assertThat(members).containsEntry("n", 1).containsEntry("x", 0.5).containsEntry("none", null);
    FlagEvaluationDetails<Value> large =
        client.getObjectDetails("object", new Value(), user("object", "b"));
    hasNoError(large);
    assertThat(large.getValue().asStructure().getValue("n").asDouble()).isEqualTo(3e9);
  }

  @Test
  void readsTheReasonOfARefusalFromItsBody() {
    // Without a JSON body this provider reports PARSE_ERROR, whatever the status says.
    Client stranger = client("stranger", "nonsense");
    assertThat(stranger.getBooleanDetails("switch", true, USER).getErrorCode())
        .isEqualTo(ErrorCode.GENERAL);
    Client ingester = client("ingester", SERVICE.newKey(Role.INGEST));
    assertThat(ingester.getBooleanDetails("switch", true, USER).getErrorCode())
        .isEqualTo(ErrorCode.GENERAL);
  }

  @Test
  void reachesEveryValidKeyWithoutEncoding() {
    assertThat(client.getBooleanDetails("Key-with.all_1", false, USER))
        .satisfies(JavaProviderIT::hasNoError)
        .satisfies(details -> assertThat(details.getValue()).isTrue());
  }

  @Test
  void handsOnTheMetadataWithTheirTypes() {
    FlagEvaluationDetails<Boolean> details = client.getBooleanDetails("switch", true, USER);
    assertThat(details.getReason()).isEqualTo("SPLIT");
    assertThat(details.getFlagMetadata().getDouble("propensity")).isEqualTo(0.5);
    assertThat(details.getFlagMetadata().getInteger("version")).isPositive();
    assertThat(details.getFlagMetadata().getString("decision")).isNotEmpty();
    assertThat(details.getFlagMetadata().getString("status")).isEqualTo("running");
    assertThat(details.getFlagMetadata().getBoolean("stale")).isNotNull();
  }

  @Test
  void takesTheControlArmOfAPausedExperimentForAValue() {
    // A propensity of exactly 1 needs its fraction, and there is no token that could be null.
    FlagEvaluationDetails<String> details = client.getStringDetails("held", "default", USER);
    hasNoError(details);
    assertThat(details.getValue()).isEqualTo("off");
    assertThat(details.getReason()).isEqualTo("STATIC");
    assertThat(details.getFlagMetadata().getString("status")).isEqualTo("paused");
    assertThat(details.getFlagMetadata().getDouble("propensity")).isEqualTo(1.0);
  }

  @Test
  void fallsBackToTheDefaultForAnUnknownFlagAndForNoUnit() {
    FlagEvaluationDetails<Boolean> unknown = client.getBooleanDetails("unheard-of", true, USER);
    assertThat(unknown.getErrorCode()).isEqualTo(ErrorCode.FLAG_NOT_FOUND);
    assertThat(unknown.getValue()).isTrue();
    // This provider calls every bad request an invalid context.
    FlagEvaluationDetails<Boolean> nobody =
        client.getBooleanDetails("switch", true, new ImmutableContext());
    assertThat(nobody.getErrorCode()).isEqualTo(ErrorCode.INVALID_CONTEXT);
  }

  @Test
  void doesNothingWhenItTracks() {
    client.track("bought", USER);
  }

  private static void hasNoError(FlagEvaluationDetails<?> details) {
    assertThat(details.getErrorCode())
        .as("%s: %s", details.getFlagKey(), details.getErrorMessage())
        .isNull();
  }
}
