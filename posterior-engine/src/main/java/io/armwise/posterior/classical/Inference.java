package io.armwise.posterior.classical;

import java.util.function.Function;

/**
 * The outcome of an analysis: a result, or the reason why the data do not support one.
 *
 * <p>Too little evidence is expected in a young experiment; it is a type that the caller must
 * switch on, never NaN and never an exception.
 *
 * @param <T> the type of the result
 */
public sealed interface Inference<T> {

  /**
   * The data support an answer.
   *
   * @param value the answer
   * @param <T> the type of the answer
   */
  record Result<T>(T value) implements Inference<T> {}

  /**
   * The data do not support an answer.
   *
   * @param why the reason
   * @param <T> the type of the answer that could not be given
   */
  record NotEnough<T>(Shortfall why) implements Inference<T> {}

  /**
   * Wraps an answer.
   *
   * @param value the answer
   * @param <T> its type
   * @return a {@link Result}
   */
  static <T> Inference<T> of(T value) {
    return new Result<>(value);
  }

  /**
   * States that the data do not support an answer.
   *
   * @param why the reason
   * @param <T> the type of the answer that could not be given
   * @return a {@link NotEnough}
   */
  static <T> Inference<T> notEnough(Shortfall why) {
    return new NotEnough<>(why);
  }

  /**
   * Applies a function to the answer and keeps a shortfall as it is.
   *
   * @param next the function
   * @param <R> the type of the new answer
   * @return the transformed inference
   */
  default <R> Inference<R> map(Function<? super T, ? extends R> next) {
    return switch (this) {
      case Result<T>(T value) -> of(next.apply(value));
      case NotEnough<T>(Shortfall why) -> notEnough(why);
    };
  }

  /**
   * Applies a further analysis to the answer and keeps a shortfall as it is.
   *
   * @param next the further analysis
   * @param <R> the type of its answer
   * @return the outcome of the further analysis
   */
  default <R> Inference<R> flatMap(Function<? super T, Inference<R>> next) {
    return switch (this) {
      case Result<T>(T value) -> next.apply(value);
      case NotEnough<T>(Shortfall why) -> notEnough(why);
    };
  }

  /**
   * The answer, for callers that have checked that there is one.
   *
   * @return the answer
   * @throws IllegalStateException if the data do not support an answer
   */
  default T orElseThrow() {
    return switch (this) {
      case Result<T>(T value) -> value;
      case NotEnough<T>(Shortfall why) -> throw new IllegalStateException("no answer: " + why);
    };
  }
}
