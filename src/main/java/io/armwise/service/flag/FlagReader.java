package io.armwise.service.flag;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeType;
import io.armwise.bandits.allocation.Shares;
import io.armwise.bandits.experiment.Key;
import io.armwise.bandits.experiment.Violation;
import io.armwise.service.experiment.ConditionReader;
import io.armwise.service.flag.Flag.ByExperiment;
import io.armwise.service.flag.Flag.OfVariants;
import io.armwise.service.flag.Flag.Serving;
import io.armwise.service.flag.Flag.Variant;
import io.armwise.service.flag.FlagDocument.ServeDocument;
import io.armwise.service.flag.FlagDocument.VariantDocument;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Turns a document into what a flag serves, collecting every broken rule. One use per document. */
final class FlagReader {
  private static final int MAX_VARIANTS = 64;
  private static final int MAX_VALUE = 16 * 1024;
  private static final Set<JsonNodeType> TYPES =
      Set.of(JsonNodeType.BOOLEAN, JsonNodeType.STRING, JsonNodeType.NUMBER, JsonNodeType.OBJECT);

  private final List<Violation> violations = new ArrayList<>();

  private FlagReader() {}

  /** What a flag serves, or the rules that its document breaks. */
  sealed interface Reading {
    /** The document is valid. */
    record Valid(Serving serving) implements Reading {}

    /** The document breaks rules. */
    record Invalid(List<Violation> violations) implements Reading {}
  }

  static Reading read(FlagDocument document) {
    return new FlagReader().readWhole(document);
  }

  private Reading readWhole(FlagDocument document) {
    if (document.key() == null || !Key.isValid(document.key())) {
      violation("key", Key.RULE, String.valueOf(document.key()));
    }
    ServeDocument serve =
        document.serve() == null ? new ServeDocument(null, null, null) : document.serve();
    Serving serving =
        serve.experiment() == null ? ofVariants(document, serve) : byExperiment(document, serve);
    return violations.isEmpty() && serving != null
        ? new Reading.Valid(serving)
        : new Reading.Invalid(List.copyOf(violations));
  }

  private @Nullable Serving byExperiment(FlagDocument document, ServeDocument serve) {
    boolean alone =
        serve.variant() == null
            && serve.split() == null
            && document.variants() == null
            && document.otherwise() == null
            && document.targeting() == null;
    if (!alone) {
      violation(
          "serve.experiment",
          "gives variants, split and targeting; leave them out",
          String.valueOf(serve.experiment()));
    }
    return new ByExperiment(String.valueOf(serve.experiment()));
  }

  private @Nullable Serving ofVariants(FlagDocument document, ServeDocument serve) {
    List<Variant> variants = variants(document.variants());
    if (variants.isEmpty()) {
      return null;
    }
    int otherwise =
        document.otherwise() == null
            ? variants.size() - 1
            : index(variants, "otherwise", document.otherwise());
    Shares shares = shares(variants, serve);
    ConditionReader conditions = new ConditionReader();
    var targeting = conditions.read("targeting", document.targeting());
    violations.addAll(conditions.violations());
    return shares == null
        ? null
        : new OfVariants(
            variants, shares, otherwise, targeting, !Boolean.FALSE.equals(document.enabled()));
  }

  private List<Variant> variants(@Nullable List<@Nullable VariantDocument> documents) {
    List<Variant> variants = new ArrayList<>();
    int count = documents == null ? 0 : documents.size();
    if (documents == null || !(count >= 1 && count <= MAX_VARIANTS)) {
      violation("variants", "must be 1 to " + MAX_VARIANTS + " variants", count + " variants");
      return variants;
    }
    Set<String> keys = new HashSet<>();
    JsonNodeType type = null;
    for (int i = 0; i < count; i++) {
      String field = "variants[" + i + "]";
      VariantDocument document = documents.get(i);
      String key = document == null ? null : document.key();
      JsonNode value = document == null ? null : document.value();
      if (key == null || !Key.isValid(key) || !keys.add(key)) {
        violation(field + ".key", Key.RULE + ", and be unique", String.valueOf(key));
      }
      if (value == null || !TYPES.contains(value.getNodeType())) {
        violation(
            field + ".value", "must be true, false, a string, a number or an object", "another");
        continue;
      }
      type = type == null ? value.getNodeType() : type;
      if (type != value.getNodeType()) {
        violation(field + ".value", "must have the type of the first", value.toString());
      }
      if (value.toString().length() > MAX_VALUE) {
        violation(field + ".value", "must be at most " + MAX_VALUE + " characters", "more");
      }
      variants.add(new Variant(String.valueOf(key), value.toString()));
    }
    return variants;
  }

  private @Nullable Shares shares(List<Variant> variants, ServeDocument serve) {
    if ((serve.variant() == null) == (serve.split() == null)) {
      violation(
          "serve",
          "must have exactly one of variant, split and experiment",
          serve.variant() == null ? "none" : "variant and split");
      return null;
    }
    double[] fractions = new double[variants.size()];
    if (serve.variant() != null) {
      fractions[index(variants, "serve.variant", serve.variant())] = 1;
      return Shares.ofProbabilities(fractions);
    }
    Map<String, Double> split = serve.split() == null ? Map.of() : serve.split();
    double sum = 0;
    for (Map.Entry<String, Double> entry : split.entrySet()) {
      double fraction = entry.getValue() == null ? Double.NaN : entry.getValue();
      if (!(fraction >= 0 && fraction <= 1)) {
        violation("serve.split." + entry.getKey(), "must be in [0, 1]", String.valueOf(fraction));
        return null;
      }
      fractions[index(variants, "serve.split." + entry.getKey(), entry.getKey())] = fraction;
      sum += fraction;
    }
    if (!(Math.abs(sum - 1) <= 1e-9)) {
      violation("serve.split", "must sum to 1", String.valueOf(sum));
      return null;
    }
    return Shares.ofProbabilities(fractions);
  }

  private int index(List<Variant> variants, String field, String key) {
    for (int i = 0; i < variants.size(); i++) {
      if (variants.get(i).key().equals(key)) {
        return i;
      }
    }
    violation(field, "must name a variant", key);
    return 0;
  }

  private void violation(String field, String rule, String value) {
    violations.add(new Violation(field, rule, value));
  }
}
