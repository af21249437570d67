package io.armwise.service.calculator;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * The prior of {@code --prior a,b}: Beta(a, b) for trials, Gamma of shape a and rate b for events.
 *
 * @param first alpha or shape, {@code > 0}
 * @param second beta or rate, {@code > 0}
 */
record ChosenPrior(double first, double second) {

  /** Reads {@code a,b}. */
  static final class Converter implements ITypeConverter<ChosenPrior> {
    @Override
    public ChosenPrior convert(String text) {
      String[] parts = text.split(",", -1);
      if (parts.length != 2) {
        throw new TypeConversionException("must be two numbers a,b but was '" + text + "'");
      }
      return new ChosenPrior(positive(parts[0], text), positive(parts[1], text));
    }

    private static double positive(String part, String text) {
      double value = Numbers.parse(part.strip()).orElse(Double.NaN);
      if (!(value > 0)) {
        throw new TypeConversionException(
            "must be two numbers a,b greater than 0 but was '" + text + "'");
      }
      return value;
    }
  }
}
