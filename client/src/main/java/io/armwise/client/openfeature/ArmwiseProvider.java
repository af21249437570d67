package io.armwise.client.openfeature;

import dev.openfeature.sdk.ErrorCode;
import dev.openfeature.sdk.EvaluationContext;
import dev.openfeature.sdk.FeatureProvider;
import dev.openfeature.sdk.ImmutableMetadata;
import dev.openfeature.sdk.Metadata;
import dev.openfeature.sdk.ProviderEvaluation;
import dev.openfeature.sdk.Reason;
import dev.openfeature.sdk.TrackingEventDetails;
import dev.openfeature.sdk.Value;
import dev.openfeature.sdk.exceptions.ProviderNotReadyError;
import io.armwise.bandits.decision.EvaluationReason;
import io.armwise.client.ArmwiseClient;
import io.armwise.client.Decision;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Experiments and feature flags for OpenFeature, decided in this process. The flag key is theirs,
 * the targeting key the unit, the variant the arm, the value its payload; metadata carry {@code
 * propensity}, {@code version}, {@code assignment} (our reason) and {@code stale}.
 *
 * <p>{@code track(name, context, details)} tells an outcome of the targeting key: the name is the
 * metric, the value 1 where none is given. Evaluating is showing only where the experiment says so;
 * elsewhere tell {@link ArmwiseClient#exposed} when the arm is shown.
 *
 * <p>Shutting the provider down closes the client. Thread-safe.
 */
public final class ArmwiseProvider implements FeatureProvider {
  private final ArmwiseClient client;

  /** A provider that takes over the client. */
  public ArmwiseProvider(ArmwiseClient client) {
    this.client = client;
  }

  @Override
  public Metadata getMetadata() {
    return () -> "armwise";
  }

  @Override
  public void initialize(EvaluationContext context) {
    if (client.status().sequence() < 0) {
      throw new ProviderNotReadyError("no snapshot yet: " + client.status().lastFailure());
    }
  }

  @Override
  public void shutdown() {
    client.close();
  }

  @Override
  public ProviderEvaluation<Boolean> getBooleanEvaluation(
      String flag, Boolean fallback, EvaluationContext context) {
    return evaluate(flag, fallback, context, payload -> payload instanceof Boolean b ? b : null);
  }

  @Override
  public ProviderEvaluation<String> getStringEvaluation(
      String flag, String fallback, EvaluationContext context) {
    return evaluate(flag, fallback, context, payload -> payload instanceof String s ? s : null);
  }

  @Override
  public ProviderEvaluation<Integer> getIntegerEvaluation(
      String flag, Integer fallback, EvaluationContext context) {
    return evaluate(
        flag,
        fallback,
        context,
        payload -> payload instanceof Long n && n.intValue() == n ? n.intValue() : null);
  }

  @Override
  public ProviderEvaluation<Long> getLongEvaluation(
      String flag, Long fallback, EvaluationContext context) {
    return evaluate(flag, fallback, context, payload -> payload instanceof Long n ? n : null);
  }

  @Override
  public ProviderEvaluation<Double> getDoubleEvaluation(
      String flag, Double fallback, EvaluationContext context) {
    return evaluate(
        flag, fallback, context, payload -> payload instanceof Number n ? n.doubleValue() : null);
  }

  @Override
  public ProviderEvaluation<Value> getObjectEvaluation(
      String flag, Value fallback, EvaluationContext context) {
    return evaluate(
        flag,
        fallback,
        context,
        payload ->
            payload instanceof Map<?, ?> || payload instanceof List<?>
                ? Value.objectToValue(payload)
                : null);
  }

  private <T> ProviderEvaluation<T> evaluate(
      String flag,
      T fallback,
      @Nullable EvaluationContext context,
      Function<@Nullable Object, @Nullable T> typed) {
    String unit = context == null ? null : context.getTargetingKey();
    if (context == null || unit == null || unit.isEmpty()) {
      return failed(fallback, ErrorCode.TARGETING_KEY_MISSING, "the targeting key is the unit");
    }
    return switch (client.decide(flag, unit, attributes(context))) {
      case Decision.Unavailable(String experiment, String unusedUnit, Decision.Cause cause) ->
          failed(fallback, code(cause), experiment + ": " + cause);
      case Decision.Made made -> {
        T value = typed.apply(made.payload());
        yield value == null
            ? failed(fallback, ErrorCode.TYPE_MISMATCH, "the payload is " + made.payload())
            : evaluation(made, value);
      }
    };
  }

  private static <T> ProviderEvaluation<T> evaluation(Decision.Made made, T value) {
    return ProviderEvaluation.<T>builder()
        .value(value)
        .variant(made.arm())
        .reason(EvaluationReason.of(made.reason()).name())
        .flagMetadata(
            ImmutableMetadata.builder()
                .addDouble("propensity", made.propensity())
                .addLong("version", made.version())
                .addString("assignment", made.reason())
                .addBoolean("stale", made.stale())
                .build())
        .build();
  }

  private static <T> ProviderEvaluation<T> failed(T fallback, ErrorCode code, String message) {
    return ProviderEvaluation.<T>builder()
        .value(fallback)
        .reason(Reason.ERROR.name())
        .errorCode(code)
        .errorMessage(message)
        .build();
  }

  private static ErrorCode code(Decision.Cause cause) {
    return switch (cause) {
      case NO_SNAPSHOT -> ErrorCode.PROVIDER_NOT_READY;
      case UNKNOWN_EXPERIMENT -> ErrorCode.FLAG_NOT_FOUND;
      case CONDITION_NOT_SUPPORTED -> ErrorCode.GENERAL;
      case INVALID_UNIT -> ErrorCode.INVALID_CONTEXT;
    };
  }

  /** Attributes as conditions look at them: whole numbers are {@code Long}, instants text. */
  private static Map<String, ?> attributes(EvaluationContext context) {
    Map<String, Object> attributes = new HashMap<>();
    context
        .asMap()
        .forEach(
            (name, value) -> {
              Object plain = name.equals(EvaluationContext.TARGETING_KEY) ? null : plain(value);
              if (plain != null) {
                attributes.put(name, plain);
              }
            });
    return Collections.unmodifiableMap(attributes);
  }

  private static @Nullable Object plain(@Nullable Value value) {
    if (value == null || value.isNull()) {
      return null;
    }
    if (value.isStructure()) {
      Map<String, Object> object = new HashMap<>();
      value
          .asStructure()
          .asMap()
          .forEach(
              (name, inner) -> {
                Object plain = plain(inner);
                if (plain != null) {
                  object.put(name, plain);
                }
              });
      return object;
    }
    if (value.isList()) {
      return value.asList().stream()
          .<Object>mapMulti(
              (inner, next) -> {
                Object plain = plain(inner);
                if (plain != null) {
                  next.accept(plain);
                }
              })
          .toList();
    }
    Object scalar = value.asObject();
    return switch (scalar) {
      case Integer whole -> (Object) whole.longValue();
      case java.time.Instant instant -> instant.toString();
      case null, default -> scalar;
    };
  }

  @Override
  public void track(
      String name, @Nullable EvaluationContext context, @Nullable TrackingEventDetails details) {
    String unit = context == null ? null : context.getTargetingKey();
    if (unit != null && !unit.isEmpty() && !name.isEmpty()) {
      Number value = details == null ? null : details.getValue().orElse(null);
      double told = value == null ? 1 : value.doubleValue();
      if (Double.isFinite(told)) {
        client.outcome(unit, name, told);
      }
    }
  }
}
