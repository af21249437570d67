package io.armwise.service.sdk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.openfeature.sdk.Client;
import dev.openfeature.sdk.ImmutableContext;
import dev.openfeature.sdk.OpenFeatureAPI;
import io.armwise.client.ArmwiseClient;
import io.armwise.client.ClientOptions;
import io.armwise.client.Decision;
import io.armwise.client.openfeature.ArmwiseProvider;
import io.armwise.service.platform.security.Role;
import io.armwise.service.testing.EventMaps;
import io.armwise.service.testing.ServiceUnderTest;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The programs of docs/client.md, run against the real service. */
class ClientQuickStartIT {
  private static final ServiceUnderTest SERVICE = ServiceUnderTest.start(ClientQuickStartIT.class);
  private static final Path THIS_FILE =
      Path.of("test/java/io/armwise/service/sdk/ClientQuickStartIT.java");

  @BeforeAll
  static void start() {
    EventMaps.start(
        SERVICE.client(),
        EventMaps.experiment(
            "checkout-button",
            "user",
            EventMaps.metric("purchase", "binary"),
            Map.of(
                "arms",
                List.of(
                    Map.of("key", "red", "payload", "#c00"),
                    Map.of("key", "green", "payload", "#0a0")))));
  }

  @AfterAll
  static void stop() {
    SERVICE.close();
  }

  @Test
  void runsTheQuickStart() {
    URI address = SERVICE.address();
    String key = SERVICE.newKey(Role.SERVE, Role.INGEST);
    List<String> shown = new ArrayList<>();
    // doc: quick start
    try (ArmwiseClient armwise = ArmwiseClient.connect(ClientOptions.of(address, key))) {
      Decision decision = armwise.decide("checkout-button", "user-17");
      if (decision instanceof Decision.Made made && made.payload() instanceof String color) {
        shown.add(color); // show the button
        armwise.exposed(decision);
      }
      armwise.outcome("user-17", "purchase", 1);
    }
    // end
    assertThat(shown).hasSize(1).containsAnyOf("#c00", "#0a0");
  }

  @Test
  void runsTheOpenFeatureStart() {
    URI address = SERVICE.address();
    String key = SERVICE.newKey(Role.SERVE, Role.INGEST);
    // doc: OpenFeature
    ArmwiseClient armwise = ArmwiseClient.connect(ClientOptions.of(address, key));
    OpenFeatureAPI.getInstance().setProviderAndWait(new ArmwiseProvider(armwise));
    Client flags = OpenFeatureAPI.getInstance().getClient();
    ImmutableContext user = new ImmutableContext("user-17");
    String color = flags.getStringValue("checkout-button", "#c00", user);
    flags.track("purchase", user);
    OpenFeatureAPI.getInstance().shutdown(); // sends what is left
    // end
    assertThat(color).isIn("#c00", "#0a0");
    assertThat(armwise.status().stored()).isEqualTo(1);
  }

  @Test
  void isWhatTheDocumentSays() throws IOException {
    String document = Files.readString(Path.of("../docs/client.md"));
    for (String program : List.of("quick start", "OpenFeature")) {
      String source = Files.readString(THIS_FILE);
      int from = source.indexOf("// doc: " + program) + ("// doc: " + program + "\n").length();
      String code = source.substring(from, source.indexOf("\n    // end", from)).stripIndent();
      assertThat(document).as(program).contains("```java\n" + code + "\n```");
    }
  }
}
