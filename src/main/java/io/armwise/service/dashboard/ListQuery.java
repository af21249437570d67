package io.armwise.service.dashboard;

import io.armwise.bandits.experiment.ExperimentStatus;
import io.armwise.service.experiment.Experiment;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Which experiments a person wants to see, and in which order.
 *
 * @param text in the name, key, hypothesis or owner; empty for all
 * @param status lower case, or {@code active} for all but archived ones, {@code to-decide} for
 *     those that await a decision, or {@code all}
 * @param order {@code newest}, {@code decision} (what awaits one first), {@code longest} (running)
 *     or {@code name}
 * @param page from 1
 */
public record ListQuery(String text, String status, String order, int page) {
  static final int PAGE = 50;
  private static final int LONGEST_TEXT = 200;

  /** Choices of {@link #status}. */
  public static final List<String> STATUSES =
      List.of("active", "to-decide", "draft", "running", "paused", "stopped", "archived", "all");

  /** Choices of {@link #order}. */
  public static final List<String> ORDERS = List.of("newest", "decision", "longest", "name");

  /** Anything unknown becomes the default: an address that somebody edited still shows a list. */
  static ListQuery of(
      @Nullable String text,
      @Nullable String status,
      @Nullable String order,
      @Nullable Integer page) {
    String wanted = text == null ? "" : text.strip();
    return new ListQuery(
        wanted.length() > LONGEST_TEXT ? wanted.substring(0, LONGEST_TEXT) : wanted,
        status != null && STATUSES.contains(status) ? status : STATUSES.getFirst(),
        order != null && ORDERS.contains(order) ? order : ORDERS.getFirst(),
        page == null ? 1 : Math.max(1, page));
  }

  /** Those of {@code experiments} (newest first) that match, in the wanted order. */
  List<Experiment> select(List<Experiment> experiments) {
    Comparator<Experiment> comparator =
        switch (order) {
          case "longest" ->
              Comparator.comparing(
                  Experiment::startedAt, Comparator.nullsLast(Comparator.<Instant>naturalOrder()));
          case "name" ->
              Comparator.comparing(
                  experiment -> experiment.definition().name(), String.CASE_INSENSITIVE_ORDER);
          default -> Comparator.comparing(Experiment::createdAt).reversed();
        };
    return experiments.stream().filter(this::matches).sorted(comparator).toList();
  }

  private boolean matches(Experiment experiment) {
    String wanted = text.toLowerCase(Locale.ROOT);
    boolean named =
        List.of(
                experiment.key(),
                experiment.definition().name(),
                experiment.definition().hypothesis(),
                experiment.definition().owner())
            .stream()
            .anyMatch(field -> field.toLowerCase(Locale.ROOT).contains(wanted));
    return named
        && switch (status) {
          case "all" -> true;
          case "active" -> experiment.status() != ExperimentStatus.ARCHIVED;
          case "to-decide" -> experiment.status().isLearning();
          default -> experiment.status().name().toLowerCase(Locale.ROOT).equals(status);
        };
  }

  /** Whether reports decide which experiments are shown, or where. */
  boolean asksForReports() {
    return status.equals("to-decide") || order.equals("decision");
  }

  /** What people read for a status. */
  public static String statusText(String status) {
    return switch (status) {
      case "active" -> "all but archived";
      case "to-decide" -> "waiting for a decision";
      default -> status;
    };
  }

  /** What people read for an order. */
  public static String orderText(String order) {
    return switch (order) {
      case "decision" -> "decision first";
      case "longest" -> "longest running";
      default -> order;
    };
  }

  /** What is asked for, as it follows an address. */
  public String question() {
    return "?q="
        + URLEncoder.encode(text, StandardCharsets.UTF_8)
        + "&status="
        + status
        + "&order="
        + order;
  }

  /** Address of another page of the same list. */
  public String address(int otherPage) {
    return "/" + question() + "&page=" + otherPage;
  }
}
