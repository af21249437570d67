package io.armwise.service.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import io.armwise.service.evidence.Trap.Caught;
import io.armwise.service.evidence.Trap.Point;
import io.armwise.service.testing.ServiceProcess;
import java.sql.SQLException;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A service dies, or stands still while another takes over, at each point of a batch where it
 * matters what has been stored; afterwards each event has counted once.
 */
class FaultPointIT {
  private static final int UNITS = 600;
  // A soak gives each round another.
  private static final long SEED = Long.getLong("armwise.soak.seed", 0) + 100;
  private static CountingServices services;

  @BeforeAll
  static void start() {
    // One worker each: nothing else of a service is in a transaction when it is caught.
    services = CountingServices.of(FaultPointIT.class, 1);
  }

  @AfterAll
  static void stop() {
    services.close();
  }

  @ParameterizedTest
  @EnumSource
  void countsEachEventOnceWhenTheServiceIsKilled(Point point) throws SQLException {
    services.have(2);
    Logged logged = Logged.of("killed", point);
    try (Trap trap = Trap.at(point, services.place())) {
      logged.send();
      Caught caught = trap.awaitCaught();
      assertThat(services.missing()).as("records left when killed").isPositive();
      services.kill(caught.service());
      if (point == Point.AFTER_COMMIT) {
        trap.release();
      } else {
        trap.end(caught);
      }
      services.startOne();
      logged.requireEachCountedOnce();
    }
  }

  @ParameterizedTest
  @EnumSource
  void countsEachEventOnceWhenTheServiceIsFrozenAndWakesUpAfterAnotherHasTakenOver(Point point)
      throws SQLException {
    services.have(2);
    Logged logged = Logged.of("frozen", point);
    try (Trap trap = Trap.at(point, services.place())) {
      logged.send();
      Caught caught = trap.awaitCaught();
      ServiceProcess zombie = services.service(caught.service());
      zombie.freeze();
      switch (point) {
        case AFTER_POLL -> {} // holds no position: what it asked for is done when all is over
        case AFTER_COMPARE_AND_SET, BEFORE_COMMIT -> trap.end(caught);
        case AFTER_COMMIT -> trap.release();
      }
      services.awaitAll();
      zombie.thaw();
    }
    services.have(2);
    logged.requireEachCountedOnce();
  }

  /** Units that return and requests, in one log. */
  private record Logged(String key, Backlog units, Backlog requests) {
    /** Starts the experiments: to start one waits for the batches that are being stored. */
    static Logged of(String fate, Point point) {
      String key = fate + "-" + point.name().toLowerCase(Locale.ROOT).replace('_', '-');
      services.start(key, "user");
      services.start(key + "-calls", "request");
      return new Logged(
          key, Backlog.of(key, UNITS, SEED), Backlog.ofRequests(key + "-calls", UNITS / 2, SEED));
    }

    void send() {
      services.send(units);
      services.send(requests);
    }

    void requireEachCountedOnce() {
      services.requireEachCountedOnce(key, units);
      services.requireSums(key + "-calls", requests);
    }
  }
}
