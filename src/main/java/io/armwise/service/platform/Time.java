package io.armwise.service.platform;

import io.micronaut.context.annotation.Factory;
import jakarta.inject.Singleton;
import java.time.Clock;

/** The one place that reads the wall clock. */
@Factory
final class Time {
  @Singleton
  Clock clock() {
    return Clock.systemUTC();
  }
}
