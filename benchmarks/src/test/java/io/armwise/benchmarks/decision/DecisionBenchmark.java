package io.armwise.benchmarks.decision;

import com.launchdarkly.sdk.LDContext;
import com.launchdarkly.sdk.server.Components;
import com.launchdarkly.sdk.server.LDClient;
import com.launchdarkly.sdk.server.LDConfig;
import com.launchdarkly.sdk.server.integrations.FileData;
import dev.openfeature.sdk.Client;
import dev.openfeature.sdk.EvaluationContext;
import dev.openfeature.sdk.MutableContext;
import dev.openfeature.sdk.OpenFeatureAPI;
import dev.openfeature.sdk.providers.memory.Flag;
import dev.openfeature.sdk.providers.memory.InMemoryProvider;
import io.armwise.bandits.allocation.Shares;
import io.armwise.bandits.assignment.BucketRange;
import io.armwise.bandits.assignment.Slots;
import io.armwise.bandits.assignment.UnitHash;
import io.armwise.bandits.decision.Choice;
import io.armwise.bandits.decision.DecisionTable;
import io.armwise.bandits.decision.ExperimentState;
import io.armwise.bandits.decision.Plan;
import io.armwise.bandits.decision.Question;
import io.armwise.bandits.experiment.ExperimentStatus;
import io.armwise.bandits.experiment.Participation;
import io.armwise.bandits.experiment.Participation.LayerRange;
import io.armwise.bandits.experiment.TargetingRule;
import io.armwise.bandits.experiment.TargetingRule.AttributeType;
import io.armwise.bandits.token.DecisionToken;
import io.armwise.bandits.token.DecisionTokens;
import io.armwise.bandits.token.TokenKey;
import io.armwise.targeting.CelCompiler;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * From a key and a unit's id to an arm with its propensity: look-up, hash, layer, traffic, arm. All
 * decisions are for units that are in. Beside it two clients that evaluate in process, on the same
 * condition.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class DecisionBenchmark {
  private static final int UNITS = 1 << 12;
  private static final String CONDITIONAL = "conditional";
  private static final String SPLIT = "split";

  /** Slots per experiment, which is the mean number of trials. */
  @Param({"16", "256"})
  public int slots = 16;

  /** Live experiments. */
  @Param({"10", "1000"})
  public int experiments = 10;

  private final List<String> keys = new ArrayList<>();
  private final List<String> ids = new ArrayList<>();
  private final List<UnitHash> hashes = new ArrayList<>();
  private final List<LDContext> contexts = new ArrayList<>();
  private final List<EvaluationContext> evaluationContexts = new ArrayList<>();
  private final Map<String, Object> german = Map.of("country", "DE");
  private final DecisionTokens tokens = DecisionTokens.of(TokenKey.of(1, new byte[32]), List.of());
  private DecisionTable table = DecisionTable.EMPTY;
  private @Nullable LDClient launchDarkly;
  private @Nullable Client openFeature;
  private int next;

  /** Makes experiments, units and clients. */
  @Setup
  public void setUp() throws IOException {
    List<Plan> plans = new ArrayList<>();
    for (int i = 0; i < experiments; i++) {
      keys.add("experiment-" + i);
      plans.add(plan(i, keys.get(i), null));
    }
    plans.add(plan(experiments, CONDITIONAL, "country == 'DE'"));
    table = DecisionTable.of(plans);
    for (int i = 0; i < UNITS; i++) {
      ids.add("3f2504e0-4f89-11d3-9a0c-%012d".formatted(i));
      hashes.add(UnitHash.of(ids.get(i)));
      contexts.add(LDContext.builder(ids.get(i)).set("country", "DE").build());
      evaluationContexts.add(new MutableContext(ids.get(i)).add("country", "DE"));
    }
    launchDarkly = launchDarkly();
    openFeature = openFeature();
  }

  /** An experiment with eight arms, all units of its layer and all traffic. */
  private Plan plan(int id, String key, @Nullable String condition) {
    Participation participation =
        new Participation(
            new LayerRange("layer-" + key, new BucketRange(0, 10_000)),
            condition == null
                ? null
                : new TargetingRule(condition, Map.of("country", AttributeType.STRING)),
            null,
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            false);
    return Plan.of(
        new ExperimentState(
            id,
            key,
            ExperimentStatus.RUNNING,
            IntStream.range(0, 8).mapToObj(arm -> "arm-" + arm).toList(),
            0,
            0,
            Slots.of(slots),
            1,
            participation,
            List.of(),
            1,
            Shares.ofProbabilities(0.4, 0.2, 0.1, 0.1, 0.08, 0.06, 0.04, 0.02)),
        new CelCompiler());
  }

  /** Two flags on the condition: one says yes, the other draws one of eight variations. */
  private static LDClient launchDarkly() throws IOException {
    Path file = Files.createTempFile("flags", ".json");
    Files.writeString(
        file,
        """
        {"flags": {
          "conditional": {
            "key": "conditional", "version": 1, "on": true, "variations": [true, false],
            "rules": [{"id": "german", "clauses": [%1$s], "variation": 0}],
            "fallthrough": {"variation": 1}, "offVariation": 1},
          "split": {
            "key": "split", "version": 1, "on": true, "salt": "salt",
            "variations": ["arm-0", "arm-1", "arm-2", "arm-3", "arm-4", "arm-5", "arm-6", "arm-7"],
            "rules": [{"id": "german", "clauses": [%1$s], "rollout": {"variations": [
              {"variation": 0, "weight": 40000}, {"variation": 1, "weight": 20000},
              {"variation": 2, "weight": 10000}, {"variation": 3, "weight": 10000},
              {"variation": 4, "weight": 8000}, {"variation": 5, "weight": 6000},
              {"variation": 6, "weight": 4000}, {"variation": 7, "weight": 2000}]}}],
            "fallthrough": {"variation": 0}, "offVariation": 0}}}
        """
            .formatted(
                "{\"contextKind\": \"user\", \"attribute\": \"country\", \"op\": \"in\","
                    + " \"values\": [\"DE\"]}"));
    LDClient client =
        new LDClient(
            "none",
            new LDConfig.Builder()
                .dataSource(FileData.dataSource().filePaths(file))
                .events(Components.noEvents())
                .build());
    Files.delete(file);
    return client;
  }

  private static Client openFeature() {
    Flag<Boolean> flag =
        Flag.<Boolean>builder()
            .variant("on", true)
            .variant("off", false)
            .defaultVariant("off")
            .contextEvaluator(
                (evaluated, context) -> "DE".equals(context.getValue("country").asString()))
            .build();
    OpenFeatureAPI.getInstance()
        .setProviderAndWait(new InMemoryProvider(Map.of(CONDITIONAL, flag)));
    return OpenFeatureAPI.getInstance().getClient();
  }

  /** Ends the clients. */
  @TearDown
  public void tearDown() throws IOException {
    if (launchDarkly != null) {
      launchDarkly.close();
    }
    OpenFeatureAPI.getInstance().shutdown();
  }

  private int next() {
    next = (next + 1) & (UNITS - 1);
    return next;
  }

  /** A decision for a unit that the caller has hashed, as for one unit in many experiments. */
  @Benchmark
  public Choice decideHashed() {
    int i = next();
    Plan plan = table.find(keys.get(i % keys.size())).orElseThrow();
    return table.decide(plan, Question.of(hashes.get(i)));
  }

  /** A decision from the unit's id. */
  @Benchmark
  public Choice decide() {
    int i = next();
    Plan plan = table.find(keys.get(i % keys.size())).orElseThrow();
    return table.decide(plan, Question.of(UnitHash.of(ids.get(i))));
  }

  /** The same with a token. */
  @Benchmark
  public String decideWithToken() {
    int i = next();
    UnitHash unit = UnitHash.of(ids.get(i));
    Plan plan = table.find(keys.get(i % keys.size())).orElseThrow();
    Choice choice = table.decide(plan, Question.of(unit));
    return tokens.encode(
        new DecisionToken(
            plan.state().id(), choice.arm(), choice.version(), unit, 1_000_000, choice.share()));
  }

  /** The same with one attribute condition. */
  @Benchmark
  public Choice decideOnCondition() {
    Plan plan = table.find(CONDITIONAL).orElseThrow();
    return table.decide(plan, Question.of(UnitHash.of(ids.get(next())), german));
  }

  /** LaunchDarkly's Java server SDK on the same condition; draws nothing. */
  @Benchmark
  public boolean launchDarklyOnCondition() {
    LDClient client = launchDarkly;
    return client != null && client.boolVariation(CONDITIONAL, contexts.get(next()), false);
  }

  /**
   * The same, and draws one of eight variations by a hash of the unit, as {@link
   * #decideOnCondition}.
   */
  @Benchmark
  public String launchDarklySplit() {
    LDClient client = launchDarkly;
    return client == null ? "" : client.stringVariation(SPLIT, contexts.get(next()), "");
  }

  /** OpenFeature's Java SDK with its provider in memory on the same condition; draws nothing. */
  @Benchmark
  public boolean openFeatureOnCondition() {
    Client client = openFeature;
    return client != null
        && client.getBooleanValue(CONDITIONAL, false, evaluationContexts.get(next()));
  }
}
