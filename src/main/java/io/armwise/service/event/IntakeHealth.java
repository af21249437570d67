package io.armwise.service.event;

import io.armwise.service.platform.security.Open;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.annotation.PreDestroy;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;

/**
 * Whether this node can take events: whether the brokers answer. Not a part of readiness, because a
 * node without brokers decides as well as before; for balancers that send events only. Thread-safe.
 */
@Controller("/health/intake")
@Tag(name = "Health")
final class IntakeHealth {
  private static final long PATIENCE_MS = 2_000;

  private final Admin admin;

  IntakeHealth(KafkaClients clients) {
    this.admin = clients.admin();
  }

  /**
   * The state of the intake.
   *
   * @param status UP or DOWN
   * @param brokers how many brokers answer
   */
  record IntakeStatus(String status, int brokers) {}

  @Get
  @Open
  @ExecuteOn(TaskExecutors.BLOCKING)
  @Operation(summary = "Whether events can be stored now: 200 or 503")
  HttpResponse<IntakeStatus> intake() throws InterruptedException {
    try {
      int brokers = admin.describeCluster().nodes().get(PATIENCE_MS, TimeUnit.MILLISECONDS).size();
      return HttpResponse.ok(new IntakeStatus("UP", brokers));
    } catch (ExecutionException | TimeoutException e) {
      return HttpResponse.<IntakeStatus>status(HttpStatus.SERVICE_UNAVAILABLE)
          .body(new IntakeStatus("DOWN", 0));
    }
  }

  @PreDestroy
  void close() {
    admin.close(Duration.ofSeconds(1));
  }
}
