package io.armwise.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.armwise.bandits.decision.Targeting;
import io.armwise.bandits.experiment.TargetingRule;
import io.armwise.client.Decision.Cause;
import io.armwise.client.Decision.Made;
import io.armwise.client.Decision.Unavailable;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalClientTest {
  private static final long ALL = 1L << 32;
  private static final URI NOBODY = URI.create("http://127.0.0.1:9");

  @TempDir Path folder;
  private StubService service;

  @BeforeEach
  void start() throws IOException {
    service = new StubService(Snapshots.button(1, ALL));
  }

  @AfterEach
  void stop() {
    service.close();
  }

  private ClientOptions options() {
    return ClientOptions.of(service.address(), "key")
        .withPatience(Duration.ofSeconds(5), Duration.ofSeconds(5))
        .withRefresh(Duration.ofMillis(50), Duration.ofMillis(10), Duration.ofSeconds(60))
        .withQueue(1_000, 100, Duration.ofMillis(20), Duration.ofSeconds(5));
  }

  private static void await(BooleanSupplier condition) {
    long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime() - end).as("20 s have passed").isNegative();
      LockSupport.parkNanos(2_000_000);
    }
  }

  @Test
  void decidesFromTheFirstSnapshot() {
    try (ArmwiseClient client = ArmwiseClient.connect(options())) {
      assertThat(client.decide("button", "u"))
          .isEqualTo(new Made("button", "u", "a", "A", "red", 1.0, 3, "allocated", true, false));
      assertThat(client.stringValue("button", "u", "blue")).isEqualTo("red");
      assertThat(client.status().sequence()).isEqualTo(1);
      assertThat(client.status().stale()).isFalse();
    }
  }

  @Test
  void fallsBackToTheCallersValueWhereThereIsNoneOfItsType() {
    try (ArmwiseClient client = ArmwiseClient.connect(options())) {
      assertThat(client.longValue("button", "u", 7)).isEqualTo(7);
      assertThat(client.booleanValue("button", "u", true)).isTrue();
      assertThat(client.doubleValue("button", "u", 0.5)).isEqualTo(0.5);
      assertThat(client.objectValue("button", "u", Map.of("k", 1))).isEqualTo(Map.of("k", 1));
      assertThat(client.listValue("button", "u", List.of(1))).isEqualTo(List.of(1));
      assertThat(client.stringValue("nothing", "u", "blue")).isEqualTo("blue");
    }
  }

  @Test
  void saysWhyThereIsNoArm() {
    try (ArmwiseClient client = ArmwiseClient.connect(options())) {
      assertThat(client.decide("nothing", "u"))
          .isEqualTo(new Unavailable("nothing", "u", Cause.UNKNOWN_EXPERIMENT));
      assertThat(client.decide("button", ""))
          .isEqualTo(new Unavailable("button", "", Cause.INVALID_UNIT));
      assertThat(client.decide("button", "x".repeat(257)))
          .isInstanceOfSatisfying(
              Unavailable.class, no -> assertThat(no.cause()).isEqualTo(Cause.INVALID_UNIT));
    }
  }

  @Test
  void followsTheStream() {
    try (ArmwiseClient client = ArmwiseClient.connect(options())) {
      service.change(Snapshots.button(2, 0));
      await(() -> client.status().sequence() == 2);
      assertThat(client.stringValue("button", "u", "blue")).isEqualTo("green");
    }
  }

  @Test
  void asksAtIntervalsWhereThereIsNoStream() {
    service.streamsWork = false;
    try (ArmwiseClient client = ArmwiseClient.connect(options())) {
      await(() -> service.unchangedAnswers.get() >= 2);
      service.change(Snapshots.button(2, 0));
      await(() -> client.status().sequence() == 2);
    }
  }

  @Test
  void opensABrokenStreamAgain() {
    try (ArmwiseClient client = ArmwiseClient.connect(options())) {
      await(() -> client.status().sequence() == 1);
      service.breakStreams();
      service.change(Snapshots.button(2, 0));
      await(() -> client.status().sequence() == 2);
    }
  }

  @Test
  void goesOnFromTheLastSnapshotAndMarksItStale() {
    ClientOptions hasty =
        options().withRefresh(Duration.ofMillis(50), Duration.ZERO, Duration.ofMillis(200));
    try (ArmwiseClient client = ArmwiseClient.connect(hasty)) {
      service.down = true;
      service.breakStreams();
      await(() -> client.status().stale());
      assertThat(client.decide("button", "u"))
          .isInstanceOfSatisfying(
              Made.class,
              made -> {
                assertThat(made.arm()).isEqualTo("a");
                assertThat(made.stale()).isTrue();
              });
      service.down = false;
      await(
          () -> {
            service.beat();
            return !client.status().stale();
          });
    }
  }

  @Test
  void keepsTheLastSnapshotWhenTheServiceSendsNonsense() {
    try (ArmwiseClient client = ArmwiseClient.connect(options())) {
      service.change("{\"format\":2}");
      await(() -> client.status().lastFailure() != null);
      assertThat(client.status().lastFailure()).contains("a newer client is needed");
      assertThat(client.stringValue("button", "u", "blue")).isEqualTo("red");
    }
  }

  @Test
  void startsFromAFileWhileTheServiceIsAwayAndKeepsItFresh() throws IOException {
    Path file = folder.resolve("snapshot.json");
    Files.writeString(file, Snapshots.button(1, ALL));
    service.down = true;
    try (ArmwiseClient client = ArmwiseClient.connect(options().withBootstrap(file, true))) {
      assertThat(client.stringValue("button", "u", "blue")).isEqualTo("red");
      assertThat(client.status().stale()).isTrue();
      service.change(Snapshots.button(2, 0));
      service.down = false;
      await(() -> client.status().sequence() == 2);
      assertThat(client.status().stale()).isFalse();
    }
    try (ArmwiseClient offline = ArmwiseClient.connect(ClientOptions.offline(file))) {
      assertThat(offline.stringValue("button", "u", "blue")).isEqualTo("green");
      offline.outcome("u", "bought", 1);
      assertThat(offline.flush(Duration.ZERO)).isTrue();
    }
  }

  @Test
  void livesWithoutAnySnapshot() {
    ClientOptions nobody =
        ClientOptions.of(NOBODY, "key")
            .withPatience(Duration.ofMillis(300), Duration.ofMillis(300))
            .withQueue(10, 10, Duration.ofMillis(10), Duration.ofMillis(100));
    try (ArmwiseClient client = ArmwiseClient.connect(nobody)) {
      assertThat(client.decide("button", "u"))
          .isEqualTo(new Unavailable("button", "u", Cause.NO_SNAPSHOT));
      assertThat(client.stringValue("button", "u", "blue")).isEqualTo("blue");
      assertThat(client.status().stale()).isTrue();
    }
  }

  @Test
  void tellsAnExposureOnce() {
    try (ArmwiseClient client = ArmwiseClient.connect(options())) {
      Decision decision = client.decide("button", "u");
      for (int i = 0; i < 100; i++) {
        client.exposed(decision);
      }
      client.exposed(client.decide("button", "v"));
      assertThat(client.flush(Duration.ofSeconds(10))).isTrue();
      assertThat(service.events).hasSize(2);
      assertThat(service.events.getFirst().get("type")).isEqualTo("io.armwise.exposure.v1");
      assertThat(service.events.getFirst().get("data"))
          .isEqualTo(Map.of("unit", "u", "experiment", "button", "arm", "a", "propensity", 1.0));
    }
  }

  @Test
  void tellsAnExposureByDecidingOnlyWhereTheExperimentSaysSo() {
    service.change(Snapshots.of(2, Snapshots.experiment("seen", "decision", ALL, "")));
    try (ArmwiseClient client = ArmwiseClient.connect(options())) {
      client.prefetch("seen", "u", Map.of());
      client.decide("seen", "v");
      client.flush(Duration.ofSeconds(10));
      assertThat(service.events).hasSize(1);
      assertThat(String.valueOf(service.events.getFirst().get("data"))).contains("unit=v");
    }
  }

  @Test
  void tellsNoExposureFromWhichNothingIsLearned() {
    String listed = "\"overrides\":[{\"arm\":\"b\",\"units\":[\"qa\"]}],";
    service.change(Snapshots.of(2, Snapshots.experiment("seen", "decision", ALL, listed)));
    try (ArmwiseClient client = ArmwiseClient.connect(options())) {
      Decision decision = client.decide("seen", "qa");
      assertThat(((Made) decision).reason()).isEqualTo("override");
      client.exposed(decision);
      client.flush(Duration.ofSeconds(10));
      assertThat(service.events).isEmpty();
    }
  }

  @Test
  void sendsAgainWithTheSameIdsWhenAReceiptIsLost() {
    try (ArmwiseClient client = ArmwiseClient.connect(options())) {
      service.loseReceipts = true;
      for (int i = 0; i < 50; i++) {
        client.outcome("u" + i, "bought", i);
      }
      await(() -> service.events.size() >= 50);
      service.loseReceipts = false;
      assertThat(client.flush(Duration.ofSeconds(20))).isTrue();
      Set<Object> ids = new HashSet<>();
      service.events.forEach(event -> ids.add(event.get("id")));
      assertThat(service.events.size()).isGreaterThan(50);
      assertThat(ids).hasSize(50);
      assertThat(client.status().stored()).isEqualTo(50);
    }
  }

  @Test
  void dropsAndCountsWhatDoesNotFitAndNeverWaits() {
    ClientOptions small =
        options().withQueue(100, 10, Duration.ofMillis(10), Duration.ofMillis(200));
    service.down = true;
    try (ArmwiseClient client = ArmwiseClient.connect(small.withBootstrap(NO_FILE, false))) {
      long start = System.nanoTime();
      for (int i = 0; i < 100_000; i++) {
        client.outcome("u", "bought", 1);
      }
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(20));
      ClientStatus status = client.status();
      assertThat(status.dropped()).isGreaterThanOrEqualTo(100_000 - 100 - 10);
      assertThat(status.queued()).isLessThanOrEqualTo(110);
      assertThat(status.queued() + status.dropped()).isEqualTo(100_000);
    }
  }

  private static final Path NO_FILE = Path.of("does", "not", "exist");

  @Test
  void countsWhatTheServiceRefusesAndGoesOn() {
    try (ArmwiseClient client = ArmwiseClient.connect(options())) {
      service.eventStatus = 400;
      client.outcome("u", "bought", 1);
      client.flush(Duration.ofSeconds(10));
      assertThat(client.status().refused()).isEqualTo(1);
      assertThat(client.status().lastFailure()).contains("400");
      service.eventStatus = 202;
      client.outcome("u", "bought", 2);
      client.flush(Duration.ofSeconds(10));
      assertThat(client.status().stored()).isEqualTo(1);
    }
  }

  @Test
  void sendsWhatIsLeftWhenItCloses() {
    ClientOptions slow =
        options().withQueue(1_000, 500, Duration.ofSeconds(60), Duration.ofSeconds(10));
    ArmwiseClient client = ArmwiseClient.connect(slow);
    for (int i = 0; i < 300; i++) {
      client.outcome("u" + i, "bought", 1);
    }
    client.close();
    assertThat(service.events).hasSize(300);
  }

  @Test
  void refusesOutcomesThatAreNoNumbers() {
    try (ArmwiseClient client = ArmwiseClient.connect(options())) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> client.outcome("u", "bought", Double.NaN));
      assertThatIllegalArgumentException()
          .isThrownBy(() -> client.outcome("u", "bought", Double.POSITIVE_INFINITY));
      assertThatIllegalArgumentException().isThrownBy(() -> client.outcome("", "bought", 1));
    }
  }

  @Test
  void leavesAloneWhatItCannotDecide() {
    String condition =
        "\"targeting\":{\"expression\":\"country =="
            + " 'NZ'\",\"attributes\":{\"country\":\"string\"}},";
    String dependent = "\"prerequisites\":[{\"experiment\":\"targeted\",\"arms\":[]}],";
    String further = "\"excludes\":[\"dependent\"],";
    String json =
        Snapshots.of(
            2,
            Snapshots.experiment("further", "event", ALL, further),
            Snapshots.experiment("dependent", "event", ALL, dependent),
            Snapshots.experiment("targeted", "event", ALL, condition),
            Snapshots.experiment("button", "event", ALL, ""));
    service.change(json);
    try (ArmwiseClient client = ArmwiseClient.connect(options())) {
      assertThat(client.status().unsupported()).containsExactly("dependent", "further", "targeted");
      assertThat(client.decide("targeted", "u"))
          .isEqualTo(new Unavailable("targeted", "u", Cause.CONDITION_NOT_SUPPORTED));
      assertThat(client.stringValue("button", "u", "blue")).isEqualTo("red");
    }
    try (ArmwiseClient client =
        ArmwiseClient.connect(options().withConditions(LocalClientTest::countryIs))) {
      assertThat(client.status().unsupported()).isEmpty();
      assertThat(reason(client.decide("targeted", "u", Map.of("country", "NZ"))))
          .isEqualTo("allocated");
      assertThat(reason(client.decide("targeted", "u", Map.of("country", "FR"))))
          .isEqualTo("not-targeted");
      assertThat(reason(client.decide("dependent", "u", Map.of("country", "FR"))))
          .isEqualTo("not-targeted");
    }
  }

  @Test
  void decidesPortableConditionsWithoutACompiler() {
    String condition =
        """
        "targeting":{"expression":"country == 'NZ'","attributes":{"country":"string"},
          "portable":["==",["attribute","country","string"],["string","NZ"]]},\
        """;
    String newer =
        """
        "targeting":{"expression":"name.matches('^a')","attributes":{"name":"string"},
          "portable":["matches",["attribute","name","string"],["string","^a"]]},\
        """;
    service.change(
        Snapshots.of(
            2,
            Snapshots.experiment("targeted", "event", ALL, condition),
            Snapshots.experiment("newer", "event", ALL, newer)));
    try (ArmwiseClient client = ArmwiseClient.connect(options())) {
      assertThat(reason(client.decide("targeted", "u", Map.of("country", "NZ"))))
          .isEqualTo("allocated");
      assertThat(reason(client.decide("targeted", "u", Map.of("country", "FR"))))
          .isEqualTo("not-targeted");
      assertThat(reason(client.decide("targeted", "u"))).isEqualTo("not-targeted");
      assertThat(client.status().unsupported()).containsExactly("newer");
    }
  }

  @Test
  void takesEveryTypeOfNumberForAnAttribute() {
    String adult =
        """
        "targeting":{"expression":"age >= 18","attributes":{"age":"int"},
          "portable":[">=",["attribute","age","int"],["int","18"]]},\
        """;
    String nested =
        """
        "targeting":{"expression":"2 in attributes.sizes","attributes":{},
          "portable":["in",["int","2"],["member",["attributes"],"sizes"]]},\
        """;
    service.change(
        Snapshots.of(
            2,
            Snapshots.experiment("adults", "event", ALL, adult),
            Snapshots.experiment("sizes", "event", ALL, nested)));
    try (ArmwiseClient client = ArmwiseClient.connect(options())) {
      for (Object age : List.of(18, 18L, (short) 18, (byte) 18)) {
        assertThat(reason(client.decide("adults", "u", Map.of("age", age)))).isEqualTo("allocated");
      }
      assertThat(reason(client.decide("adults", "u", Map.of("age", 17)))).isEqualTo("not-targeted");
      assertThat(reason(client.decide("sizes", "u", Map.of("sizes", List.of(1, 2)))))
          .isEqualTo("allocated");
    }
  }

  @Test
  void servesFeatureFlagsAndShipsAWinnerUnderTheExperimentsKey() {
    String own =
        """
        {"key":"beta","version":4,"variants":[{"key":"on","name":"on","payload":true},
          {"key":"off","name":"off","payload":false}],"otherwise":1,"shares":[%d,0],
         "targeting":{"expression":"staff","attributes":{"staff":"bool"},
           "portable":["attribute","staff","bool"]},"enabled":true}\
        """
            .formatted(ALL);
    String backed =
        """
        {"key":"button-flag","version":1,"experiment":"button","enabled":true}\
        """;
    String experiment = Snapshots.experiment("button", "event", ALL, "");
    service.change(Snapshots.withFlags(2, experiment, own + "," + backed));
    try (ArmwiseClient client = ArmwiseClient.connect(options())) {
      Made on = (Made) client.decide("beta", "u", Map.of("staff", true));
      assertThat(on.payload()).isEqualTo(true);
      assertThat(on.reason()).isEqualTo("targeted");
      assertThat(on.evidence()).isFalse();
      assertThat(((Made) client.decide("beta", "u")).payload()).isEqualTo(false);

      Made drawn = (Made) client.decide("button-flag", "u");
      assertThat(drawn.payload()).isEqualTo("red");
      client.exposed(drawn);
      assertThat(client.flush(Duration.ofSeconds(10))).isTrue();
      assertThat(service.events.getFirst().get("data"))
          .asInstanceOf(InstanceOfAssertFactories.MAP)
          .containsEntry("experiment", "button");
    }
    String shipped =
        """
        {"key":"button","version":1,"variants":[{"key":"a","name":"a","payload":"red"},
          {"key":"b","name":"b","payload":"green"}],"otherwise":1,"shares":[0,%d],
         "enabled":true}\
        """
            .formatted(ALL);
    service.change(Snapshots.withFlags(3, experiment, shipped));
    try (ArmwiseClient client = ArmwiseClient.connect(options())) {
      Made winner = (Made) client.decide("button", "u");
      assertThat(winner.payload()).isEqualTo("green");
      assertThat(winner.reason()).isEqualTo("static");
    }
  }

  private static String reason(Decision decision) {
    return ((Made) decision).reason();
  }

  /** Understands one form of condition: {@code name == 'text'}. */
  private static Targeting countryIs(TargetingRule rule) {
    String[] parts = rule.expression().split(" == ", -1);
    String wanted = parts[1].substring(1, parts[1].length() - 1);
    return new Targeting() {
      @Override
      public Match test(Map<String, ?> attributes) {
        return wanted.equals(attributes.get(parts[0])) ? Match.YES : Match.NO;
      }

      @Override
      public TargetingRule rule() {
        return rule;
      }

      @Override
      public String failure(Map<String, ?> attributes) {
        return "";
      }
    };
  }
}
